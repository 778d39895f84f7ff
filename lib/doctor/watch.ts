import type { Knex } from 'knex'
import type { ClientBase } from 'pg'
import type { Source } from '../../sources/index'
import type { StoredFile } from '../load/ledger'
import { describe, exitCodeOf } from '../warehouse/errors'
import { isRetryable, steps } from '../warehouse/steps'
import { diagnoseFailure, type Finding, formatDiagnosis } from './diagnose'
import { silentFaults } from './silent'

/** A transaction on the server. */
export interface Session {
  /** The server's process. */
  session: number
  /** The last COPY that it finished before. */
  after: number
  /** When the transaction began, UTC. */
  since: string
}

/** The COPY that a transaction is at. */
export interface Attempt extends Session {
  source: Source
  files: StoredFile[]
}

const owners = new WeakMap<Knex, Knex>()
const attempts = new WeakMap<Knex, Attempt>()

/** Notes the Knex instance that a transaction came from, for work that has to be outside of it. */
export function noteOwner(transaction: Knex, owner: Knex): void {
  owners.set(transaction, owner)
}

/** What can open a connection of its own beside a transaction. */
export function ownerOf(transaction: Knex): Knex {
  return owners.get(transaction) ?? transaction
}

/** Notes that a transaction begins to COPY, so that the doctor finds this COPY's own errors. */
async function noteCopy(transaction: Knex, source: Source, files: StoredFile[]): Promise<void> {
  attempts.set(transaction, { ...(await sessionOf(transaction)), source, files })
}

/** What the errors of a transaction's next COPY can be told by. */
export async function sessionOf(transaction: Knex): Promise<Session> {
  const { rows } = await transaction.raw<{ rows: Session[] }>(
    `select pg_backend_pid() as session, pg_last_copy_id() as after,
      to_char(sysdate, 'YYYY-MM-DD HH24:MI:SS.US') as since`,
  )
  return rows[0]!
}

/** Notes that the COPY succeeded: what fails from now on has other reasons. */
function noteCopied(transaction: Knex): void {
  attempts.delete(transaction)
}

/** The COPY that a transaction was at; undefined where it is at none. */
function attemptOf(transaction: Knex): Attempt | undefined {
  return attempts.get(transaction)
}

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
function tell(text: string): void {
  // `knex seed:run` has nobody who listens.
  if (!steps.emit('notice', text)) console.error(text)
}

/**
 * Runs the COPY of files so that the doctor knows of it when it fails; when it succeeds, tells of rows
 * that it passed over, and of what went wrong silently.
 */
export async function watchedCopy(
  transaction: Knex,
  source: Source,
  files: StoredFile[],
  statement: string,
): Promise<void> {
  await noteCopy(transaction, source, files)
  const passedOver = await countingPassedOver(transaction, () => transaction.raw(statement))
  noteCopied(transaction)
  if (passedOver > 0) {
    const rows = passedOver === 1 ? '1 bad row was' : `${passedOver} bad rows were`
    tell(`${source.table}: ${rows} passed over; \`sparkify errors\` shows them.`)
  }
  const findings = await silentFaults(transaction, {
    ...source,
    files,
    isOfLoad: 'loaded_at = sysdate',
  })
  tellOf(source.table, findings)
}

function tellOf(table: string, findings: Finding[]): void {
  if (findings.length > 0) tell(formatDiagnosis({ table, findings }))
}

/** What COPY with MAXERROR says in a notice (r_COPY_command_examples). */
const passedOverWords = /completed, (\d+) record\(s\) could not be loaded/

async function countingPassedOver(
  transaction: Knex,
  copy: () => PromiseLike<unknown>,
): Promise<number> {
  const { client } = transaction as unknown as { client: Knex.Client }
  const connection = (await client.acquireConnection()) as ClientBase
  let count = 0
  const listen = ({ message = '' }: { message: string | undefined }) => {
    count += Number(passedOverWords.exec(message)?.[1] ?? 0)
  }
  connection.on('notice', listen)
  try {
    await copy()
    return count
  } finally {
    connection.off('notice', listen)
  }
}
