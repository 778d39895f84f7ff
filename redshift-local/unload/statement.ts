import type { S3Location } from '../../object-store/store'
import { type Authorization, authorizations, checkAuthorization } from '../copy/authorization'
import {
  characterAfterAs,
  type Clause,
  flag,
  formatClause,
  nullAfterAs,
  type Option,
  readClauses,
  type RefusedClause,
  regionOption,
  textAfterAs,
} from '../copy/clauses'
import { widthsOf } from '../copy/data-format'
import { copyLocation } from '../copy/source'
import { Cursor, type Token } from '../dialect/tokens'
import { SqlError } from '../errors'

/** An UNLOAD to Amazon S3 without its query, its options checked and typed (facts A10). */
export interface UnloadStatement extends UnloadOptions, S3Location, Authorization {}

/** The options of an UNLOAD as they will be carried out. */
export interface UnloadOptions {
  /** Records of fields: with a delimiter, in CSV or of fixed width; or JSON. */
  format: 'Text' | 'CSV' | 'FixedWidth' | 'JSON'
  delimiter: string
  /** Of the fields of FIXEDWIDTH, in characters. */
  widths?: number[]
  header: boolean
  addQuotes: boolean
  escape: boolean
  nullString: string
  gzip: boolean
  manifest?: 'plain' | 'verbose'
  overwrite?: 'allowed' | 'clean path'
  parallel: boolean
  /** In bytes. */
  maxFileSize: number
  extension?: string
  partition?: { columns: string[]; include: boolean }
  region?: string
}

type Said = Partial<UnloadOptions>

const megabyte = 1024 * 1024
const gigabyte = 1024 * megabyte
const leastFileSize = 5 * megabyte
const mostFileSize = Math.round(6.2 * gigabyte)

/** The formats that an UNLOAD may name. */
const formats: Clause<UnloadOptions>[] = [
  { keyword: 'csv', sameAs: 'format', read: () => ({ format: 'CSV' }) },
  { keyword: 'json', sameAs: 'format', read: () => ({ format: 'JSON' }) },
]

/** The options that are carried out (facts A10). */
export const unloadOptions: Option<UnloadOptions>[] = [
  {
    keyword: 'delimiter',
    example: "delimiter as ','",
    read: (cursor) => ({ delimiter: characterAfterAs(cursor, 'UNLOAD delimiter') }),
  },
  flag('header', { header: true }),
  flag('addquotes', { addQuotes: true }),
  flag('escape', { escape: true }),
  {
    keyword: 'null',
    example: "null as 'nil'",
    read: (cursor) => ({ nullString: nullAfterAs(cursor) }),
  },
  flag('gzip', { gzip: true }),
  {
    keyword: 'manifest',
    example: 'manifest verbose',
    read: (cursor) => ({ manifest: cursor.take('verbose') ? 'verbose' : 'plain' }),
  },
  { ...flag('allowoverwrite', { overwrite: 'allowed' as const }), sameAs: 'overwrite' },
  { ...flag('cleanpath', { overwrite: 'clean path' as const }), sameAs: 'overwrite' },
  {
    keyword: 'parallel',
    example: 'parallel off',
    read: (cursor) => {
      const isOff = cursor.takeOneOf('off', 'false') !== undefined
      if (!isOff) cursor.takeOneOf('on', 'true')
      return { parallel: !isOff }
    },
  },
  { keyword: 'maxfilesize', example: 'maxfilesize as 6.2 gb', read: readFileSize },
  {
    keyword: 'extension',
    example: "extension 'csv.gz'",
    read: (cursor) => ({ extension: cursor.string() }),
  },
  regionOption,
  {
    keyword: 'partition',
    example: 'partition by (a) include',
    read: (cursor) => {
      cursor.expect('by')
      return { partition: { columns: cursor.names(), include: cursor.take('include') } }
    },
  },
]

/** What stands in UNLOAD's grammar but is not carried out, by its keyword. */
export const refusedUnloadOptions: RefusedClause[] = [
  {
    keywords: [
      ...['parquet', 'bzip2', 'zstd', 'rowgroupsize'],
      ...['encrypted', 'kms_key_id', 'master_symmetric_key'],
    ],
    because: 'is not supported by the local Redshift',
  },
]

const refusing = { command: 'UNLOAD', refused: refusedUnloadOptions } as const

const clauses: Clause<UnloadOptions & Authorization>[] = [
  ...authorizations,
  ...formats,
  {
    keyword: 'fixedwidth',
    sameAs: 'format',
    read: (cursor) => ({ format: 'FixedWidth', widths: widthsOf(textAfterAs(cursor)) }),
  },
  formatClause({ ...refusing, clauses: [...formats, { keyword: 'text', read: () => ({}) }] }),
  ...unloadOptions,
]

/**
 * Reads what stands behind the query of an UNLOAD.
 * @throws SqlError 42601 for a syntax error, 0A000 for an option that is not carried out, by name
 */
export function parseUnload(tokens: Token[]): UnloadStatement {
  const cursor = new Cursor(tokens)
  cursor.expect('to')
  const target = copyLocation(cursor.string())
  const said = readClauses(cursor, { ...refusing, clauses })
  checkAuthorization('UNLOAD', said)
  const format = said.format ?? 'Text'
  checkConflicts(format, said)
  return {
    ...target,
    header: false,
    addQuotes: false,
    escape: false,
    nullString: '',
    gzip: false,
    parallel: true,
    maxFileSize: mostFileSize,
    delimiter: format === 'CSV' ? ',' : '|',
    ...said,
    format,
  }
}

/** What cannot stand beside a format [r_UNLOAD]: what an UNLOAD said, and its keyword. */
const conflicts: Record<UnloadOptions['format'], [keyof UnloadOptions, string][]> = {
  Text: [],
  CSV: [
    ['addQuotes', 'ADDQUOTES'],
    ['escape', 'ESCAPE'],
  ],
  FixedWidth: [
    ['delimiter', 'DELIMITER'],
    ['header', 'HEADER'],
    ['addQuotes', 'ADDQUOTES'],
    ['escape', 'ESCAPE'],
  ],
  JSON: [
    ['delimiter', 'DELIMITER'],
    ['header', 'HEADER'],
    ['addQuotes', 'ADDQUOTES'],
    ['escape', 'ESCAPE'],
    ['nullString', 'NULL'],
  ],
}

function checkConflicts(format: UnloadOptions['format'], said: Said) {
  for (const [key, keyword] of conflicts[format])
    if (said[key] !== undefined)
      throw new SqlError(
        '0A000',
        `UNLOAD option ${keyword} cannot be used with ${format.toUpperCase()}`,
      )
}

function readFileSize(cursor: Cursor): Said {
  cursor.take('as')
  const token = cursor.next()
  const size = token.kind === 'number' ? Number(token.text) : NaN
  const unit = cursor.takeOneOf('mb', 'gb') === 'gb' ? gigabyte : megabyte
  const maxFileSize = Math.round(size * unit)
  if (maxFileSize >= leastFileSize && maxFileSize <= mostFileSize) return { maxFileSize }
  throw new SqlError('22023', 'MAXFILESIZE must be between 5 MB and 6.2 GB')
}
