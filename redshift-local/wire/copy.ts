import type { ObjectStore } from '../../object-store/store'
import { databaseName } from '../dialect/names'
import { digitsOf } from '../dialect/number-types'
import { LoadLog } from '../catalog/load-log'
import { type TableColumn, targetColumns } from '../copy/column'
import { type CopyOutcome, runCopy } from '../copy/load'
import { type CopyStatement, parseCopy } from '../copy/statement'
import type { Translation } from '../dialect/rewrite'
import { quoteFully, quoteLiteral, quoteName, type Token } from '../dialect/tokens'
import { SqlError } from '../errors'
import { afterBulkWrite } from './bulk-writes'
import type { SessionContext } from './context'
import type { Dialogue } from './dialogue'
import { CommandComplete } from './messages'
import { sendNotices } from './relay'

/**
 * Carries out a COPY in the client's own transaction: rows go straight to the engine's COPY, and what
 * is told of them in the system tables is written outside, so that it survives a rollback (facts A6).
 * @returns what the client is to get when the statement is complete
 */
export async function performCopy(
  session: SessionContext,
  tokens: Token[],
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<Buffer> {
  const statement = parseCopy(tokens)
  const outcome = await loadAndLog(session, statement, dialogue, signal)
  if (outcome.failed) throw loadFailed(statement)
  await sendNotices(session, { notices: noticesOf(statement, outcome) })
  return CommandComplete('COPY')
}

async function loadAndLog(
  session: SessionContext,
  statement: CopyStatement,
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const table = await describeTable(statement, dialogue)
  const { region, keys } = statement
  const store = session.openObjectStore({
    ...(region !== undefined && { region }),
    ...(keys && { keys }),
  })
  const log = await LoadLog.begin(session.log, {
    user: session.ran.user,
    sessionId: session.backend.key.pid,
    database: databaseName,
    tableId: table.id,
    table: statement.table,
    dataSource: statement.url,
    fileFormat: statement.format.name === 'FixedWidth' ? 'Text' : statement.format.name,
  })
  let outcome: CopyOutcome | undefined
  try {
    outcome = await load({ statement, table, store, log }, dialogue, signal)
  } finally {
    await log.end(outcome)
  }
  const { failed, rows } = outcome
  if (!failed) await afterBulkWrite(table.name, rows, dialogue)
  session.view = { ...session.view, lastCopyId: log.query, lastCopyCount: failed ? 0 : rows }
  return outcome
}

interface Load {
  statement: CopyStatement
  table: Table
  store: ObjectStore
  log: LoadLog
}

async function load(
  { statement, table, store, log }: Load,
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const columns = targetColumns(statement, table.columns).map(({ name }) => quoteName(name))
  const options = { signal, onProgress: log.note.bind(log) }
  let outcome: CopyOutcome | undefined
  try {
    await dialogue.copyIn(
      `copy ${table.name} (${columns.join(', ')}) from stdin`,
      async (write) => {
        outcome = await runCopy(statement, table.columns, store, { write }, options)
        if (outcome.failed) throw new NothingToKeep()
      },
    )
  } catch (error) {
    if (!(error instanceof NothingToKeep)) throw error
  }
  return outcome!
}

/** Ends the engine's COPY without its rows. */
class NothingToKeep extends Error {}

function loadFailed({ table }: CopyStatement): SqlError {
  const message = `Load into table '${table}' failed.  Check 'stl_load_errors' system table for details.`
  return new SqlError('XX000', message, { routine: 'CheckMaxRowError' })
}

function noticesOf(
  { table }: CopyStatement,
  { rows, rejected }: CopyOutcome,
): NonNullable<Translation['notices']> {
  const loaded = `Load into table '${table}' completed, ${rows} record(s) loaded successfully.`
  const notLoaded =
    `Load into table '${table}' completed, ${rejected} record(s) could not be loaded.  ` +
    `Check 'stl_load_errors' system table for details.`
  const messages = rejected > 0 ? [loaded, notLoaded] : [loaded]
  return messages.map((message) => ({ severity: 'INFO', message }))
}

interface Table {
  id: number
  /** Schema and name, quoted for the engine. */
  name: string
  columns: TableColumn[]
}

async function describeTable(
  { schema, table }: CopyStatement,
  { quiet }: Dialogue,
): Promise<Table> {
  const given = quoteLiteral(quoteFully({ schema, name: table }))
  const [found] = await quiet(`select to_regclass(${given})::oid, to_regclass(${given})::text`)
  const [id, name] = found ?? []
  if (id === undefined || name === undefined) {
    throw new SqlError('42P01', `Cannot COPY into nonexistent table ${table}`)
  }
  const columns = await quiet(columnsOf(id))
  return { id: Number(id), name, columns: columns.map(columnOf) }
}

// atttypmod counts four bytes more than a length.
function columnsOf(tableId: string): string {
  return `
    select attname, format_type(atttypid, null), atttypmod, attnotnull, attidentity, atthasdef
    from pg_attribute
    where attrelid = ${tableId} and attnum > 0 and not attisdropped
    order by attnum`
}

function columnOf([name, type, modifier, notNull, identity, hasDefault]: (
  string | undefined
)[]): TableColumn {
  const column = {
    name: name!,
    type: type!,
    notNull: notNull === 't',
    hasDefault: hasDefault === 't',
  }
  const length = Number(modifier) - 4
  return {
    ...column,
    ...(length >= 0 && type!.startsWith('character') && { length }),
    ...(type === 'numeric' && digitsOf(Number(modifier))),
    ...(identity === 'a' && { identity: 'always' as const }),
    ...(identity === 'd' && { identity: 'by default' as const }),
  }
}
