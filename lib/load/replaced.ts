import type { Knex } from 'knex'
import type { Source } from '../../sources/source'
import { thisLoad } from './ledger'
import { captureAffected } from './refresh'

/**
 * The table that keeps the rows that reloads replaced in a staging table: the columns of that, and
 * replaced_by, the load that replaced them. It is there while it has rows.
 */
export function replacedTable(table: string): string {
  return `${table}_replaced`
}

/** Makes that table, with the columns that the staging table has now. */
export async function openReplaced(knex: Knex, table: string): Promise<void> {
  const kept = replacedTable(table)
  const [wanted, found] = [await columnsOf(knex, table), await columnsOf(knex, kept)]
  if (found.size === 0) return create(knex, kept, table)
  found.delete('replaced_by')
  const isSame = (column: string) => found.get(column) === wanted.get(column)
  if (found.size === wanted.size && [...wanted.keys()].every(isSame)) return
  // A migration changed the staging table since.
  const common = ['replaced_by', ...[...wanted.keys()].filter((column) => found.has(column))]
  await create(knex, `${kept}_new`, table)
  await knex.raw(
    `insert into ${kept}_new (${common.join(', ')}) select ${common.join(', ')} from ${kept}`,
  )
  await knex.raw(`drop table ${kept}`)
  await knex.raw(`alter table ${kept}_new rename to ${kept}`)
}

async function create(knex: Knex, name: string, parent: string): Promise<void> {
  await knex.raw(
    `create table ${name} (like ${parent} including defaults, replaced_by timestamp not null)`,
  )
}

/** The columns of a table with their types; none where there is no such table. */
async function columnsOf(knex: Knex, table: string): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: { column: string; type: string }[] }>(
    `select "column", type from pg_table_def where schemaname = current_schema() and tablename = ?`,
    [table],
  )
  return new Map(rows.map(({ column, type }) => [column, type]))
}

/**
 * Notes what kept rows affect, in a transaction that staged nothing into their table yet: for this they
 * stand in staging for a moment, as rows of the transaction's own load.
 */
export async function captureReplaced(
  knex: Knex,
  { table, columns }: Pick<Source, 'table' | 'columns'>,
  replacedPredicate: string,
): Promise<void> {
  const names = columns.join(', ')
  await knex.raw(
    `insert into ${table} (${names}, loaded_at)
    select ${names}, sysdate from ${replacedTable(table)} where ${replacedPredicate}`,
  )
  // They went, or come back: with `came: false` no event of their users counts as known.
  await captureAffected(knex, { loadPredicate: thisLoad, came: false })
  await knex.raw(`delete from ${table} where ${thisLoad}`)
}

/** Puts the rows that a load replaced back into a staging table, each to the load that it was of. */
export async function putBack(
  knex: Knex,
  { table, columns }: Pick<Source, 'table' | 'columns'>,
  load: string,
): Promise<number> {
  const kept = replacedTable(table)
  if ((await columnsOf(knex, kept)).size === 0) return 0
  await openReplaced(knex, table)
  const replaced = `replaced_by = timestamp '${load}'`
  await captureReplaced(knex, { table, columns }, replaced)
  const names = [...columns, 'loaded_at'].join(', ')
  const { rowCount } = await knex.raw<{ rowCount: number }>(
    `insert into ${table} (${names}) select ${names} from ${kept} where ${replaced}`,
  )
  await discardReplaced(knex, table, replaced)
  return rowCount
}

/** Removes kept rows, and their table with the last of them. @returns how many there were */
export async function discardReplaced(
  knex: Knex,
  table: string,
  replacedPredicate: string,
): Promise<number> {
  const kept = replacedTable(table)
  if ((await columnsOf(knex, kept)).size === 0) return 0
  const { rowCount } = await knex.raw<{ rowCount: number }>(
    `delete from ${kept} where ${replacedPredicate}`,
  )
  const { rows } = await knex.raw<{ rows: unknown[] }>(`select 1 from ${kept} limit 1`)
  if (rows.length === 0) await knex.raw(`drop table ${kept}`)
  return rowCount
}
