import { parse, scan, type ScanToken, type SqlError } from 'libpg-query'
import { UsageError } from '../warehouse/errors'
import { type AskedSql, positionIn } from './question'

/**
 * The tables that a question reads, in the order of their names; what it names itself (WITH) is left out.
 * @throws UsageError with file and line for a query that cannot be parsed
 */
export async function tablesReadBy(question: AskedSql): Promise<string[]> {
  const tree = await syntaxTree(question.sql).catch((cause: SqlError) => {
    const at = cause.sqlDetails?.cursorPosition ?? 0
    throw new UsageError(`${positionIn(question, at + 1)}: ${cause.message}`, { cause })
  })
  const tables = new Set<string>()
  collect(tree, new Set(), tables)
  return [...tables].sort()
}

/** What PostgreSQL's parser makes of a query as Redshift spells it. @throws SqlError where it cannot be parsed */
export async function syntaxTree(sql: string): Promise<unknown> {
  return parse(await inPostgresSpelling(sql))
}

/** A node of PostgreSQL's syntax tree; its fields are as libpg-query names them. */
export type Fields = Record<string, unknown>

function collect(node: unknown, named: ReadonlySet<string>, tables: Set<string>): void {
  if (typeof node !== 'object' || node === null) return
  const { RangeVar: table, withClause: names, ...rest } = node as Fields
  if (table) {
    const { relname, schemaname } = table as { relname: string; schemaname?: string }
    if (schemaname !== undefined || !named.has(relname)) tables.add(relname)
  }
  const inner = names ? new Set(named) : named
  if (names) enter(names, inner as Set<string>, tables)
  for (const value of Object.values(rest)) collect(value, inner, tables)
}

/** The queries of a WITH: each sees the names of those before it. */
function enter(clause: unknown, named: Set<string>, tables: Set<string>): void {
  const { ctes } = clause as {
    ctes: { CommonTableExpr: { ctename: string; ctequery: Fields } }[]
  }
  for (const { CommonTableExpr } of ctes) {
    collect(CommonTableExpr.ctequery, named, tables)
    named.add(CommonTableExpr.ctename)
  }
}

/**
 * A query as PostgreSQL's parser takes it: `top 10` is left out, and `minus` is `except`. Both words are
 * reserved in Redshift, so they mean nothing else. What stands elsewhere keeps its line.
 */
async function inPostgresSpelling(sql: string): Promise<string> {
  // What cannot be scanned cannot be parsed either, and the parser says what is wrong.
  const { tokens } = await scan(sql).catch(() => ({ tokens: [] }))
  let bytes = Buffer.from(sql) // the places of tokens count bytes
  const replace = (from: ScanToken, to: ScanToken, text: string) => {
    bytes = Buffer.concat([
      bytes.subarray(0, from.start),
      Buffer.from(text),
      bytes.subarray(to.end),
    ])
  }
  for (const [i, token] of [...tokens.entries()].reverse()) {
    const word = token.text.toLowerCase()
    const next = tokens[i + 1]
    if (word === 'minus') replace(token, token, 'except')
    if (word === 'top' && isSelect(tokens[i - 1]) && next?.tokenName === 'ICONST') {
      replace(token, next, ' '.repeat(next.end - token.start))
    }
  }
  return bytes.toString()
}

function isSelect(token: ScanToken | undefined): boolean {
  return ['select', 'distinct', 'all'].includes(token?.text.toLowerCase() ?? '')
}
