import type { Knex } from 'knex'

/** A column: its type as the migration has it, and what its values mean. */
type Column = [type: string, description: string]

/** What a table is: declared once, and read by whatever documents it, comments on it or shows it. */
export interface Table {
  /** The table's name. */
  name: string
  /** "one row per …" */
  grain: string
  /** The columns, in the order of the table. */
  columns: Record<string, Column>
  /** The columns whose values no two rows share, where that is meant. */
  key?: string[]
  /** What the rows are made from: other tables, or the setting that names a folder of files. */
  from?: string[]
}

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
      ? [`comment on table ${table} is ${quoteLiteral(grain)}`]
      : []),
    ...differing.map(
      ({ column }) =>
        `comment on column ${table}."${column}" is ${quoteLiteral(columns[column]![1])}`,
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

/** A text as a string of SQL, where Redshift takes a backslash for an escape. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** How the cluster keeps a table. */
export interface TableDesign {
  /** EVEN, ALL, KEY(column), or AUTO with what it is for now. */
  distribution: string
  /** The columns that rows are sorted by, the first one first. */
  sortKey: string[]
  columns: Record<string, { encoding: string; notNull: boolean }>
}

interface Row {
  table: string
  column: string
  encoding: string
  notnull: boolean
  distkey: boolean
  sortkey: number
  style: number
}

// The numbers of Redshift's page on PG_CLASS_INFO.
const styles: Record<number, string> = {
  0: 'EVEN',
  1: 'KEY',
  8: 'ALL',
  10: 'AUTO(ALL)',
  11: 'AUTO(EVEN)',
  12: 'AUTO(KEY)',
}

/** The designs of the tables of the current schema, by name; also of those that have no rows. */
export async function readTableDesigns(knex: Knex): Promise<Map<string, TableDesign>> {
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `select tablename as "table", "column", encoding, "notnull", distkey, sortkey,
      releffectivediststyle as style
    from pg_table_def
    join pg_namespace on nspname = schemaname
    join pg_class_info on relname = tablename and relnamespace = pg_namespace.oid
    where schemaname = current_schema()`,
  )
  const names = new Set(rows.map(({ table }) => table))
  return new Map(
    [...names].map((name) => [name, designOf(rows.filter((row) => row.table === name))]),
  )
}

function designOf(rows: Row[]): TableDesign {
  const style = styles[rows[0]!.style]!
  const key = rows.find(({ distkey }) => distkey)?.column
  return {
    distribution: key === undefined ? style : style.replace('KEY', `KEY(${key})`),
    sortKey: rows
      .filter(({ sortkey }) => sortkey !== 0)
      .sort((one, other) => Math.abs(one.sortkey) - Math.abs(other.sortkey))
      .map(({ column }) => column),
    columns: Object.fromEntries(
      rows.map(({ column, encoding, notnull }) => [
        column,
        { encoding: encoding.trim(), notNull: notnull },
      ]),
    ),
  }
}
