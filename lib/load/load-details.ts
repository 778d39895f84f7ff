import type { Knex } from 'knex'
import { isServerError, UsageError } from '../warehouse/errors'
import type { Warning } from '../warehouse/steps'
import { exactTime, typedTime } from '../warehouse/times'
import { type Load, loadOf, type LoadRow, ofLoad } from './ledger'

/** A file of a load. */
export interface LoadFile {
  table: string
  url: string
  /** As it is stored. */
  bytes: number
  /** That COPY read of it; null where the warehouse's log no longer has them, or never named the file. */
  lines: number | null
  /** `replaced`: a later load has replaced its rows, and `undo` of that one brings them back. */
  state: 'loaded' | 'quarantined' | 'replaced'
  /** Why it is in quarantine. */
  reason: string | null
}

/** A load as a whole, as far as the ledger keeps it. */
export interface LoadDetails {
  load: Load
  /** Rows of the star that it removed and wrote; removed is null where it was not noted. */
  changes: { table: string; removed: number | null; added: number }[]
  /** The audits that passed, by table; null where they were not noted. */
  audits: Record<string, string[]> | null
  /** What audits warned of; null where it was not noted. */
  warnings: Warning[] | null
  files: LoadFile[]
  /** Files whose former rows it replaced, and which its undo brings back. */
  replaced: { table: string; url: string; load: string }[]
}

/**
 * All that is known of a load.
 * @param typed its time as `loads` shows it, or the beginning of it: of several the latest
 * @throws UsageError where there is no such load
 */
export async function describeLoad(knex: Knex, typed: string): Promise<LoadDetails> {
  const { rows } = await knex.raw<{ rows: LoadRow[] }>(
    `select *, ${exactTime('loaded_at')} as name from loads where ${exactTime('loaded_at')} like ?
    order by loaded_at desc limit 1`,
    [typedTime(typed)],
  )
  const [row] = rows
  if (!row) {
    throw new UsageError(
      `There is no load ${typed}: a time that \`sparkify loads\` shows is expected.`,
    )
  }
  const load = loadOf(row)
  const removed = parsed<Record<string, number>>(row.removed)
  return {
    load,
    changes: Object.entries(load.changed).map(([table, added]) => ({
      table,
      removed: removed?.[table] ?? null,
      added,
    })),
    audits: parsed<Record<string, string[]>>(row.audited),
    warnings: parsed<Warning[]>(row.warned),
    files: await filesOf(knex, load.loaded_at),
    replaced: await replacedBy(knex, load.loaded_at),
  }
}

function parsed<Value>(json: string | null | undefined): Value | null {
  return typeof json === 'string' ? (JSON.parse(json) as Value) : null
}

async function filesOf(knex: Knex, load: string): Promise<LoadFile[]> {
  const columns = 'table_name as "table", url, size as bytes'
  const entered = `select ${columns}, state, reason from load_files where ${ofLoad(load)}`
  const replaced = `select ${columns}, 'replaced' as state, null::varchar as reason
    from load_files_replaced where ${ofLoad(load)}`
  const all = (await keepsReplaced(knex)) ? `${entered} union all ${replaced}` : entered
  const { rows } = await knex.raw<{ rows: Omit<LoadFile, 'lines'>[] }>(
    `select * from (${all}) as files order by "table", url, state`,
  )
  const lines = await linesOf(knex, load)
  return rows.map(({ table, url, bytes, state, reason }) => {
    const read = state === 'quarantined' ? undefined : lines.get(keyOf(table, url))
    return { table, url, bytes, lines: read ?? null, state, reason }
  })
}

async function replacedBy(knex: Knex, load: string): Promise<LoadDetails['replaced']> {
  if (!(await keepsReplaced(knex))) return []
  const { rows } = await knex.raw<{ rows: LoadDetails['replaced'] }>(
    `select table_name as "table", url, ${exactTime('loaded_at')} as load
    from load_files_replaced where replaced_by = timestamp '${load}' order by table_name, url`,
  )
  return rows
}

// The warehouse of a former version has none until its next run.
function keepsReplaced(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable('load_files_replaced')
}

const copied = `
  select trim(history.table_name) as "table", trim(detail.file_name) as url, sum(detail.lines_scanned) as lines
  from sys_load_detail as detail
  join sys_load_history as history on history.query_id = detail.query_id
  join loads on detail.start_time between loads.loaded_at and dateadd(second, 1, loads.finished_at)
  where trim(history.status) = 'completed' and loads.loaded_at = ?::timestamp
  group by 1, 2`

/** The lines that COPY read of each file, as the warehouse's own log has them, for some days. */
async function linesOf(knex: Knex, load: string): Promise<Map<string, number>> {
  try {
    const { rows } = await knex.raw<{ rows: { table: string; url: string; lines: number }[] }>(
      copied,
      [load],
    )
    return new Map(rows.map(({ table, url, lines }) => [keyOf(table, url), lines]))
  } catch (error) {
    // Undefined table, or a view that is not ours to read.
    if (isServerError(error) && ['42P01', '42501'].includes(error.code)) return new Map()
    throw error
  }
}

/** A file of a table; the log cuts names. */
function keyOf(table: string, url: string): string {
  return `${table} ${Buffer.from(url).subarray(0, 256).toString()}`
}
