import type { PoolClient } from 'pg'
import { objectStore } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import { type LoadRecord, nextQueryId, noteRunningLoad, recordLoad } from '../catalog/load-log'
import { type TableColumn, targetColumns } from '../copy/column'
import { type CopyOutcome, type CopyProgress, runCopy } from '../copy/load'
import { type CopyStatement, parseCopy } from '../copy/statement'
import type { Translation } from '../dialect/rewrite'
import { quoteFully, quoteLiteral, quoteName, type Token } from '../dialect/tokens'
import { SqlError } from '../errors'
import type { Services } from '../server'
import type { Dialogue } from './backend'
import { CommandComplete } from './messages'
import { tell } from './relay'
import type { Session } from './session'
import { databaseName } from './startup'

type Facts = Pick<
  LoadRecord,
  'sessionId' | 'database' | 'tableId' | 'table' | 'dataSource' | 'fileFormat'
>

// A COPY tells how far it is this often, in milliseconds.
const interval = 250

/** What the system tables are told of one COPY, on a connection of their own. */
class CopyLog {
  readonly #startTime = new Date()
  #lastNote = Date.now()
  #noting: Promise<void> = Promise.resolve()

  private constructor(
    private readonly services: Services,
    /** The number of the query. */
    readonly query: number,
    private readonly facts: Facts,
  ) {}

  static async begin(services: Services, facts: Facts): Promise<CopyLog> {
    return new CopyLog(services, await logged(services, nextQueryId), facts)
  }

  /** Notes how far the COPY is, if the last note is old enough; a note that fails is missed by nobody. */
  note({ files, rows, bytes }: CopyProgress): void {
    if (Date.now() - this.#lastNote < interval) return
    this.#lastNote = Date.now()
    const load = { ...this.#load, rows, bytes, filesScanned: files }
    this.#noting = this.#noting
      .then(() => logged(this.services, (log) => noteRunningLoad(log, load)))
      .catch(() => {})
  }

  /** @param outcome undefined where the COPY ended for a reason that is no row's fault */
  async end(outcome: CopyOutcome | undefined): Promise<void> {
    await this.#noting
    const { failed = true, rows = 0, bytes = 0, files = [], errors = [] } = outcome ?? {}
    const status = failed ? 'aborted' : 'completed'
    const record = {
      ...this.#load,
      status,
      endTime: new Date(),
      rows,
      bytes,
      files,
      errors,
    } as const
    await logged(this.services, (log) => recordLoad(log, record))
  }

  get #load() {
    return { ...this.facts, query: this.query, startTime: this.#startTime }
  }
}

// Never held while a COPY waits for a lock: the one that it waits for may have to log, too.
async function logged<Result>(
  { log }: Services,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await log.connect()
  const broken = () => {} // the query under way rejects as well
  client.on('error', broken)
  try {
    return await work(client)
  } finally {
    client.off('error', broken)
    client.release()
  }
}

type Notice = NonNullable<Translation['notices']>[number]

interface Table {
  id: number
  /** Schema and name, quoted for the engine. */
  name: string
  columns: TableColumn[]
}

/**
 * Carries out a COPY in the client's own transaction: rows go straight to the engine's COPY, and what
 * is told of them in the system tables is written outside, so that it survives a rollback (facts A6).
 * @returns what the client is to get when the statement is complete
 */
export async function performCopy(
  session: Session,
  tokens: Token[],
  dialogue: Dialogue,
): Promise<Buffer> {
  const underWay = new AbortController()
  session.copyUnderWay = underWay
  try {
    await tell(session, await load(session, tokens, dialogue, underWay.signal))
    return CommandComplete('COPY')
  } finally {
    session.copyUnderWay = undefined
  }
}

async function load(
  session: Session,
  tokens: Token[],
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<Notice[]> {
  const { services, backend } = session
  const statement = parseCopy(tokens)
  const table = await describeTable(statement, dialogue)
  const store = objectStore({ folders: services.folders, ...accessOf(statement) })
  const log = await CopyLog.begin(services, {
    sessionId: backend.key.pid,
    database: databaseName,
    tableId: table.id,
    table: statement.table,
    dataSource: statement.url,
    fileFormat: 'JSON',
  })
  let outcome: CopyOutcome | undefined
  try {
    outcome = await copyRows({
      statement,
      table,
      dialogue,
      store,
      signal,
      log,
      pid: backend.key.pid,
    })
  } finally {
    await log.end(outcome)
  }
  const { failed, rows } = outcome
  session.lastCopy = { lastCopyId: log.query, lastCopyCount: failed ? 0 : rows }
  if (failed) throw loadFailed(statement)
  return noticesOf(statement, outcome)
}

interface Load {
  statement: CopyStatement
  table: Table
  dialogue: Dialogue
  store: ObjectStore
  signal: AbortSignal
  log: CopyLog
  pid: number
}

async function copyRows(load: Load): Promise<CopyOutcome> {
  const { statement, table, dialogue, store, signal, log, pid } = load
  const columns = targetColumns(statement, table.columns).map(({ name }) => quoteName(name))
  let outcome: CopyOutcome | undefined
  try {
    await dialogue.copyIn(
      `copy ${table.name} (${columns.join(', ')}) from stdin`,
      async (write) => {
        const onProgress = (progress: CopyProgress) => log.note(progress)
        const options = { signal, onProgress }
        outcome = await runCopy(statement, table.columns, store, { write }, options)
        if (outcome.failed) throw new NothingToKeep()
      },
    )
  } catch (error) {
    if (signal.aborted) throw new SqlError('57014', `Query (${pid}) cancelled on user's request`)
    if (!(error instanceof NothingToKeep)) throw error
  }
  return outcome!
}

function accessOf({ region, keys }: CopyStatement) {
  return { ...(region !== undefined && { region }), ...(keys && { keys }) }
}

/** Ends the engine's COPY without its rows. */
class NothingToKeep extends Error {}

function loadFailed({ table }: CopyStatement): SqlError {
  const message = `Load into table '${table}' failed.  Check 'stl_load_errors' system table for details.`
  return new SqlError('XX000', message, { routine: 'CheckMaxRowError' })
}

function noticesOf({ table }: CopyStatement, { rows, rejected }: CopyOutcome): Notice[] {
  const loaded = `Load into table '${table}' completed, ${rows} record(s) loaded successfully.`
  const refused =
    `Load into table '${table}' completed, ${rejected} record(s) could not be loaded.  ` +
    `Check 'stl_load_errors' system table for details.`
  const messages = rejected > 0 ? [loaded, refused] : [loaded]
  return messages.map((message) => ({ severity: 'INFO', message }))
}

async function describeTable(
  { schema, table }: CopyStatement,
  { quiet }: Dialogue,
): Promise<Table> {
  const name = quoteLiteral(quoteFully({ schema, name: table }))
  const [found] = await quiet(`select to_regclass(${name})::oid, to_regclass(${name})::text`)
  const [id, resolved] = found ?? []
  if (id === undefined || resolved === undefined) {
    throw new SqlError('42P01', `Cannot COPY into nonexistent table ${table}`)
  }
  const columns = await quiet(columnsOf(id))
  return { id: Number(id), name: resolved, columns: columns.map(columnOf) }
}

// atttypmod counts four bytes more than a length; a numeric's holds precision and scale.
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
  const given = Number(modifier) - 4
  return {
    ...column,
    ...(given >= 0 && type!.startsWith('character') && { length: given }),
    ...(given >= 0 && type === 'numeric' && { precision: given >> 16, scale: given & 0x7ff }),
    ...(identity === 'a' && { identity: 'always' as const }),
    ...(identity === 'd' && { identity: 'by default' as const }),
  }
}
