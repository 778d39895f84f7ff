import type { Knex } from 'knex'
import { Interrupted } from './errors'

// Ctrl-C is answered within five seconds: who cannot be stopped politely by then is left.
const patience = 4500

/**
 * Runs `work` so that Ctrl-C ends it: the running statements are cancelled on the server, and what they
 * belong to is rolled back. A second Ctrl-C ends the process at once.
 * @throws Interrupted
 */
export async function interruptible<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  const sessions = openSessions(knex)
  let isStopped = false
  const stop = () => {
    if (isStopped) process.exit(130)
    isStopped = true
    process.stderr.write('Stopping: what was begun is rolled back …\n')
    setTimeout(() => process.exit(130), patience).unref()
    void cancel(knex, sessions)
  }
  const refuseMore = ({ sql }: { sql: string }) => {
    if (isStopped && !/^(rollback|select pg_cancel_backend)/i.test(sql)) throw new Interrupted()
  }
  process.on('SIGINT', stop)
  knex.on('query', refuseMore)
  try {
    return await work()
  } catch (error) {
    throw isStopped ? new Interrupted({ cause: error }) : error
  } finally {
    process.off('SIGINT', stop)
    knex.removeListener('query', refuseMore)
  }
}

interface Session {
  processID: number
}

interface Pool {
  on(event: 'createSuccess' | 'destroySuccess', tell: (id: number, session: Session) => void): void
}

/** The server's process numbers of the connections that are open at any moment. */
function openSessions(knex: Knex): Set<number> {
  const open = new Set<number>()
  const { pool } = knex.client as { pool: Pool }
  pool.on('createSuccess', (_, { processID }) => open.add(processID))
  pool.on('destroySuccess', (_, { processID }) => open.delete(processID))
  return open
}

async function cancel(knex: Knex, sessions: Set<number>): Promise<void> {
  // Cancelling takes a connection, which is not itself cancelled.
  for (const session of [...sessions]) {
    await knex.raw(`select pg_cancel_backend(${session})`).catch(() => {})
  }
}
