import { SqlError } from '../errors'
import { refused } from './check'
import { lackingTypes } from './names'
import type { Cursor, Token } from './tokens'

/** A column's type as Redshift understands it, and the engine's type that stands for it. */
export interface ColumnType {
  /** Redshift's name without arguments, for the rules of encodings and keys: `varchar`. */
  name: string
  engine: string
  /** Room in bytes, of VARCHAR and CHAR only. */
  bytes?: number
}

/** Facts B, Types: what each name stands for, and the length that it has where none is given. */
const types: Record<string, { name: string; length?: number; most?: number }> = {
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

const typeOfName = new Map(Object.entries(types))

/** Whether Redshift has columns of such a type and the local one has not. */
export function isLackingType(name: string): boolean {
  return lackingTypes.has(name) || name === 'binary' || name === 'interval'
}

/** Facts C: types that the leader node knows and no column can have. */
const leaderTypes = new Set(
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
  if (cursor.is('[') || cursor.take('array')) throw refused('columnType', column, `${words}[]`)
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
  const known = typeOfName.get(word)
  if (!known) throw noSuchType(word, column, token)
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

function noSuchType(word: string, column: string, token: Token | undefined): SqlError {
  if (word === 'identity') return new SqlError('42601', 'syntax error at or near "IDENTITY"')
  if (isLackingType(word)) return refused('lackingType', word)
  if (leaderTypes.has(word) || word === '"char"') return refused('columnType', column, word)
  const position = token && token.start + 1
  return new SqlError('42704', `type "${word}" does not exist`, { position })
}

const whole = ['smallint', 'integer', 'bigint']

/** Facts B, ENCODE list: the types that an encoding takes; none given means every type. */
const encodings = new Map<string, { only?: string[]; not?: string[] }>(
  Object.entries({
    raw: {},
    zstd: {},
    runlength: {},
    az64: { only: [...whole, 'decimal', 'date', 'time', 'timetz', 'timestamp', 'timestamptz'] },
    bytedict: { not: ['boolean'] },
    delta: { only: [...whole, 'date', 'timestamp', 'decimal'] },
    delta32k: { only: ['integer', 'bigint', 'date', 'timestamp', 'decimal'] },
    lzo: { not: ['boolean', 'real', 'double precision'] },
    mostly8: { only: [...whole, 'decimal'] },
    mostly16: { only: ['integer', 'bigint', 'decimal'] },
    mostly32: { only: ['bigint', 'decimal'] },
    text255: { only: ['varchar'] },
    text32k: { only: ['varchar'] },
  }),
)

/** @throws SqlError for an encoding that Redshift has not, or not for this type */
export function checkEncoding(encoding: string, type?: ColumnType): string {
  const rule = encodings.get(encoding)
  if (!rule) {
    const message = `unknown encoding "${encoding}"; there are ${[...encodings.keys()].join(', ')}`
    throw new SqlError('42601', message)
  }
  if (type && (rule.only?.includes(type.name) === false || rule.not?.includes(type.name))) {
    const length = type.bytes === undefined ? '' : `(${type.bytes})`
    throw refused('encoding', encoding, type.name + length)
  }
  return encoding
}
