import { databaseName } from '../dialect/names'
import { UnloadLog } from '../catalog/unload-log'
import type { Unload } from '../dialect/rewrite'
import { type UnloadOutcome, UnloadRun } from '../unload/run'
import { parseUnload, type UnloadStatement } from '../unload/statement'
import type { SessionContext } from './context'
import type { Dialogue } from './dialogue'
import { CommandComplete } from './messages'
import { sendNotices } from './relay'

/**
 * Carries out an UNLOAD: the rows of the query go from the engine to the files as they come. What is told of it in the
 * system tables is written outside of the client's transaction, as are the files.
 * @returns what the client is to get when the statement is complete
 */
export async function performUnload(
  session: SessionContext,
  { query, clauses }: Unload,
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<Buffer> {
  const statement = parseUnload(clauses)
  const log = await UnloadLog.begin(session.log, session.ran.entry!.query, {
    user: session.ran.user,
    sessionId: session.backend.key.pid,
    database: databaseName,
    location: statement.url,
    fileFormat: statement.format === 'FixedWidth' ? 'Text' : statement.format,
    compression: statement.gzip ? 'gzip' : 'none',
  })
  let outcome: UnloadOutcome | undefined
  let failure: unknown
  try {
    outcome = await unload(session, { statement, query }, dialogue, signal)
  } catch (error) {
    failure = error
    throw error
  } finally {
    await log.end(outcome ?? { error: failure instanceof Error ? failure.message : '' })
  }
  const message = `UNLOAD completed, ${outcome.rows} record(s) unloaded successfully.`
  await sendNotices(session, { notices: [{ severity: 'INFO', message }] })
  return CommandComplete('UNLOAD')
}

async function unload(
  session: SessionContext,
  { statement, query }: { statement: UnloadStatement; query: string },
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<UnloadOutcome> {
  const { region, keys } = statement
  const store = session.openObjectStore({
    ...(region !== undefined && { region }),
    ...(keys && { keys }),
  })
  // An UNLOAD that fails before it begins leaves the one before it (facts A10).
  const lastUnloadId = session.ran.entry!.query
  const remember = (lastUnloadCount: number) => {
    session.view = { ...session.view, lastUnloadId, lastUnloadCount }
  }
  let run: UnloadRun | undefined
  try {
    await dialogue.read(query, async (columns) => {
      const started = new UnloadRun(statement, columns, store, signal)
      run = started
      await started.begin()
      remember(0)
      return (rows) => started.take(rows)
    })
    const outcome = await run!.end()
    remember(outcome.rows)
    return outcome
  } catch (error) {
    await run?.discard(error)
    throw error
  }
}
