import type { Knex } from 'knex'
import type { StoredFile } from '../load/ledger'
import type { Finding } from './finding'
import { recordsOf } from './records'
import { type Buckets, bucketsOf } from './stored-text'

const mostBytesCounted = 64 * 1024 * 1024

/** Rows fewer than the files have records: counted where the files have 64 MB at most. */
export async function missingRows(
  knex: Knex,
  { table, files }: { table: string; files: StoredFile[] },
  rows: number,
): Promise<Finding[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > mostBytesCounted) return []
  const buckets = await bucketsOf(knex)
  let records = 0
  for (const { url } of files) records += await countRecords(buckets, url)
  if (records <= rows) return []
  return [
    {
      what: `The files have ${records} records, and ${table} took ${rows} rows of them`,
      count: records - rows,
      examples: [],
      remedy: {
        says: 'The rest was passed over (MAXERROR). Correct the files, and load them anew:',
        paste: 'sparkify run --reload',
      },
    },
  ]
}

async function countRecords(buckets: Buckets, url: string): Promise<number> {
  let records = 0
  for await (const record of recordsOf(buckets, url)) if (record.text !== '') records++
  return records
}
