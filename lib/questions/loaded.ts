import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { sources } from '../load/sources'

/** A loaded file, by its place below LOG_DATA or SONG_DATA. */
export interface LoadedFile {
  table: string
  name: string
  /** Bytes. */
  size: number
}

/** What was loaded: the same wherever the same files were loaded from. */
export interface Loaded {
  files: number
  /** Of the files. */
  bytes: number
  /** That the files staged: fewer where COPY passed over some. */
  rows: number
  fingerprint: string
}

/** What is in the warehouse, by the ledger; undefined where there is no ledger, or nothing in it. */
export async function loadedData(knex: Knex): Promise<Loaded | undefined> {
  if (!(await knex.schema.hasTable('load_files'))) return undefined
  const files: LoadedFile[] = []
  let rows = 0
  for (const { table, from } of sources(knex)) {
    const entries = await knex('load_files')
      .select<{ url: string; size: number }[]>('url', 'size')
      .where({ table_name: table, state: 'loaded' })
    const [staged] = await knex(table).count<{ count: number }[]>({ count: '*' })
    rows += staged!.count
    files.push(...entries.map(({ url, size }) => ({ table, name: placeBelow(from, url), size })))
  }
  return files.length > 0 ? describeLoaded(files, rows) : undefined
}

/** What the files and the rows that they staged come to. Etags are not the same in a folder and in S3. */
export function describeLoaded(files: LoadedFile[], rows: number): Loaded {
  const lines = files.map(({ table, name, size }) => JSON.stringify([table, name, size])).sort()
  return {
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    rows,
    fingerprint: createHash('sha256')
      .update([...lines, rows].join('\n'))
      .digest('hex'),
  }
}

function placeBelow(folder: string, url: string): string {
  return url.startsWith(folder) ? url.slice(folder.length) : url
}
