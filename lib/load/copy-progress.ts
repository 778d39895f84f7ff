import type { Knex } from 'knex'

/** How far the COPY under way has come. */
export interface CopyProgress {
  files: number
  rows: number
  bytes: number
}

const running = `
  select file_count_scanned as files, loaded_rows as rows, loaded_bytes as bytes
  from sys_load_history
  where status = 'running' and table_name = ?
  order by query_id desc`

/** Asks Redshift, on a connection of its own, how far the COPY into `table` is; undefined where none runs. */
export async function copyProgress(knex: Knex, table: string): Promise<CopyProgress | undefined> {
  const { rows } = await knex.raw<{ rows: CopyProgress[] }>(running, [table])
  return rows[0]
}
