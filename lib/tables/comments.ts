import type { Knex } from 'knex'
import type { Table } from './table'

interface LiveColumn {
  table: string
  column: string
  table_comment: string | null
  column_comment: string | null
}

/**
 * Makes the comments on tables and columns, where they differ, what is declared: the grain, and what each
 * column means. A table of somebody else's, who alone may comment on it, is left as it is.
 * @returns how many comments were written
 */
export async function writeComments(transaction: Knex, tables: Table[]): Promise<number> {
  const live = await commentsNow(transaction, tables)
  const statements = tables.flatMap((table) => commentsOn(table, live))
  if (statements.length > 0) {
    await transaction.raw(statements.join(';\n').replaceAll('?', '\\?'))
  }
  return statements.length
}

function commentsOn({ name, grain, columns }: Table, live: LiveColumn[]): string[] {
  const here = live.filter(({ table }) => table === name)
  const table = `"${name}"`
  const differing = here.filter(
    ({ column, column_comment: comment }) => column in columns && comment !== columns[column]![1],
  )
  return [
    ...(here.some(({ table_comment }) => table_comment !== grain)
      ? [`comment on table ${table} is ${literal(grain)}`]
      : []),
    ...differing.map(
      ({ column }) => `comment on column ${table}."${column}" is ${literal(columns[column]![1])}`,
    ),
  ]
}

async function commentsNow(knex: Knex, tables: Table[]): Promise<LiveColumn[]> {
  const { rows } = await knex.raw<{ rows: LiveColumn[] }>(
    `select
      relname as "table", attname as "column",
      obj_description(pg_class.oid) as table_comment,
      col_description(pg_class.oid, attnum) as column_comment
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = pg_class.oid
    join pg_user on usename = current_user and (usesysid = relowner or usesuper)
    where nspname = current_schema()
      and relname in (${tables.map(() => '?').join(', ')})
      and attnum > 0 and not attisdropped`,
    tables.map(({ name }) => name),
  )
  return rows
}

// Redshift takes a backslash for an escape in every string.
function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
