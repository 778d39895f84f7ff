import type { S3Location } from '../../object-store/store'
import { Cursor, isWord, type Token } from '../dialect/tokens'
import { type Authorization, authorizations, checkAuthorization } from './authorization'
import { type Clause, readClauses } from './clauses'
import {
  type DataFormat,
  dataFormat,
  type FormatClauses,
  formatClauses,
  quoteClause,
  textOptions,
} from './data-format'
import { copyOptions, type CopyOptions, defaultOptions, refusedOptions } from './options'
import { copyLocation } from './source'

/** A COPY from Amazon S3, its options checked and typed (facts A1). */
export interface CopyStatement extends CopyOptions, S3Location, Authorization {
  schema?: string
  table: string
  columns?: string[]
  format: DataFormat
}

const clauses: Clause<CopyOptions & FormatClauses & Authorization>[] = [
  ...authorizations,
  ...formatClauses,
  quoteClause,
  ...textOptions,
  ...copyOptions,
]

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
  const said = readClauses(cursor, { command: 'COPY', clauses, refused: refusedOptions })
  checkAuthorization('COPY', said)
  return { ...target, ...source, ...defaultOptions, ...said, format: dataFormat(said) }
}

function readTarget(cursor: Cursor) {
  const { name: table, ...schema } = cursor.qualifiedName()
  return { ...schema, table, ...(cursor.is('(') && { columns: cursor.names() }) }
}
