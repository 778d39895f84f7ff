import { SqlError } from '../errors'
import { byFirstWords, type Node, type ParsedStatement, type Visit } from './parse'
import {
  nodeRefusals,
  readerRefusals,
  type Refusal,
  statementRefusals,
  wordRefusals,
} from './refusals'

const refusalOfStatement = byFirstWords(statementRefusals)
const refusalsOfWord = groupBy(wordRefusals, ({ word }) => word)
const refusalsOfNode = groupBy(nodeRefusals, ({ node }) => node)

/** @throws SqlError for a statement that is refused for the words that it begins with */
export function checkStatement(statement: ParsedStatement): void {
  const refusal = refusalOfStatement(statement, ({ when }) => when?.(statement) ?? true)
  if (refusal) throw errorOf(refusal, [statement])
}

/** @throws SqlError for a word, or the prefix of a string, that is refused at this place */
export function checkWord({ tokens, isOriginal }: ParsedStatement, i: number): void {
  const { kind, value, text, start } = tokens[i]!
  const refusals = refusalsOfWord.get(kind === 'string' ? text.slice(0, 2).toLowerCase() : value)
  const position = isOriginal ? start + 1 : undefined
  const refusal = refusals?.find(({ when }) => when?.(tokens, i) ?? true)
  if (refusal) throw errorOf(refusal, [tokens, i], position)
}

/** @throws SqlError for a node of a syntax tree that is refused */
export function checkNode(visit: Visit, tree: Node[]): void {
  const refusal = refusalsOfNode.get(visit.type)?.find(({ when }) => when?.(visit, tree) ?? true)
  if (refusal) throw errorOf(refusal, [visit, tree])
}

/** The error to throw where a definition or a rewrite comes upon what is refused. */
export function refused(name: keyof typeof readerRefusals, ...found: string[]): SqlError {
  return errorOf<string[]>(readerRefusals[name], found)
}

function errorOf<Found extends unknown[]>(
  { sqlstate, message, detail, hint }: Refusal<Found>,
  found: Found,
  position?: number,
): SqlError {
  const text = typeof message === 'string' ? message : message(...found)
  return new SqlError(sqlstate, text, { detail: detail?.(...found), hint, position })
}

function groupBy<Entry>(entries: Entry[], keyOf: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  }
  return groups
}
