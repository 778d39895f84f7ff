import type { Knex } from 'knex'
import type { Client } from 'pg'
import type { Crash } from './history'

interface Pool {
  on(event: 'acquireSuccess', tell: (id: number, connection: Client) => void): void
  removeListener(event: string, tell: (id: number, connection: Client) => void): void
}

/** Whether the connection broke, and with what `work` failed. */
export interface Outcome {
  crashed: boolean
  error?: unknown
}

/** Does `work`, and breaks its connection, as the death of the process would, where `crash` says. */
export async function withCrash(
  knex: Knex,
  crash: Crash | undefined,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  const { pool } = knex.client as { pool: Pool }
  const outcome: Outcome = { crashed: false }
  let connection: Client | undefined
  let statements = 0
  const note = (_: number, acquired: Client) => (connection = acquired)
  const count = () => {
    if (++statements !== crash?.statement) return
    outcome.crashed = true
    const stop = () => connection?.connection.stream.destroy()
    if (crash.during) setImmediate(stop)
    else stop()
  }
  pool.on('acquireSuccess', note)
  knex.on('query', count)
  try {
    await work()
  } catch (error) {
    outcome.error = error
  } finally {
    knex.removeListener('query', count)
    pool.removeListener('acquireSuccess', note)
  }
  return outcome
}
