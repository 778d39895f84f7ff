import type { Knex } from 'knex'
import { describe, exitCodeOf } from '../errors'
import { isRetryable } from '../retry'
import { steps } from '../steps'
import { attemptOf } from './attempt'
import { diagnoseFailure } from './diagnose'
import { formatDiagnosis } from './format'

/**
 * Tells the user why the load of a transaction failed, where its COPY has something to do with it; once
 * the transaction is over. It never throws: the error of the load is the one that counts.
 */
export async function tellWhy(knex: Knex, transaction: Knex, error: unknown): Promise<void> {
  const attempt = attemptOf(transaction)
  // Ctrl-C, a lost connection and a conflict say all there is to say.
  if (!attempt || exitCodeOf(error) !== 3 || isRetryable(error)) return
  try {
    const diagnosis = await diagnoseFailure(knex, attempt, error)
    if (diagnosis.findings.length > 0) tell(formatDiagnosis(diagnosis))
  } catch (cause) {
    tell(`What COPY says of it could not be read: ${describe(cause)}`)
  }
}

/** Tells the user something on stderr, in the place that progress has there. */
export function tell(text: string): void {
  // `knex seed:run` has nobody who listens.
  if (!steps.emit('notice', text)) console.error(text)
}
