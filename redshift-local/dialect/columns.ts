import { SqlError } from '../errors'
import type { DeclaredConstraint } from './create-table'
import { Cursor, quoteName, syntaxErrorAt, type Token } from './tokens'

/** A column's type as Redshift understands it, and the engine's type that stands for it. */
interface ColumnType {
  /** Redshift's name without arguments, for the rules of encodings and keys: `varchar`. */
  name: string
  engine: string
  /** Room in bytes, of VARCHAR and CHAR only. */
  bytes?: number
}

/** Facts B, Types: what each name stands for, and the length that it has where none is given. */
const names: Record<string, { name: string; length?: number; most?: number }> = {
  smallint: { name: 'smallint' },
  int2: { name: 'smallint' },
  integer: { name: 'integer' },
  int: { name: 'integer' },
  int4: { name: 'integer' },
  bigint: { name: 'bigint' },
  int8: { name: 'bigint' },
  decimal: { name: 'decimal' },
  numeric: { name: 'decimal' },
  dec: { name: 'decimal' },
  real: { name: 'real' },
  float4: { name: 'real' },
  'double precision': { name: 'double precision' },
  float8: { name: 'double precision' },
  float: { name: 'double precision' },
  boolean: { name: 'boolean' },
  bool: { name: 'boolean' },
  char: { name: 'char', length: 1, most: 4096 },
  character: { name: 'char', length: 1, most: 4096 },
  nchar: { name: 'char', length: 1, most: 4096 },
  bpchar: { name: 'char', length: 256, most: 256 },
  varchar: { name: 'varchar', length: 256, most: 65535 },
  'character varying': { name: 'varchar', length: 256, most: 65535 },
  nvarchar: { name: 'varchar', length: 256, most: 65535 },
  text: { name: 'varchar', length: 256, most: 256 },
  date: { name: 'date' },
  timestamp: { name: 'timestamp' },
  'timestamp without time zone': { name: 'timestamp' },
  timestamptz: { name: 'timestamptz' },
  'timestamp with time zone': { name: 'timestamptz' },
  time: { name: 'time' },
  'time without time zone': { name: 'time' },
  timetz: { name: 'timetz' },
  'time with time zone': { name: 'timetz' },
}

/** Types that Redshift has and the engine has not. */
const notCarriedOut = [
  'super',
  'varbyte',
  'varbinary',
  'binary',
  'geometry',
  'geography',
  'hllsketch',
  'interval',
]

/** Facts C: types that PostgreSQL has and the server that Redshift grew from had not. */
export const unknownTypes = new Set(
  (
    'uuid json jsonb xml tsvector tsquery int4range int8range numrange tsrange tstzrange daterange ' +
    'int4multirange int8multirange nummultirange txid_snapshot pg_snapshot pg_lsn hstore enum'
  ).split(' '),
)

/** Facts C: types that the leader node knows and no column can have. */
const unsupportedTypes = new Set(
  (
    'serial serial2 serial4 serial8 bigserial smallserial bytea bit varbit money inet cidr macaddr ' +
    'macaddr8 point line lseg box path polygon circle oid xid cid tid regclass regproc regtype name'
  ).split(' '),
)

/**
 * Reads the type of a column, `table.column` being its name in messages.
 * @throws SqlError for what no column of Redshift can be, in its words (facts C)
 */
export function readColumnType(cursor: Cursor, column: string): ColumnType {
  const token = cursor.token
  const words = readWords(cursor)
  const args = cursor.is('(') ? cursor.group() : []
  if (cursor.is('with') || cursor.is('without')) {
    const zone = cursor.next().value
    cursor.expect('time', 'zone')
    return typeOf(`${words} ${zone} time zone`, [], column, token)
  }
  if (cursor.is('[') || cursor.take('array')) throw unsupported(column, `${words}[]`)
  return typeOf(words, args, column, token)
}

function readWords(cursor: Cursor): string {
  if (cursor.take('double', 'precision')) return 'double precision'
  if (cursor.take('national')) return readWords(cursor).replace(/^char(acter)?$/, 'nchar')
  const word = cursor.token?.text === '"char"' ? cursor.next().text : cursor.name()
  if (cursor.is('.')) throw cursor.syntaxError()
  return ['char', 'character', 'nchar', 'bit', 'binary'].includes(word) && cursor.take('varying')
    ? word.startsWith('b')
      ? 'varbit'
      : 'character varying'
    : word
}

function typeOf(
  word: string,
  args: Token[][],
  column: string,
  token: Token | undefined,
): ColumnType {
  const known = names[word]
  if (!known) throw refusal(word, column, token)
  const { name, length, most } = known
  if (length !== undefined) {
    const bytes = readLength(args, length, most!, word)
    return { name, bytes, engine: `${name}(${bytes})` }
  }
  if (name === 'decimal') return decimal(args)
  return { name, engine: name }
}

function readLength(args: Token[][], length: number, most: number, word: string): number {
  const given = args[0]?.[0]
  if (!given) return length
  const bytes = given.value === 'max' ? most : Number(given.text)
  if (bytes >= 1 && bytes <= most) return bytes
  if (bytes < 1) throw new SqlError('22023', `length for type ${word} must be at least 1`)
  throw new SqlError('22023', `length for type ${word} cannot exceed ${most}`)
}

/** Facts B: DECIMAL is DECIMAL(18,0), of at most 38 digits, 37 of them behind the point. */
function decimal(args: Token[][]): ColumnType {
  const [precision = 18, scale = 0] = args.map((arg) => Number(arg[0]?.text))
  if (!(precision >= 1 && precision <= 38)) {
    throw new SqlError('22023', `DECIMAL precision ${precision} must be between 1 and 38`)
  }
  if (!(scale >= 0 && scale <= Math.min(precision, 37))) {
    throw new SqlError(
      '22023',
      `DECIMAL scale ${scale} must be between 0 and precision ${precision}`,
    )
  }
  return { name: 'decimal', engine: `numeric(${precision},${scale})` }
}

function refusal(word: string, column: string, token: Token | undefined): SqlError {
  if (word === 'identity') return new SqlError('42601', 'syntax error at or near "IDENTITY"')
  if (notCarriedOut.includes(word)) {
    return new SqlError(
      '0A000',
      `Type ${word.toUpperCase()} is not carried out by the local Redshift.`,
    )
  }
  if (unsupportedTypes.has(word) || word === '"char"') return unsupported(column, word)
  const position = token && token.start + 1
  return new SqlError('42704', `type "${word}" does not exist`, { position })
}

// The real text of facts C: Column "knex_migrations.id" has unsupported type "serial".
function unsupported(column: string, word: string): SqlError {
  return new SqlError('0A000', `Column "${column}" has unsupported type "${word}".`)
}

const whole = ['smallint', 'integer', 'bigint']
const wordy = ['char', 'varchar']

/** Facts B, ENCODE list: the types that an encoding takes; none given means every type. */
const encodings: Record<string, { only?: string[]; not?: string[] }> = {
  raw: {},
  zstd: {},
  runlength: {},
  az64: { only: [...whole, 'decimal', 'date', 'timestamp', 'timestamptz'] },
  bytedict: { not: ['boolean'] },
  delta: { only: [...whole, 'date', 'timestamp', 'decimal'] },
  delta32k: { only: ['integer', 'bigint', 'date', 'timestamp', 'decimal'] },
  lzo: { not: ['boolean', 'real', 'double precision'] },
  mostly8: { only: [...whole, 'decimal'] },
  mostly16: { only: ['integer', 'bigint', 'decimal'] },
  mostly32: { only: ['bigint', 'decimal'] },
  text255: { only: ['varchar'] },
  text32k: { only: ['varchar'] },
}

const encodingNames = Object.keys(encodings)

/** @throws SqlError for an encoding that Redshift has not, or not for this type */
export function checkEncoding(encoding: string, type?: ColumnType): string {
  const rule = encodings[encoding]
  if (!rule)
    throw new SqlError(
      '42601',
      `unknown encoding "${encoding}"; there are ${encodingNames.join(', ')}`,
    )
  if (type && (rule.only?.includes(type.name) === false || rule.not?.includes(type.name))) {
    const shown = wordy.includes(type.name) ? `${type.name}(${type.bytes})` : type.name
    throw new SqlError('0A000', `encoding "${encoding}" is not supported for data type ${shown}`)
  }
  return encoding
}

/** Facts B: words that are reserved in Redshift and not in PostgreSQL. */
const reservedWords = new Set(
  (
    'aes128 aes256 allowoverwrite az64 backup blanksasnull bytedict bzip2 credentials current_user_id ' +
    'deflate defrag delta delta32k disable emptyasnull enable encode encrypt encryption explicit ' +
    'globaldict256 globaldict64k gzip identity ignore lun luns lzo lzop minus mostly8 mostly16 ' +
    'mostly32 new nulls off offline oid old open parallel partition percent permissions pivot raw ' +
    'readratio recover rejectlog resort respect restore snapshot sysdate system start tag tdes ' +
    'text255 text32k timestamp top truncatecolumns unnest unpivot wallet without'
  ).split(' '),
)

/** PostgreSQL's own reserved words, which Redshift reserves too (facts B: "+ the PG ones"). */
const reservedByPostgres = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column ' +
    'constraint create current_catalog current_date current_role current_time current_timestamp ' +
    'current_user default deferrable desc distinct do else end except false fetch for foreign from ' +
    'grant group having in initially intersect into lateral leading limit localtime localtimestamp ' +
    'not null offset on only or order placing primary references returning select session_user some ' +
    'symmetric table then to trailing true union unique user using variadic when where window with ' +
    'authorization between binary cross freeze full ilike inner is isnull join left like natural ' +
    'notnull outer overlaps right similar verbose'
  ).split(' '),
)

/** Facts B: names of the system's own columns. */
const systemColumns = new Set(['oid', 'tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])

/** One column of CREATE TABLE or ADD COLUMN, as Redshift's grammar has it (facts B). */
export interface Column {
  name: string
  type: ColumnType
  /** The place of the default's expression in the text. */
  default?: { start: number; end: number }
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
  const token = cursor.next()
  if (token.kind !== 'word' && token.kind !== 'quoted') throw syntaxErrorAt(token)
  const name = token.value.toLowerCase()
  const reserved = reservedWords.has(name) || reservedByPostgres.has(name)
  if (token.kind === 'word' && reserved) throw syntaxErrorAt(token)
  if (systemColumns.has(name)) {
    throw new SqlError('42701', `column name "${name}" conflicts with a system column name`)
  }
  return name
}

function readAttribute(cursor: Cursor, column: Column): void {
  const constraintName = cursor.take('constraint') ? cursor.name() : undefined
  const named = constraintName === undefined ? {} : { name: constraintName }
  if (cursor.take('default')) column.default = readDefault(cursor)
  else if (cursor.take('identity')) column.identity = { ...readSeed(cursor), always: true }
  else if (cursor.take('generated')) column.identity = readGenerated(cursor)
  else if (cursor.take('encode')) column.encode = checkEncoding(cursor.name(), column.type)
  else if (cursor.take('distkey')) column.distkey = true
  else if (cursor.take('sortkey')) column.sortkey = true
  else if (cursor.take('collate')) column.collate = readCollation(cursor)
  else if (cursor.take('not', 'null')) column.notNull = true
  else if (cursor.take('null')) column.nullable = true
  else if (cursor.take('unique'))
    column.constraints.push({ ...named, kind: 'u', columns: [column.name] })
  else if (cursor.take('primary', 'key')) {
    column.constraints.push({ ...named, kind: 'p', columns: [column.name] })
  } else if (cursor.take('references')) {
    const references = readReference(cursor)
    column.constraints.push({ ...named, kind: 'f', columns: [column.name], references })
  } else if (cursor.is('check')) throw checkRefused('CREATE TABLE')
  else throw cursor.syntaxError()
}

/** The real text, facts C: `CREATE TABLE CHECK constraint is not supported`. */
export function checkRefused(command: string): SqlError {
  return new SqlError('0A000', `${command} CHECK constraint is not supported`)
}

const attributeWords =
  'identity generated encode distkey sortkey collate not null unique primary references check constraint'.split(
    ' ',
  )

function readDefault(cursor: Cursor): { start: number; end: number } {
  const start = cursor.start
  do {
    if (cursor.is('(')) cursor.group()
    else cursor.next()
  } while (!cursor.isAtEnd && !attributeWords.some((word) => cursor.is(word)))
  return { start, end: cursor.endBefore }
}

function readSeed(cursor: Cursor): { seed: number; step: number } {
  cursor.expect('(')
  const seed = cursor.integer()
  cursor.expect(',')
  const step = cursor.integer()
  cursor.expect(')')
  return { seed, step }
}

function readGenerated(cursor: Cursor): NonNullable<Column['identity']> {
  if (cursor.is('always')) {
    throw new SqlError(
      '0A000',
      'GENERATED ALWAYS is not supported: Redshift has GENERATED BY DEFAULT AS IDENTITY',
    )
  }
  cursor.expect('by', 'default', 'as', 'identity')
  return { ...readSeed(cursor), always: false }
}

function readCollation(cursor: Cursor): string {
  const name = cursor.name()
  if (name === 'case_sensitive' || name === 'cs') return name
  if (name === 'case_insensitive' || name === 'ci') {
    throw new SqlError(
      '0A000',
      'COLLATE CASE_INSENSITIVE is not carried out by the local Redshift.',
    )
  }
  throw new SqlError('42704', `collation "${name}" does not exist`)
}

/** What follows REFERENCES; actions and DEFERRABLE are in no grammar of Redshift (facts C). */
export function readReference(cursor: Cursor): NonNullable<DeclaredConstraint['references']> {
  const table = cursor.qualifiedName()
  return cursor.is('(') ? { ...table, columns: cursor.names() } : table
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

/** The engine's definition of a column, `defaultText` being the expression of its default. */
export function engineColumn(column: Column, defaultText?: string): string {
  const { name, type, identity } = column
  const parts = [quoteName(name), type.engine]
  if (identity) {
    const range = `minvalue ${least[type.name]} maxvalue ${most[type.name]}`
    const how = identity.always ? 'always' : 'by default'
    parts.push(
      `generated ${how} as identity (start ${identity.seed} increment ${identity.step} ${range})`,
    )
  }
  if (defaultText !== undefined) parts.push(`default ${defaultText}`)
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
