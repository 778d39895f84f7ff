import { SqlError } from '../errors'
import { refused } from './check'
import { type Column, engineColumn, readColumn } from './columns'
import {
  checkDistribution,
  type Design,
  readConstraint,
  readTableAttributes,
  recordTable,
  setDistKey,
  setSortKey,
} from './design'
import { indexOutside } from './nesting'
import type { ParsedStatement } from './parse'
import { rewriteWritten, rewritten, type Translation } from './rewrite'
import { Cursor, quoteFully, quoteName } from './tokens'

/** CREATE TABLE and CREATE TABLE AS (facts B). */
export function createTable(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens)
  cursor.expect('create')
  cursor.take('local')
  const declaredTemporary = cursor.takeOneOf('temporary', 'temp') !== undefined
  cursor.expect('table')
  const ifNotExists = cursor.take('if', 'not', 'exists')
  const name = cursor.qualifiedName()
  const temporary = declaredTemporary || name.name.startsWith('#')
  if (temporary && name.schema !== undefined) {
    throw new SqlError('42P16', 'cannot create temporary relation in non-temporary schema')
  }
  const design: Design = { table: name.name }
  if (temporary) design.schema = 'pg_temp'
  else if (name.schema !== undefined) design.schema = name.schema
  if (ifNotExists) design.ifNotExists = true
  const head = `create ${temporary ? 'temp ' : ''}table ${ifNotExists ? 'if not exists ' : ''}${quoteFully(name)}`
  const create = isFromQuery(cursor) ? fromQuery : fromColumns
  return create(statement, cursor, design, head)
}

// `(a, b) as select …`: the names of a query's columns; only in that case nothing but names is inside.
function isFromQuery(cursor: Cursor): boolean {
  if (!cursor.is('(')) return true
  const ahead = new Cursor(cursor.rest())
  const namesOnly = ahead.group().every((part) => part.length === 1)
  readTableAttributes(ahead, { table: '' })
  return namesOnly && ahead.is('as')
}

function fromQuery(
  { text, end, session }: ParsedStatement,
  cursor: Cursor,
  design: Design,
  head: string,
): Partial<Translation> {
  const names = cursor.is('(') ? `(${cursor.names().map(quoteName).join(', ')})` : ''
  readTableAttributes(cursor, design)
  cursor.expect('as')
  checkDistribution(design)
  const main = rewriteWritten(`${head}${names} as ${text.slice(cursor.start, end)}`, session)
  return { main, tag: 'SELECT', after: [recordTable({ ...design, fromQuery: true })] }
}

function fromColumns(
  { text, session }: ParsedStatement,
  cursor: Cursor,
  design: Design,
  head: string,
): Partial<Translation> {
  const items = cursor.group()
  readTableAttributes(cursor, design)
  const option = cursor.takeOneOf(...optionsOfPostgres)
  if (option) throw refused('tableOption', option.toUpperCase())
  cursor.expectEnd()
  const lines = items.map((item) => readItem(new Cursor(item), design))
  checkDistribution(design)
  const columns = lines.filter((line) => typeof line !== 'string')
  checkKeys(design, columns)
  const body = lines
    .map((line) => (typeof line === 'string' ? line : engineColumn(line, text)))
    .filter((line) => line !== '')
  const main = rewriteWritten(`${head} (${body.join(', ')})`, session)
  return { main, tag: 'CREATE TABLE', after: [recordTable(design)] }
}

const optionsOfPostgres = [
  'inherits',
  'partition',
  'with',
  'tablespace',
  'on',
  'using',
  'without',
] as const

/** A column; or what the engine shall have in its place, '' for nothing. */
function readItem(cursor: Cursor, design: Design): Column | string {
  if (cursor.isAtEnd) throw new SqlError('42601', 'syntax error at or near ","')
  if (cursor.take('like')) return readLike(cursor, design)
  const constraint = readConstraint(cursor, 'CREATE TABLE')
  if (constraint) {
    design.constraints = [...(design.constraints ?? []), constraint]
    return ''
  }
  const column = readColumn(cursor, design.table)
  recordColumn(column, design)
  return column
}

function recordColumn(column: Column, design: Design): void {
  const { name, encode, identity, constraints } = column
  if (column.distkey) setDistKey(design, name)
  if (column.sortkey) setSortKey(design, 'compound', [name])
  design.constraints = [...(design.constraints ?? []), ...constraints]
  const temporary = design.schema === 'pg_temp'
  design.columns = [
    ...(design.columns ?? []),
    {
      name,
      ...(encode !== undefined && !temporary && { encode }),
      ...(identity && { identity: [identity.seed, identity.step] }),
    },
  ]
}

// Byte checks are the only checks that there are, and have to come along.
function readLike(cursor: Cursor, design: Design): string {
  const parent = cursor.qualifiedName()
  const defaults = cursor.take('including', 'defaults')
  if (!defaults) cursor.take('excluding', 'defaults')
  cursor.expectEnd()
  design.like = parent
  return `like ${quoteFully(parent)} including constraints${defaults ? ' including defaults' : ''}`
}

function checkKeys(design: Design, columns: Column[]): void {
  const { table, like, diststyle, distkey, sortstyle, sortkey, backup } = design
  const constraints = design.constraints ?? []
  if (like && (diststyle ?? distkey ?? sortstyle ?? backup) !== undefined) {
    const message = 'CREATE TABLE LIKE takes DISTSTYLE, DISTKEY, SORTKEY and BACKUP from its parent'
    throw new SqlError('42601', message)
  }
  const known = new Set(columns.map((column) => column.name))
  const named = [distkey ?? [], sortkey ?? [], constraints.map((one) => one.columns)].flat(2)
  const missing = named.find((name) => !known.has(name))
  // The columns of a LIKE are not known here.
  if (missing !== undefined && !like) {
    throw new SqlError('42703', `column "${missing}" named in key does not exist`)
  }
  const primaryKeys = constraints.filter((one) => one.kind === 'p')
  if (primaryKeys.length > 1) {
    throw new SqlError('42P16', `multiple primary keys for table "${table}" are not allowed`)
  }
  for (const column of columns) {
    if (primaryKeys[0]?.columns.includes(column.name)) column.notNull = true
  }
}

/** SELECT, and SELECT … INTO, which makes a table. */
export function select(statement: ParsedStatement): Partial<Translation> {
  const design = madeBy(statement)
  if (!design) return rewritten(statement)
  return { ...rewritten(statement), tag: 'SELECT', after: [recordTable(design)] }
}

function madeBy({ tokens }: ParsedStatement): Design | undefined {
  const at = indexOutside(tokens, 'into')
  if (at < 0) return undefined
  const cursor = new Cursor(tokens, at + 1)
  const declaredTemporary = cursor.takeOneOf('temp', 'temporary') !== undefined
  cursor.take('table')
  const { schema, name: table } = cursor.qualifiedName()
  const temporary = declaredTemporary || table.startsWith('#')
  const place = temporary ? { schema: 'pg_temp' } : schema === undefined ? {} : { schema }
  return { ...place, table, fromQuery: true }
}
