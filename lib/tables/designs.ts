import type { Knex } from 'knex'

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
