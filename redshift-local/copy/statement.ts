import { type AccessKeys, s3Location, type S3Location } from '../../object-store/store'
import { Cursor, isWord, type Token } from '../dialect/tokens'
import { SqlError } from '../errors'
import { asSqlError } from './store-error'
import { checkFormat } from './values/moments'

/** How JSON finds its columns: by name, or by the paths of a JSONPaths file. */
type JsonOption = 'auto' | 'auto ignorecase' | S3Location

/** A COPY from Amazon S3, its options checked and typed (facts A1). */
export interface CopyStatement extends CopyOptions, S3Location {
  schema?: string
  table: string
  columns?: string[]
  json: JsonOption
  /** Which the local Redshift leaves to the AWS SDK. */
  roles?: string[] | 'default'
  /** Present where the statement carries access keys. Never printed. */
  keys?: AccessKeys
}

/** The options of a COPY as they will be carried out. */
export interface CopyOptions {
  region?: string
  manifest: boolean
  gzip: boolean
  /** So many bad rows end the load: at least one; Infinity with IGNOREALLERRORS (facts A1). */
  maxError: number
  /** 'auto', 'epochsecs', 'epochmillisecs' or a format. */
  timeFormat?: string
  /** 'auto' or a format. */
  dateFormat?: string
  truncateColumns: boolean
  blanksAsNull: boolean
  emptyAsNull: boolean
  trimBlanks: boolean
  roundDecimals: boolean
  acceptAnyDate: boolean
  /** Stands for each byte of an invalid character. */
  replacement?: string
  explicitIds: boolean
  /** Lines at the head of each file that are not read. */
  ignoreHeader: number
  noLoad: boolean
}

const defaultOptions: CopyOptions = {
  manifest: false,
  gzip: false,
  maxError: 1,
  truncateColumns: false,
  blanksAsNull: false,
  emptyAsNull: false,
  trimBlanks: false,
  roundDecimals: false,
  acceptAnyDate: false,
  explicitIds: false,
  ignoreHeader: 0,
  noLoad: false,
}

/**
 * Reads a COPY statement, with or without its last semicolon.
 * @throws SqlError 42601 for a syntax error, 0A000 for an option that is not carried out, by name
 */
export function parseCopy(tokens: Token[]): CopyStatement {
  const cursor = new Cursor(isWord(tokens.at(-1), ';') ? tokens.slice(0, -1) : tokens)
  cursor.expect('copy')
  const target = readTarget(cursor)
  cursor.expect('from')
  const source = copyLocation(cursor.string())
  const { json, ...clauses } = readClauses(cursor)
  if (!clauses.roles && !clauses.keys)
    throw new SqlError('42601', 'COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID')
  if (json === undefined)
    throw new SqlError(
      '0A000',
      'COPY of delimited text is not supported by the local Redshift, which loads FORMAT JSON only',
    )
  return { ...target, ...source, ...defaultOptions, ...clauses, json }
}

function readTarget(cursor: Cursor) {
  const { name: table, ...schema } = cursor.qualifiedName()
  return { ...schema, table, ...(cursor.is('(') && { columns: cursor.names() }) }
}

/** @throws SqlError where `url` is not an s3:// URL */
export function copyLocation(url: string): S3Location {
  const scheme = /^(dynamodb|emr|ssh):\/\//.exec(url)?.[1]
  if (scheme)
    throw new SqlError('0A000', `COPY from ${scheme} is not supported by the local Redshift`)
  try {
    return s3Location(url)
  } catch (error) {
    throw asSqlError(error)
  }
}

/** What stands behind the source of a COPY, in any order. */
type Clauses = Partial<CopyOptions & Pick<CopyStatement, 'json' | 'roles' | 'keys'>>

function readClauses(cursor: Cursor): Clauses {
  const read: Clauses = {}
  const seen = new Set<string>()
  while (!cursor.isAtEnd) {
    refuse(cursor)
    const clause = clauses.find(({ keyword }) => cursor.take(keyword))
    if (!clause) throw cursor.syntaxError()
    Object.assign(read, clause.read(cursor))
    const { keyword, sameAs = keyword } = clause
    if (seen.has(sameAs)) throw new SqlError('42601', 'conflicting or redundant options')
    seen.add(sameAs)
  }
  return read
}

function refuse(cursor: Cursor) {
  for (const { keywords, because } of refusedOptions) {
    const keyword = cursor.takeOneOf(...keywords)
    if (keyword) throw new SqlError('0A000', `COPY option ${keyword.toUpperCase()} ${because}`)
  }
}

interface Clause {
  keyword: string
  /** The clause that it cannot stand beside; else itself. */
  sameAs?: string
  read(cursor: Cursor): Clauses
}

interface CopyOption extends Clause {
  /** How it may stand in a statement; the tests run it. */
  example: string
}

const flag = (keyword: string, options: Clauses): CopyOption => ({
  keyword,
  example: keyword,
  read: () => options,
})

/** The options that are carried out, or that have no effect here and are checked (facts A1). */
export const copyOptions: CopyOption[] = [
  flag('manifest', { manifest: true }),
  flag('gzip', { gzip: true }),
  flag('truncatecolumns', { truncateColumns: true }),
  flag('blanksasnull', { blanksAsNull: true }),
  flag('emptyasnull', { emptyAsNull: true }),
  flag('trimblanks', { trimBlanks: true }),
  flag('roundec', { roundDecimals: true }),
  flag('acceptanydate', { acceptAnyDate: true }),
  flag('explicit_ids', { explicitIds: true }),
  flag('noload', { noLoad: true }),
  { ...flag('ignoreallerrors', { maxError: Infinity }), sameAs: 'maxerror' },
  {
    keyword: 'region',
    example: "region as 'us-west-2'",
    read: (cursor) => ({ region: textAfterAs(cursor) }),
  },
  {
    keyword: 'maxerror',
    example: 'maxerror as 10',
    read: (cursor) => ({ maxError: Math.max(1, numberAfterAs(cursor, 'MAXERROR', 0, 100_000)) }),
  },
  {
    keyword: 'ignoreheader',
    example: 'ignoreheader 1',
    read: (cursor) => ({ ignoreHeader: numberAfterAs(cursor, 'IGNOREHEADER', 0, 2147483647) }),
  },
  {
    keyword: 'timeformat',
    example: "timeformat as 'epochmillisecs'",
    read: (cursor) => ({ timeFormat: checkFormat('TIMEFORMAT', textAfterAs(cursor)) }),
  },
  {
    keyword: 'dateformat',
    example: "dateformat 'MM/DD/YYYY'",
    read: (cursor) => ({ dateFormat: checkFormat('DATEFORMAT', textAfterAs(cursor)) }),
  },
  { keyword: 'acceptinvchars', example: "acceptinvchars as '^'", read: readReplacement },
  { keyword: 'encoding', example: 'encoding utf8', read: readEncoding },
  { keyword: 'compupdate', example: 'compupdate off', read: readSwitch('preset') },
  { keyword: 'statupdate', example: 'statupdate on', read: readSwitch() },
  {
    keyword: 'comprows',
    example: 'comprows 1000',
    read: (cursor) => {
      numberAfterAs(cursor, 'COMPROWS', 1000, 2147483647)
      return {}
    },
  },
]

function textAfterAs(cursor: Cursor): string {
  cursor.take('as')
  return cursor.string()
}

function numberAfterAs(cursor: Cursor, name: string, least: number, most: number): number {
  cursor.take('as')
  const value = cursor.integer()
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new SqlError('22023', `${name} value ${value} is outside of ${least} to ${most}`)
}

function readReplacement(cursor: Cursor): Clauses {
  const given = cursor.take('as') || cursor.isAtString
  const replacement = given ? cursor.string() : '?'
  if (/^\p{ASCII}$/u.test(replacement) && replacement !== '\0') return { replacement }
  throw new SqlError('22023', 'ACCEPTINVCHARS takes one ASCII character other than NUL')
}

function readEncoding(cursor: Cursor): Clauses {
  cursor.take('as')
  const encoding = cursor.isAtString ? cursor.string().toLowerCase() : cursor.name()
  if (encoding === 'utf8') return {}
  throw new SqlError(
    '0A000',
    `ENCODING ${encoding.toUpperCase()} is not supported by the local Redshift`,
  )
}

function readSwitch(...more: string[]) {
  return (cursor: Cursor): Clauses => {
    cursor.takeOneOf('on', 'off', 'true', 'false', ...more)
    return {}
  }
}

const formats: Clause[] = [
  { keyword: 'json', sameAs: 'format', read: readJson },
  {
    keyword: 'format',
    read: (cursor) => {
      cursor.take('as')
      refuse(cursor)
      cursor.expect('json')
      return readJson(cursor)
    },
  },
]

function readJson(cursor: Cursor): Clauses {
  cursor.take('as')
  if (!cursor.isAtString) return { json: 'auto' }
  const text = cursor.string()
  if (text === 'auto' || text === 'auto ignorecase') return { json: text }
  if (text === 'noshred')
    throw new SqlError('0A000', "JSON 'noshred' is not supported by the local Redshift")
  return { json: copyLocation(text) }
}

/** The three families of facts A1; a COPY has exactly one of them. */
const authorizations: Clause[] = [
  {
    keyword: 'iam_role',
    sameAs: 'authorization',
    read: (cursor) => ({ roles: cursor.take('default') ? 'default' : rolesOf(cursor.string()) }),
  },
  {
    keyword: 'access_key_id',
    sameAs: 'authorization',
    read: (cursor) => ({ keys: readKeys(cursor) }),
  },
  { keyword: 'credentials', sameAs: 'authorization', read: readCredentials },
  {
    keyword: 'with',
    sameAs: 'authorization',
    read: (cursor) => {
      cursor.expect('credentials')
      return readCredentials(cursor)
    },
  },
]

function readCredentials(cursor: Cursor): Clauses {
  cursor.take('as')
  return credentialsOf(cursor.string())
}

const arn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

function rolesOf(text: string): string[] {
  const roles = text.split(/,(?=arn:)/)
  if (!roles.every((role) => arn.test(role)))
    throw invalid('An IAM role is arn:aws:iam::<12 digits>:role/<name>.')
  return roles
}

function readKeys(cursor: Cursor): AccessKeys {
  const accessKeyId = cursor.string()
  cursor.expect('secret_access_key')
  const secretAccessKey = cursor.string()
  if (!cursor.take('session_token')) return { accessKeyId, secretAccessKey }
  return { accessKeyId, secretAccessKey, sessionToken: cursor.string() }
}

function credentialsOf(text: string): Clauses {
  const pairs = new Map(
    text.split(';').map((pair): [string, string] => {
      const equals = pair.indexOf('=')
      return [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
  if (pairs.has('master_symmetric_key'))
    throw new SqlError('0A000', 'ENCRYPTED is not supported by the local Redshift')
  const role = pairs.get('aws_iam_role')
  if (role !== undefined && pairs.size === 1) return { roles: rolesOf(role) }
  const accessKeyId = pairs.get('aws_access_key_id')
  const secretAccessKey = pairs.get('aws_secret_access_key')
  const sessionToken = pairs.get('token')
  if (!accessKeyId || !secretAccessKey || pairs.size !== (sessionToken ? 3 : 2)) throw invalid()
  return { keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
}

const invalid = (hint?: string) =>
  new SqlError(
    'XX000',
    "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or " +
      "'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
    { hint },
  )

/** What stands in COPY's grammar but is not carried out, by its keyword. */
export const refusedOptions: { keywords: string[]; because: string }[] = [
  {
    keywords: ['csv', 'delimiter', 'fixedwidth', 'shapefile', 'avro', 'parquet', 'orc'],
    because: 'is not supported by the local Redshift, which loads FORMAT JSON only',
  },
  {
    keywords: ['bzip2', 'lzop', 'zstd', 'encrypted', 'master_symmetric_key'],
    because: 'is not supported by the local Redshift',
  },
  {
    keywords: ['quote', 'escape', 'fillrecord', 'ignoreblanklines', 'null', 'removequotes'],
    because: 'cannot be used with FORMAT JSON',
  },
  { keywords: ['ssh', 'readratio'], because: 'cannot be used with COPY from Amazon S3' },
  { keywords: ['serializetojson'], because: 'is only for COPY from columnar data formats' },
]

/** All clauses that are carried out. */
const clauses = [...authorizations, ...formats, ...copyOptions]
