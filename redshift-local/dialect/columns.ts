import { SqlError } from '../errors'
import { refused } from './check'
import { checkEncoding, type ColumnType, readColumnType } from './column-types'
import { type DeclaredConstraint, readReference } from './design'
import { systemColumns } from './names'
import { type Cursor, quoteName, type Span } from './tokens'

/** One column of CREATE TABLE or ADD COLUMN, as Redshift's grammar has it (facts B). */
export interface Column {
  name: string
  type: ColumnType
  /** Where the expression of the default stands. */
  default?: Span
  identity?: { seed: number; step: number; always: boolean }
  encode?: string
  distkey?: true
  sortkey?: true
  collate?: string
  notNull?: true
  nullable?: true
  constraints: DeclaredConstraint[]
}

export function readColumn(cursor: Cursor, table: string): Column {
  const name = readColumnName(cursor)
  const type = readColumnType(cursor, `${table}.${name}`)
  const column: Column = { name, type, constraints: [] }
  while (!cursor.isAtEnd) readAttribute(cursor, column)
  checkColumn(column, table)
  return column
}

function readColumnName(cursor: Cursor): string {
  const name = cursor.unreservedName()
  if (systemColumns.has(name)) {
    throw new SqlError('42701', `column name "${name}" conflicts with a system column name`)
  }
  return name
}

type Attribute = (column: Column, cursor: Cursor, constraintName?: string) => void

/** What may follow a column's type, by the words that it begins with, CONSTRAINT name aside (facts B). */
const attributes: [words: string[], read: Attribute][] = [
  [['default'], (column, cursor) => (column.default = readDefault(cursor))],
  [['identity'], (column, cursor) => (column.identity = { ...readSeed(cursor), always: true })],
  [['generated'], (column, cursor) => (column.identity = readGenerated(cursor))],
  [['encode'], (column, cursor) => (column.encode = checkEncoding(cursor.name(), column.type))],
  [['distkey'], (column) => (column.distkey = true)],
  [['sortkey'], (column) => (column.sortkey = true)],
  [['collate'], (column, cursor) => (column.collate = readCollation(cursor))],
  [['not', 'null'], (column) => (column.notNull = true)],
  [['null'], (column) => (column.nullable = true)],
  [['unique'], (column, _, name) => declare(column, { kind: 'u' }, name)],
  [['primary', 'key'], (column, _, name) => declare(column, { kind: 'p' }, name)],
  [
    ['references'],
    (column, cursor, name) =>
      declare(column, { kind: 'f', references: readReference(cursor) }, name),
  ],
  [
    ['check'],
    () => {
      throw refused('check', 'CREATE TABLE')
    },
  ],
]

function readAttribute(cursor: Cursor, column: Column): void {
  const constraintName = cursor.take('constraint') ? cursor.name() : undefined
  const attribute = attributes.find(([words]) => cursor.take(...words))
  if (!attribute) throw cursor.syntaxError()
  attribute[1](column, cursor, constraintName)
}

function declare(
  { name: column, constraints }: Column,
  key: Pick<DeclaredConstraint, 'kind' | 'references'>,
  name?: string,
): void {
  constraints.push({ ...(name !== undefined && { name }), ...key, columns: [column] })
}

function readDefault(cursor: Cursor): Span {
  const start = cursor.start
  do {
    if (cursor.is('(')) cursor.group()
    else cursor.next()
  } while (!cursor.isAtEnd && !endsDefault(cursor))
  return { start, end: cursor.endBefore }
}

function endsDefault(cursor: Cursor): boolean {
  return cursor.is('constraint') || attributes.some(([words]) => cursor.is(...words))
}

function readSeed(cursor: Cursor): { seed: number; step: number } {
  if (!cursor.take('(')) return { seed: 1, step: 1 }
  const seed = cursor.integer()
  cursor.expect(',')
  const step = cursor.integer()
  cursor.expect(')')
  return { seed, step }
}

function readGenerated(cursor: Cursor): NonNullable<Column['identity']> {
  if (cursor.is('always')) throw refused('generatedAlways')
  cursor.expect('by', 'default', 'as', 'identity')
  return { ...readSeed(cursor), always: false }
}

function readCollation(cursor: Cursor): string {
  const name = cursor.name()
  if (name === 'case_sensitive' || name === 'cs') return name
  if (name === 'case_insensitive' || name === 'ci') throw refused('caseInsensitive')
  throw new SqlError('42704', `collation "${name}" does not exist`)
}

function checkColumn(column: Column, table: string): void {
  const { name, type, identity } = column
  if (identity && !['integer', 'bigint'].includes(type.name)) {
    throw new SqlError('42804', `IDENTITY column "${table}.${name}" must be of type INT or BIGINT`)
  }
  if (identity && column.default) {
    throw new SqlError(
      '42601',
      `both default and identity specified for column "${name}" of table "${table}"`,
    )
  }
  const isKey = column.constraints.some((constraint) => constraint.kind === 'p')
  if (column.nullable && (column.notNull || identity || isKey)) {
    throw new SqlError(
      '42601',
      `conflicting NULL/NOT NULL declarations for column "${name}" of table "${table}"`,
    )
  }
  if (isKey || identity) column.notNull = true
}

const least: Record<string, string> = { integer: '-2147483648', bigint: '-9223372036854775808' }
const most: Record<string, string> = { integer: '2147483647', bigint: '9223372036854775807' }

/** The engine's definition of a column that was read from this text. */
export function engineColumn(column: Column, text: string): string {
  const { name, type, identity } = column
  const parts = [quoteName(name), type.engine]
  if (identity) {
    const range = `minvalue ${least[type.name]} maxvalue ${most[type.name]}`
    const how = identity.always ? 'always' : 'by default'
    parts.push(
      `generated ${how} as identity (start ${identity.seed} increment ${identity.step} ${range})`,
    )
  }
  if (column.default) parts.push(`default ${text.slice(column.default.start, column.default.end)}`)
  if (column.notNull) parts.push('not null')
  if (type.bytes) parts.push(byteCheck(column))
  return parts.join(' ')
}

// VARCHAR(n) and CHAR(n) are n bytes, and CHAR takes single-byte characters only (facts B). No other
// check can exist, so the server tells a client of any failed one as a value that is too long.
function byteCheck({ name, type }: Column): string {
  const bytes = `octet_length(${quoteName(name)})`
  return type.name === 'char'
    ? `check (${bytes} = ${type.bytes})`
    : `check (${bytes} <= ${type.bytes})`
}
