import type { Token } from '../dialect/tokens'
import { SqlError } from '../errors'
import {
  authorizationKeywords,
  readAuthorization,
  type AccessKeys,
  type Authorization,
} from './authorization'
import { copyOptions, defaultOptions, refusedOptions, type CopyOptions } from './options'
import { s3Location, type S3Location } from './s3-url'
import { TokenReader } from './token-reader'

/** How JSON finds its columns: by name, or by the paths of a JSONPaths file. */
export type JsonOption = 'auto' | 'auto ignorecase' | S3Location

/** A COPY from Amazon S3, its options checked and typed (facts A1). */
export interface CopyStatement extends CopyOptions, S3Location {
  schema?: string
  table: string
  columns?: string[]
  json: JsonOption
  roles?: string[] | 'default'
  /** Present where the statement carries access keys. Never printed. */
  keys?: AccessKeys
}

/**
 * Reads a COPY statement, with or without its last semicolon.
 * @throws SqlError 42601 for a syntax error, 0A000 for an option that is not carried out, by name
 */
export function parseCopy(tokens: Token[]): CopyStatement {
  const reader = new TokenReader(tokens)
  reader.expect('copy')
  const target = readTarget(reader)
  reader.expect('from')
  const source = s3Location(reader.string())
  const { json, authorization, options } = readOptions(reader)
  if (!authorization)
    throw new SqlError('42601', 'COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID')
  if (json === undefined)
    throw new SqlError(
      '0A000',
      'COPY of delimited text is not supported by the local Redshift, which loads FORMAT JSON only',
    )
  return { ...target, ...source, ...defaultOptions, ...options, json, ...authorization }
}

function readTarget(reader: TokenReader) {
  const first = reader.identifier()
  const name = reader.accept('.') ? { schema: first, table: reader.identifier() } : { table: first }
  if (!reader.accept('(')) return name
  const columns = [reader.identifier()]
  while (reader.accept(',')) columns.push(reader.identifier())
  reader.expect(')')
  return { ...name, columns }
}

interface Clauses {
  json?: JsonOption
  authorization?: Authorization
  options: Partial<CopyOptions>
}

function readOptions(reader: TokenReader): Clauses {
  const clauses: Clauses = { options: {} }
  const seen = new Set<string>()
  while (!reader.atEnd) {
    const kind = readClause(reader, clauses)
    if (seen.has(kind)) throw new SqlError('42601', 'conflicting or redundant options')
    seen.add(kind)
  }
  return clauses
}

// The answer names what may stand only once.
function readClause(reader: TokenReader, clauses: Clauses): string {
  const authorization = authorizationKeywords.find((keyword) => reader.accept(keyword))
  if (authorization) {
    clauses.authorization = readAuthorization(authorization, reader)
    return 'authorization'
  }
  const format = reader.accept('format')
  if (format) reader.accept('as')
  if (reader.accept('json')) {
    clauses.json = readJson(reader)
    return 'format'
  }
  refuse(reader)
  const option = format ? undefined : copyOptions.find(({ keyword }) => reader.accept(keyword))
  if (!option) return reader.fail()
  Object.assign(clauses.options, option.read(reader))
  return option.keyword === 'ignoreallerrors' ? 'maxerror' : option.keyword
}

function readJson(reader: TokenReader): JsonOption {
  reader.accept('as')
  if (reader.peek()?.kind !== 'string') return 'auto'
  const text = reader.string()
  if (text === 'auto' || text === 'auto ignorecase') return text
  if (text === 'noshred')
    throw new SqlError('0A000', "JSON 'noshred' is not supported by the local Redshift")
  return s3Location(text)
}

function refuse(reader: TokenReader) {
  for (const { keywords, because } of refusedOptions) {
    const keyword = reader.accept(...keywords)
    if (keyword) throw new SqlError('0A000', `COPY option ${keyword.toUpperCase()} ${because}`)
  }
}
