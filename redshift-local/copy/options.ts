import type { Cursor } from '../dialect/tokens'
import { SqlError } from '../errors'
import {
  flag,
  numberAfterAs,
  type Option,
  type RefusedClause,
  regionOption,
  textAfterAs,
} from './clauses'
import { checkFormat } from './values/moments'

/** The options of a COPY of any format, as they will be carried out. */
export interface CopyOptions {
  region?: string
  manifest: boolean
  compression?: 'gzip' | 'bzip2'
  /** Of the files; UTF-8 where none is given. */
  encoding?: 'utf16' | 'utf16le' | 'utf16be'
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

export const defaultOptions: CopyOptions = {
  manifest: false,
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

/** The options that are carried out, or that have no effect here and are checked (facts A1). */
export const copyOptions: Option<CopyOptions>[] = [
  flag('manifest', { manifest: true }),
  { ...flag('gzip', { compression: 'gzip' }), sameAs: 'compression' },
  { ...flag('bzip2', { compression: 'bzip2' }), sameAs: 'compression' },
  flag('truncatecolumns', { truncateColumns: true }),
  flag('blanksasnull', { blanksAsNull: true }),
  flag('emptyasnull', { emptyAsNull: true }),
  flag('trimblanks', { trimBlanks: true }),
  flag('roundec', { roundDecimals: true }),
  flag('acceptanydate', { acceptAnyDate: true }),
  flag('explicit_ids', { explicitIds: true }),
  flag('noload', { noLoad: true }),
  { ...flag('ignoreallerrors', { maxError: Infinity }), sameAs: 'maxerror' },
  regionOption,
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
  { keyword: 'encoding', example: 'encoding utf16le', read: readEncoding },
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

function readReplacement(cursor: Cursor): Partial<CopyOptions> {
  const given = cursor.take('as') || cursor.isAtString
  const replacement = given ? cursor.string() : '?'
  if (/^\p{ASCII}$/u.test(replacement) && replacement !== '\0') return { replacement }
  throw new SqlError('22023', 'ACCEPTINVCHARS takes one ASCII character other than NUL')
}

function readEncoding(cursor: Cursor): Partial<CopyOptions> {
  cursor.take('as')
  const encoding = cursor.isAtString ? cursor.string().toLowerCase() : cursor.name()
  if (encoding === 'utf8') return {}
  if (encoding === 'utf16' || encoding === 'utf16le' || encoding === 'utf16be') return { encoding }
  throw new SqlError(
    '0A000',
    `ENCODING ${encoding.toUpperCase()} is not supported by the local Redshift`,
  )
}

function readSwitch(...more: string[]) {
  return (cursor: Cursor): Partial<CopyOptions> => {
    cursor.takeOneOf('on', 'off', 'true', 'false', ...more)
    return {}
  }
}

/** What stands in COPY's grammar but is not carried out, by its keyword. */
export const refusedOptions: RefusedClause[] = [
  {
    keywords: ['avro', 'parquet', 'orc', 'shapefile', 'lzop', 'zstd', 'job'],
    because: 'is not supported by the local Redshift',
  },
  {
    keywords: ['encrypted', 'master_symmetric_key', 'ssh'],
    because: 'is not supported by the local Redshift',
  },
  { keywords: ['readratio'], because: 'cannot be used with COPY from Amazon S3' },
  { keywords: ['serializetojson'], because: 'is only for COPY from columnar data formats' },
]
