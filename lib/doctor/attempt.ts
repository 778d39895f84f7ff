import type { Knex } from 'knex'
import type { StoredFile } from '../load/ledger'
import type { Source } from '../load/sources'

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
export async function noteCopy(
  transaction: Knex,
  source: Source,
  files: StoredFile[],
): Promise<void> {
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
export function noteCopied(transaction: Knex): void {
  attempts.delete(transaction)
}

/** The COPY that a transaction was at; undefined where it is at none. */
export function attemptOf(transaction: Knex): Attempt | undefined {
  return attempts.get(transaction)
}
