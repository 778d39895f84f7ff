import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import { rowsOf } from '../warehouse'

const moments = ['loaded_at', 'finished_at', 'replaced_by', 'audited_at']

/** The rows of every table, without the moments that loads happened at. */
const contents = [
  'select * from staging_events',
  'select * from staging_songs',
  "select * from loads where state = 'loaded'",
  'select * from load_files',
  'select * from load_files_replaced',
  ...models.map(({ name }) => `select * from ${name}`),
]

/** One hash of what the tables hold, in whatever order. */
export async function contentHash(knex: Knex): Promise<string> {
  const hash = createHash('sha256')
  for (const content of contents) {
    const rows = await rowsOf(knex, content)
    const texts = rows.map((row) =>
      JSON.stringify(Object.entries(row).filter(([name]) => !moments.includes(name))),
    )
    hash.update([content, ...texts.sort()].join('\n'))
  }
  return hash.digest('hex')
}
