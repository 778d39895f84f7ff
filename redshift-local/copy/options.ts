import { SqlError } from '../errors'
import { checkFormat } from './times/formats'
import type { TokenReader } from './token-reader'

/** The options of a COPY as they will be carried out. */
export interface CopyOptions {
  region?: string
  manifest: boolean
  gzip: boolean
  /** So many bad rows are skipped; one more ends the load. Infinity with IGNOREALLERRORS. */
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
  gzip: false,
  maxError: 0,
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

export interface CopyOption {
  keyword: string
  /** How it may stand in a statement; the tests run it. */
  example: string
  read(tokens: TokenReader): Partial<CopyOptions>
}

const flag = (keyword: string, options: Partial<CopyOptions>): CopyOption => ({
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
  flag('ignoreallerrors', { maxError: Infinity }),
  {
    keyword: 'region',
    example: "region as 'us-west-2'",
    read: (tokens) => ({ region: textAfterAs(tokens) }),
  },
  {
    keyword: 'maxerror',
    example: 'maxerror as 10',
    read: (tokens) => ({ maxError: numberAfterAs(tokens, 'MAXERROR', 0, 100_000) }),
  },
  {
    keyword: 'ignoreheader',
    example: 'ignoreheader 1',
    read: (tokens) => ({ ignoreHeader: numberAfterAs(tokens, 'IGNOREHEADER', 0, 2147483647) }),
  },
  {
    keyword: 'timeformat',
    example: "timeformat as 'epochmillisecs'",
    read: (tokens) => ({ timeFormat: checkFormat('TIMEFORMAT', textAfterAs(tokens)) }),
  },
  {
    keyword: 'dateformat',
    example: "dateformat 'MM/DD/YYYY'",
    read: (tokens) => ({ dateFormat: checkFormat('DATEFORMAT', textAfterAs(tokens)) }),
  },
  { keyword: 'acceptinvchars', example: "acceptinvchars as '^'", read: readReplacement },
  { keyword: 'encoding', example: 'encoding utf8', read: readEncoding },
  { keyword: 'compupdate', example: 'compupdate off', read: readSwitch('preset') },
  { keyword: 'statupdate', example: 'statupdate on', read: readSwitch() },
  {
    keyword: 'comprows',
    example: 'comprows 1000',
    read: (tokens) => {
      numberAfterAs(tokens, 'COMPROWS', 1000, 2147483647)
      return {}
    },
  },
]

function textAfterAs(tokens: TokenReader): string {
  tokens.accept('as')
  return tokens.string()
}

function numberAfterAs(tokens: TokenReader, name: string, least: number, most: number): number {
  tokens.accept('as')
  const value = tokens.number()
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new SqlError('22023', `${name} value ${value} is outside of ${least} to ${most}`)
}

function readReplacement(tokens: TokenReader): Partial<CopyOptions> {
  const given = tokens.accept('as') || tokens.peek()?.kind === 'string'
  const replacement = given ? tokens.string() : '?'
  if (/^\p{ASCII}$/u.test(replacement) && replacement !== '\0') return { replacement }
  throw new SqlError('22023', 'ACCEPTINVCHARS takes one ASCII character other than NUL')
}

function readEncoding(tokens: TokenReader): Partial<CopyOptions> {
  tokens.accept('as')
  const encoding = tokens.peek()?.kind === 'string' ? tokens.string().toLowerCase() : tokens.word()
  if (encoding === 'utf8') return {}
  throw new SqlError(
    '0A000',
    `ENCODING ${encoding.toUpperCase()} is not supported by the local Redshift`,
  )
}

function readSwitch(...more: string[]) {
  return (tokens: TokenReader): Partial<CopyOptions> => {
    tokens.accept('on', 'off', 'true', 'false', ...more)
    return {}
  }
}

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
