import { asRedshiftSays } from '../dialect/server-errors'
import type { Statement } from '../dialect/translate'
import { LocalRedshiftError, SqlError } from '../errors'
import { EngineRefusal } from './backend'
import { type Fields, errorFields } from './messages'

/** What a client is told of `error`; undefined for one that is told by `lastWords`. */
export function asFields(error: unknown, pid?: number): Fields | undefined {
  if (error instanceof SqlError) return errorFields(error)
  if (error instanceof EngineRefusal) return asRedshiftSays(error.fields, pid)
  return undefined
}

/** What a client is told of an error that ends its session. */
export function lastWords(error: unknown): Fields {
  return asFields(error) ?? { S: 'FATAL', V: 'FATAL', ...fault(error) }
}

function fault(error: unknown) {
  const M = error instanceof Error ? error.message : String(error)
  return { C: error instanceof LocalRedshiftError ? '57P01' : 'XX000', M }
}

/** @throws SqlError for what Redshift runs alone only (facts D) */
export function refuseInBlock(statement: Statement | undefined, isInBlock: boolean): void {
  const command = statement?.notInBlock
  if (command === undefined || !isInBlock) return
  throw new SqlError('25001', `${command} cannot run inside a transaction block`)
}
