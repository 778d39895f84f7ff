import { parseSync } from 'libpg-query'
import { SqlError } from '../errors'
import { Calls } from './calls'
import { Edits } from './edits'
import { functionRule } from './functions'
import { Refusing } from './refusing'
import { spellOut } from './spelling'
import { type Source } from './statement'
import { tokenize } from './tokens'
import { type Node, type Visit, walk } from './walk'

/**
 * A statement in the engine's SQL: Redshift's own words spelled out, what Redshift refuses refused, its
 * functions replaced. What is the same in both stays to the letter.
 * @throws SqlError
 */
export function rewriteQuery(source: Source): string {
  const edits = new Edits(source.sql)
  spellOut(source, edits)
  const text = edits.render(source.start, source.end)
  const statements = parse(text, edits.isEmpty ? source.start : undefined)
  const calls: Visit[] = []
  const refusing = new Refusing(text)
  walk(statements, (visit) => {
    refusing.visit(visit)
    if (functionRule(visit)) calls.push(visit)
  })
  refusing.finish()
  if (calls.length === 0) return text
  return replaceCalls(text, calls, source)
}

/** The syntax trees of a text; `offset` is where it begins in the client's, if it is part of it. */
export function parse(text: string, offset?: number): Node[] {
  try {
    return parseSync(text).stmts ?? []
  } catch (cause) {
    const { message, sqlDetails } = cause as Error & { sqlDetails?: { cursorPosition: number } }
    const at = sqlDetails?.cursorPosition ?? -1
    const position = at >= 0 && offset !== undefined ? offset + at + 1 : undefined
    throw new SqlError('42601', message, { position })
  }
}

function replaceCalls(text: string, visits: Visit[], source: Source): string {
  const edits = new Edits(text)
  const calls = new Calls(text, tokenize(text), edits)
  for (const visit of visits) functionRule(visit)!.rewrite(calls.at(visit), source.session)
  return edits.render()
}
