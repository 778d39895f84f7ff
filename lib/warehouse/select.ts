import { closest, distance } from 'fastest-levenshtein'
import picomatch from 'picomatch'
import { UsageError } from './errors'

/** A table, or a question about tables. */
interface Node {
  name: string
  /** The names of the nodes that it is made from; names of anything else lead nowhere. */
  from?: string[]
}

/** The named nodes with all that they are made from. */
export function withSources(names: string[], nodes: Node[]): Set<string> {
  const sources = new Map(nodes.map(({ name, from = [] }) => [name, from]))
  return reachable(names, (name) => sources.get(name) ?? [])
}

/** The named nodes with all that is made from them. */
export function withDependents(names: string[], nodes: Node[]): Set<string> {
  return reachable(names, (name) =>
    nodes.filter(({ from }) => from?.includes(name)).map((node) => node.name),
  )
}

function reachable(start: string[], next: (name: string) => string[]): Set<string> {
  const reached = new Set(start)
  // A set that grows while it is gone through is gone through to its end.
  for (const name of reached) for (const other of next(name)) reached.add(other)
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
 * Selects nodes by patterns: `name`, a glob (`song*`), `+name` with all that it is made from, `name+` with
 * all that is made from it, `+name+` with both; globs take the plus signs as well.
 *
 * The questions that read songs: `select(['songs+'], 'question', [...tables, ...questions], questionNames)`.
 * @param kind what is wanted, in the singular, for messages
 * @param wanted the names that may be selected; the other nodes only lead to them
 * @returns names in the order of the nodes; all that are wanted for no pattern
 * @throws UsageError that tells of every pattern that selects nothing, and of what there is
 */
export function select(
  patterns: string[],
  kind: string,
  nodes: Node[],
  wanted = namesOf(nodes),
): string[] {
  const found = patterns.map((pattern) => wantedBy(pattern, nodes, wanted))
  const faults = patterns
    .filter((_, i) => found[i]!.length === 0)
    .map((pattern) => faultOf(pattern, kind, nodes, wanted))
  if (faults.length > 0) {
    throw new UsageError([...faults, `What there is: ${wanted.join(', ')}.`].join('\n'))
  }
  const selected = patterns.length > 0 ? found.flat() : wanted
  return namesOf(nodes).filter((name) => selected.includes(name))
}

function wantedBy(pattern: string, nodes: Node[], wanted: string[]): string[] {
  const { text, before, after } = parse(pattern)
  const named = matching(text, nodes)
  const selected = [
    ...named,
    ...(before ? withSources(named, nodes) : []),
    ...(after ? withDependents(named, nodes) : []),
  ]
  return selected.filter((name) => wanted.includes(name))
}

/** Why a pattern selects nothing, and what was probably meant. */
function faultOf(pattern: string, kind: string, nodes: Node[], wanted: string[]): string {
  const { text, before, after } = parse(pattern)
  if (matching(text, nodes).length === 0) {
    const near = nearest(text, before || after ? namesOf(nodes) : wanted)
    const question = near === undefined ? '.' : `: did you mean "${before}${near}${after}"?`
    return `There is no ${kind} "${pattern}"${question}`
  }
  const made = wantedBy(`${text}+`, nodes, wanted)
  const hint = made.length > 0 ? `: "${text}+" selects those that are made from it.` : '.'
  return `"${pattern}" selects no ${kind}${hint}`
}

function parse(pattern: string) {
  const [, before, text, after] = /^(\+?)(.*?)(\+?)$/s.exec(pattern)!
  return { before: before!, text: text!, after: after! }
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
