import { closest, distance } from 'fastest-levenshtein'
import picomatch from 'picomatch'
import { UsageError } from './errors'

/** A table, or a question about tables. */
interface Node {
  name: string
  /** The names of the nodes that it is made from; names of anything else lead nowhere. */
  from?: string[]
}

/** The named nodes with all that they are made from. @param steps how far to go */
export function withSources(names: string[], nodes: Node[], steps = Infinity): Set<string> {
  const sources = new Map(nodes.map(({ name, from = [] }) => [name, from]))
  return reachable(names, (name) => sources.get(name) ?? [], steps)
}

/** The named nodes with all that is made from them. @param steps how far to go */
export function withDependents(names: string[], nodes: Node[], steps = Infinity): Set<string> {
  const next = (name: string) =>
    nodes.filter(({ from }) => from?.includes(name)).map((node) => node.name)
  return reachable(names, next, steps)
}

function reachable(start: string[], next: (name: string) => string[], steps: number): Set<string> {
  const reached = new Set(start)
  let edge = start
  for (let step = 0; step < steps && edge.length > 0; step++) {
    edge = [...new Set(edge.flatMap(next))].filter((name) => !reached.has(name))
    for (const name of edge) reached.add(name)
  }
  return reached
}

/** The known word that was probably meant: a slip or two away from `word`, else one that has it in it. */
export function nearest(word: string, known: string[]): string | undefined {
  const near = closestOf(word, known)
  if (near !== undefined && distance(word, near) <= Math.max(2, near.length / 3)) return near
  return word.length < 3
    ? undefined
    : closestOf(
        word,
        known.filter((name) => name.includes(word)),
      )
}

function closestOf(word: string, known: string[]): string | undefined {
  return known.length > 0 ? closest(word, known) : undefined
}

/**
 * Selects nodes by patterns, as dbt has them: `name`, a glob (`song*`), `+name` with all that it is made from,
 * `name+` with all that is made from it, `1+name` and `name+2` so many steps far; `a,b` is what both select,
 * `a b` in one word what either does, as in two words.
 *
 * The questions that read songs: `select(['songs+'], 'question', [...tables, ...questions], questionNames)`.
 * @param kind what is wanted, in the singular, for messages
 * @param wanted the names that may be selected; the other nodes only lead to them
 * @param exclude patterns of what is left out
 * @returns names in the order of the nodes; all that are wanted for no pattern
 * @throws UsageError that tells of every pattern that selects nothing, and of what there is
 */
export function select(
  patterns: string[],
  kind: string,
  nodes: Node[],
  wanted = namesOf(nodes),
  exclude: string[] = [],
): string[] {
  const search = { kind, nodes, wanted }
  const [terms, excluded] = [termsOf(patterns), termsOf(exclude)]
  const faults = [...terms, ...excluded].flatMap((term) => faultsOf(term, search))
  if (faults.length > 0) {
    throw new UsageError([...faults, `What there is: ${wanted.join(', ')}.`].join('\n'))
  }
  const chosen = terms.length > 0 ? terms.flatMap((term) => wantedBy(term, search)) : wanted
  const left = new Set(excluded.flatMap((term) => wantedBy(term, search)))
  const selected = namesOf(nodes).filter((name) => chosen.includes(name) && !left.has(name))
  if (left.size > 0 && selected.length === 0) {
    throw new UsageError(`--exclude leaves no ${kind} of ${[...new Set(chosen)].join(', ')}.`)
  }
  return selected
}

/** Among what is selected. */
interface Search {
  kind: string
  nodes: Node[]
  wanted: string[]
}

/** What blanks part is selected one by one. */
function termsOf(patterns: string[]): string[] {
  return patterns.flatMap((pattern) => pattern.trim().split(/\s+/))
}

/** What commas part has to be selected by each; those in the braces of a glob part nothing. */
function partsOf(term: string): string[] {
  return term.split(/,(?![^{]*\})/)
}

function wantedBy(term: string, { nodes, wanted }: Search): string[] {
  const sets = partsOf(term).map((part) => reachedBy(part, nodes))
  return wanted.filter((name) => sets.every((set) => set.has(name)))
}

function reachedBy(part: string, nodes: Node[]): Set<string> {
  const { text, sources, dependents } = parse(part)
  const named = matching(text, nodes)
  return new Set([
    ...withSources(named, nodes, sources),
    ...withDependents(named, nodes, dependents),
  ])
}

/** Why a pattern selects nothing, and what was probably meant; nothing where it selects something. */
function faultsOf(term: string, search: Search): string[] {
  const { kind, nodes } = search
  const parts = partsOf(term)
  const unknown = parts.filter((part) => matching(parse(part).text, nodes).length === 0)
  if (unknown.length > 0) return unknown.map((part) => faultOfUnknown(part, search))
  if (wantedBy(term, search).length > 0) return []
  if (parts.length > 1) return [`"${term}" selects no ${kind}: none is in each of its parts.`]
  const after = `${parse(term).text}+`
  const made = wantedBy(after, search)
  const hint = made.length > 0 ? `: "${after}" selects those that are made from it.` : '.'
  return [`"${term}" selects no ${kind}${hint}`]
}

function faultOfUnknown(part: string, { kind, nodes, wanted }: Search): string {
  const { before, text, after } = parse(part)
  const near = nearest(text, before || after ? namesOf(nodes) : wanted)
  const question = near === undefined ? '.' : `: did you mean "${before}${near}${after}"?`
  return `There is no ${kind} "${part}"${question}`
}

function parse(part: string) {
  const [, before = '', up, text = '', after = '', down] = /^((\d*)\+)?(.*?)(\+(\d*))?$/s.exec(
    part,
  )!
  return { before, text, after, sources: stepsOf(up), dependents: stepsOf(down) }
}

/** How many steps a plus goes: none where there is no plus, all where it has no number. */
function stepsOf(digits: string | undefined): number {
  return digits === undefined ? 0 : digits === '' ? Infinity : Number(digits)
}

function matching(text: string, nodes: Node[]): string[] {
  if (text === '') return []
  // A plus is ours, so `+(…)` is no glob; and `!name`, nearly everything, is not what a slip should mean.
  const matches = picomatch(text, { noextglob: true, nonegate: true })
  return namesOf(nodes).filter((name) => matches(name))
}

function namesOf(nodes: Node[]): string[] {
  return nodes.map(({ name }) => name)
}
