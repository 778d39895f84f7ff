import type { Knex } from 'knex'
import type { ClientBase } from 'pg'
import type { Source, StoredFile } from '../../sources/source'
import { counted } from '../warehouse/counts'
import { DataRefused, describe, exitCodeOf } from '../warehouse/errors'
import { isRetryable, steps } from '../warehouse/steps'
import { diagnose, type FailedCopy } from './diagnose'
import { copySessionOf } from './error-log'
import { faultsOf, formatDiagnoses } from './finding'
import type { OriginOf } from './rejected-rows'
import { silentFaults } from './silent'

/** A COPY that a load is about to run. */
interface PlannedCopy {
  source: Source
  files: StoredFile[]
  statement: string
  /** Holds of the rows that it writes: SQL. */
  predicate: string
  /** Where the lines of compacted files came from. */
  originOf: OriginOf
}

/** A COPY failed over its data; what it was, for `explainFailure`. */
export class CopyFailed extends DataRefused {
  override name = 'CopyFailed'

  constructor(readonly copy: FailedCopy & { originOf: OriginOf }) {
    super(describe(copy.error), { cause: copy.error })
  }
}

/**
 * Runs a COPY; when it succeeds, tells the user of rows that it rejected, and of what went wrong silently.
 * @returns how many it rejected
 * @throws CopyFailed where its data are at fault; else what it failed with
 */
export async function watchedCopy(transaction: Knex, copy: PlannedCopy): Promise<number> {
  const { source, files, statement, originOf } = copy
  const session = await copySessionOf(transaction)
  const rejected = await countingRejected(transaction, () => transaction.raw(statement)).catch(
    (error: unknown) => {
      // Ctrl-C, a lost connection and a conflict say all there is to say.
      if (exitCodeOf(error) !== 3 || isRetryable(error)) throw error
      throw new CopyFailed({ source, files, session, error, originOf })
    },
  )
  if (rejected > 0) {
    const rows = `${counted(rejected, 'row')} ${rejected === 1 ? 'was' : 'were'}`
    notify(`${source.table}: ${rows} rejected; \`sparkify errors\` shows them.`)
  }
  const cutsTexts = /\btruncatecolumns\b/i.test(statement)
  const findings = await silentFaults(transaction, { ...copy, cutsTexts })
  if (findings.length > 0) notify(formatDiagnoses([{ table: source.table, findings }]))
  return rejected
}

/**
 * Tells the user why a load failed, where a COPY of it did; once its transaction is over. It never
 * throws: the error of the load is the one that counts.
 * @returns that error, with what was found
 */
export async function explainFailure(knex: Knex, error: unknown): Promise<unknown> {
  if (!(error instanceof CopyFailed)) return error
  try {
    const diagnoses = await diagnose(knex, error.copy)
    if (diagnoses.length === 0) return error
    notify(formatDiagnoses(diagnoses))
    return new DataRefused(error.message, { cause: error, findings: diagnoses.flatMap(faultsOf) })
  } catch (cause) {
    notify(`What COPY logged could not be read: ${describe(cause)}`)
    return error
  }
}

/** Tells the user something on stderr, where progress is shown. */
function notify(text: string): void {
  // `knex seed:run` has nobody who listens.
  if (!steps.emit('notice', text)) console.error(text)
}

/** What COPY with MAXERROR says in a notice (r_COPY_command_examples). */
const rejectedWords = /completed, (\d+) record\(s\) could not be loaded/

async function countingRejected(
  transaction: Knex,
  copy: () => PromiseLike<unknown>,
): Promise<number> {
  const { client } = transaction as unknown as { client: Knex.Client }
  const connection = (await client.acquireConnection()) as ClientBase
  let count = 0
  const listen = ({ message = '' }: { message: string | undefined }) => {
    count += Number(rejectedWords.exec(message)?.[1] ?? 0)
  }
  connection.on('notice', listen)
  try {
    await copy()
    return count
  } finally {
    connection.off('notice', listen)
  }
}
