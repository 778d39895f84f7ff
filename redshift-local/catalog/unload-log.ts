import type { Pool } from 'pg'
import type { UnloadOutcome } from '../unload/run'
import { put, userId, withClient } from './outside'

/** What is known of an UNLOAD when it begins. */
interface UnloadFacts {
  /** The engine's role of the session. */
  user: string
  sessionId: number
  database: string
  location: string
  fileFormat: string
  compression: string
}

/** What the system tables are told of one UNLOAD, over connections of its own. */
export class UnloadLog {
  private constructor(
    private readonly log: Pool,
    /** The number of the query. */
    readonly query: number,
    private readonly facts: UnloadFacts,
    private readonly startTime: Date,
  ) {}

  /** Notes that it runs. @param query its number */
  static async begin(log: Pool, query: number, facts: UnloadFacts): Promise<UnloadLog> {
    const begun = new UnloadLog(log, query, facts, new Date())
    const unload = { ...begun.#unload, status: 'running', rows: 0 }
    await withClient(log, (client) => put(client, putUnload, unload))
    return begun
  }

  /** Writes what became of it. */
  async end(outcome: UnloadOutcome | { error: string }): Promise<void> {
    const unload = { ...this.#unload, endTime: new Date() }
    await withClient(this.log, async (client) => {
      if ('error' in outcome)
        return put(client, putUnload, { ...unload, ...outcome, status: 'aborted', rows: 0 })
      const { rows, files } = outcome
      await put(client, insertFiles, files, this.query)
      await put(client, putUnload, { ...unload, status: 'completed', rows })
    })
  }

  get #unload() {
    return { ...this.facts, query: this.query, startTime: this.startTime }
  }
}

const putUnload = `
  insert into redshift_catalog.unload_history
  select query, ${userId}, "sessionId", database, status, "startTime" at time zone 'UTC',
    "endTime" at time zone 'UTC', "fileFormat", compression, location, rows, error
  from jsonb_to_record($1::jsonb) as given (
    query bigint, "user" text, "sessionId" int, database text, status text, "startTime" timestamptz,
    "endTime" timestamptz, "fileFormat" text, compression text, location text, rows bigint, error text)
  on conflict (query) do update set status = excluded.status, end_time = excluded.end_time,
    unloaded_rows = excluded.unloaded_rows, error_message = excluded.error_message`

const insertFiles = `
  insert into redshift_catalog.unloaded_files
  select $2, slice, url, "startTime" at time zone 'UTC', "endTime" at time zone 'UTC', lines, size
  from jsonb_to_recordset($1::jsonb) as given (
    slice int, url text, "startTime" timestamptz, "endTime" timestamptz, lines bigint, size bigint)`
