import { quoteLiteral } from '../dialect/tokens'
import { rowsIn } from './bulk-writes'
import type { ClientStatement } from './client-statement'
import type { SessionContext } from './context'
import type { Dialogue } from './dialogue'

/**
 * Carries out a statement of the client's, and notes in the log what it is and what became of it.
 * @param carryOut gives the message that tells the client of its end, or that its portal is suspended
 */
export async function logged(
  session: SessionContext,
  statement: ClientStatement,
  carryOut: () => Promise<Buffer>,
): Promise<Buffer> {
  const { statements, backend, ran, view } = session
  const goesOn = ran.suspended === statement && ran.entry
  const { pid } = backend.key
  const entry =
    goesOn ||
    statements.begin({ pid, user: ran.user, label: ran.label, xid: ran.xid, text: statement.sql })
  ran.xid = entry.xid
  ran.entry = entry
  ran.suspended = undefined
  try {
    const complete = await carryOut()
    if (complete[0] === suspended) ran.suspended = statement
    else statements.end(entry, rowsIn(complete))
    const label = queryGroup.exec(statement.main)?.[1]
    if (label !== undefined) ran.label = label.replaceAll("''", "'")
    return complete
  } catch (error) {
    statements.end(entry, undefined, (error as Error).message)
    throw error
  } finally {
    if (session.view.lastCopyId !== view.lastCopyId) {
      entry.query = session.view.lastCopyId
      statements.goOnBehind(entry.query)
    }
  }
}

const suspended = 's'.charCodeAt(0)

const queryGroup = /^set (?:local )?redshift\.query_group to '((?:[^']|'')*)'/

/** Ends a statement whose portal was not read to its end, and is gone. */
export function endSuspended({ statements, ran }: SessionContext): void {
  if (ran.suspended && ran.entry) statements.end(ran.entry)
  ran.suspended = undefined
}

/** Hands the log to the engine, up to the end of the transaction, for a statement that reads it. */
export async function tellOfStatements(
  { statements }: SessionContext,
  { readsStatements }: ClientStatement,
  { quiet }: Dialogue,
): Promise<void> {
  if (!readsStatements) return
  const json = quoteLiteral(statements.toJson())
  await quiet(`select pg_catalog.set_config('redshift.statements', ${json}, true)`)
}
