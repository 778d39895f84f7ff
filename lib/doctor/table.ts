import type { Knex } from 'knex'
import { type Source, sources } from '../load/sources'
import type { DeclaredColumn } from './finding'

/** The columns of a table as they are declared; none where there is no such table. */
export async function declaredColumns(knex: Knex, table: string): Promise<DeclaredColumn[]> {
  const { rows } = await knex.raw<{ rows: DeclaredColumn[] }>(
    `select trim("column") as name, trim(type) as type, trim(encoding) as encoding, "notnull"
    from pg_table_def where tablename = ?`,
    [table],
  )
  return rows
}

/** The name of a table by its number; undefined where it is there no more. */
export async function tableOf(knex: Knex, id: number): Promise<string | undefined> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    'select relname as name from pg_class where oid = ?',
    [id],
  )
  return rows[0]?.name
}

/** The source that fills a table, or that a file belongs to. */
export function sourceOf(knex: Knex, table: string | undefined, url: string): Source | undefined {
  const all = sources(knex)
  return (
    all.find((source) => source.table === table) ?? all.find(({ from }) => url.startsWith(from))
  )
}
