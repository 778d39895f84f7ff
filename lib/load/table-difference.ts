import type { Knex } from 'knex'

type Row = Record<string, unknown>

/** What would become of a table's rows if it were another's, which has the same name in another schema. */
export interface TableDifference {
  table: string
  added: number
  removed: number
  /** Rows whose key stays, and whose other values do not. */
  changed: number
  /** Of the changed rows, how many differ in each column. */
  columns: Record<string, number>
  /** A few of these rows; of a changed one the values that differ. */
  examples: { key: Row; was: Row | undefined; becomes: Row | undefined }[]
}

const examplesShown = 5

/**
 * Compares a table of the schema public with its like in another schema, row by row with all values and
 * with how often each row stands there. Rows that differ are paired by the key of the table.
 * @param schema is on the search path, before public; a table is left in it
 */
export async function compareTables(
  knex: Knex,
  { name, key }: { name: string; key: string[] },
  schema: string,
): Promise<TableDifference> {
  const [was, becomes] = [await typesOf(knex, 'public', name), await typesOf(knex, schema, name)]
  const types = new Map([...becomes, ...was])
  for (const [column, type] of becomes) if (types.get(column) !== type) types.set(column, text)
  const columns = [...types.keys()]
  const sides = [rowsIn(`${schema}.${name}`, becomes, types, '0 as was_, 1 as becomes_')]
  if (was.size > 0) sides.push(rowsIn(`public.${name}`, was, types, '1 as was_, 0 as becomes_'))
  const differing = `${schema}.differing_${name}`
  await knex.raw(`
    create table ${differing} as
    select ${columns.join()}, sum(was_) as was_, sum(becomes_) as becomes_
    from (
      ${sides.join(' union all ')}
    ) as both_
    group by ${columns.join()}
    having sum(was_) <> sum(becomes_)`)
  const pairs = new Pairs(differing, key, types)
  const [counts = {}] = await query(knex, pairs.counts())
  const count = (column: string) => Number(counts[column] ?? 0)
  const changes = pairs.values.map((column): [string, number] => [
    column,
    count(`differs_${column}`),
  ])
  return {
    table: name,
    added: count('added_'),
    removed: count('removed_'),
    changed: count('changed_'),
    columns: Object.fromEntries(changes.filter(([, rows]) => rows > 0)),
    examples: pairs.examplesOf(await query(knex, pairs.examples())),
  }
}

/** The columns of a table and their types; none where there is no such table. */
async function typesOf(knex: Knex, schema: string, table: string): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: { column: string; type: string }[] }>(
    'select "column", type from pg_table_def where schemaname = ? and tablename = ?',
    [schema, table],
  )
  return new Map(rows.map(({ column, type }) => [column, type]))
}

// Of two types, values are compared as text.
const text = 'varchar(65535)'

/** All rows of a table; a column that it has not is NULL. */
function rowsIn(
  table: string,
  own: Map<string, string>,
  types: Map<string, string>,
  counted: string,
): string {
  const values = [...types].map(([column, type]) => {
    if (!own.has(column)) return `null::${type} as ${column}`
    return own.get(column) === type ? column : `${column}::${type} as ${column}`
  })
  return `select ${values.join()}, ${counted} from ${table}`
}

/** The rows that differ, each former one beside the one that takes its place. */
class Pairs {
  readonly values: string[]
  readonly #key: string
  readonly #rows: string
  readonly #pairs: string

  constructor(
    differing: string,
    private readonly key: string[],
    types: Map<string, string>,
  ) {
    const columns = [...types.keys()]
    this.values = columns.filter((column) => !key.includes(column))
    this.#key = key.join()
    const isFormer = 'case when was_ > becomes_ then 1 else 0 end'
    this.#rows = `
      select ${columns.join()},
        case when was_ > becomes_ then was_ - becomes_ else 0 end as was_,
        case when becomes_ > was_ then becomes_ - was_ else 0 end as becomes_,
        row_number() over (partition by ${this.#key}, ${isFormer} order by ${columns.join()}) as pair_
      from ${differing}`
    // min() and max() know no boolean.
    const differs = (column: string) => {
      const value = types.get(column) === 'boolean' ? `${column}::integer` : column
      return `case when count(${column}) = 1 or min(${value}) <> max(${value}) then 1 else 0 end as differs_${column}`
    }
    this.#pairs = `
      select ${[`max(was_) as was_`, `max(becomes_) as becomes_`, ...this.values.map(differs)].join()}
      from (${this.#rows}) as rows_
      group by ${this.#key}, pair_`
  }

  counts(): string {
    const both = 'case when was_ < becomes_ then was_ else becomes_ end'
    return `select
      sum(case when becomes_ > was_ then becomes_ - was_ else 0 end) as added_,
      sum(case when was_ > becomes_ then was_ - becomes_ else 0 end) as removed_,
      ${[...this.values.map((column) => `sum(differs_${column} * ${both}) as differs_${column}`), `sum(${both}) as changed_`].join()}
      from (${this.#pairs}) as pairs_`
  }

  examples(): string {
    return `
      select * from (
        select rows_.*, dense_rank() over (order by ${this.#key}, pair_) as place_
        from (${this.#rows}) as rows_
      ) as ranked_
      where place_ <= ${examplesShown}
      order by place_`
  }

  examplesOf(rows: Row[]): TableDifference['examples'] {
    const places = [...new Set(rows.map(({ place_ }) => place_))]
    return places.map((place) => {
      const here = rows.filter(({ place_ }) => place_ === place)
      const was = here.find(({ was_ }) => Number(was_) > 0)
      const becomes = here.find(({ becomes_ }) => Number(becomes_) > 0)
      const isOne = was === undefined || becomes === undefined
      const shown = this.values.filter(
        (column) => isOne || JSON.stringify(was[column]) !== JSON.stringify(becomes[column]),
      )
      return {
        key: only(here[0]!, this.key),
        was: was && only(was, shown),
        becomes: becomes && only(becomes, shown),
      }
    })
  }
}

function only(row: Row, columns: string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}

async function query(knex: Knex, sql: string): Promise<Row[]> {
  return (await knex.raw<{ rows: Row[] }>(sql)).rows
}
