import { join } from 'node:path'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import type { Model } from '../../models/model'
import { stagingTables } from '../../sources/index'
import { migrationFiles, migrationsFolder } from './migrations'
import { explainModel, inModel, refuseMissingColumns } from './model-faults'
import { withScratchSchema } from './rebuild'
import { compareTables, type TableDifference } from './table-difference'

/** A column that is not as the migrations make it; `declared` or `live` is missing where it is not there. */
export interface Drift {
  table: string
  column: string
  declared?: string
  live?: string
}

/** What a run would meet. */
interface Ahead {
  /** Columns whose table differs from what the applied migrations make. */
  drift: Drift[]
  /** What building models as a whole would change, of the rows that are staged now. */
  differences: TableDifference[]
}

/**
 * Tries migrations and models in a schema beside the real one, in a transaction that is rolled back.
 * @param rebuilds the models that a run would build as a whole; with `diff` they are built and compared
 * @throws UsageError for models that no table fits, or whose query the server refuses
 */
export async function lookAhead(
  knex: Knex,
  { applied, pending }: { applied: string[]; pending: string[] },
  rebuilds: Model[],
  diff: boolean,
): Promise<Ahead> {
  const transaction = await knex.transaction()
  const isPending = pending.length > 0
  try {
    const live = await columnsIn(transaction, 'public')
    return await withScratchSchema(transaction, async (schema) => {
      await transaction.raw(`set search_path to ${schema}`)
      await migrate(transaction, applied)
      const made = await columnsIn(transaction, schema)
      if (isPending && diff) await copyStaged(transaction, schema, made, live)
      await migrate(transaction, pending)
      // Whatever is as in public is read there.
      const unchanged = models.filter((model) => !rebuilds.includes(model)).map(({ name }) => name)
      await dropTables(transaction, isPending ? unchanged : tablesOf(made))
      await transaction.raw(`set search_path to ${schema}, public`)
      await refuseMissingColumns(transaction, schema)
      for (const model of models) await explainModel(transaction, model)
      const differences = []
      for (const model of diff ? rebuilds : []) {
        const { name } = model
        if (!isPending)
          await transaction.raw(`create table ${schema}.${name} (like public.${name})`)
        await inModel(transaction, model, () => model.up(transaction))
        differences.push(await compareTables(transaction, model, schema))
      }
      return { drift: compare(made, live), differences }
    })
  } finally {
    await transaction.rollback()
  }
}

/**
 * Hands to `work` a transaction whose tables are those of all migrations, applied or not, without a row. It is
 * rolled back, and what stands in the warehouse is left alone.
 */
export async function onEmptyTables<T>(
  knex: Knex,
  work: (transaction: Knex, schema: string) => Promise<T>,
): Promise<T> {
  const transaction = await knex.transaction()
  try {
    return await withScratchSchema(transaction, async (schema) => {
      await transaction.raw(`set search_path to ${schema}`)
      await migrate(transaction, await migrationFiles())
      return work(transaction, schema)
    })
  } finally {
    await transaction.rollback()
  }
}

async function migrate(transaction: Knex, names: string[]): Promise<void> {
  for (const name of names) {
    const file = join(migrationsFolder, name)
    const { up } = (await import(file)) as { up: (knex: Knex) => Promise<void> }
    await up(transaction)
  }
}

/** Copies what is staged to where migrations that are pending are tried. */
async function copyStaged(
  transaction: Knex,
  schema: string,
  made: Map<string, string>,
  live: Map<string, string>,
): Promise<void> {
  for (const { name } of stagingTables) {
    const columns = [...made.keys()]
      .filter((column) => column.startsWith(`${name}.`) && live.has(column))
      .map((column) => column.slice(name.length + 1))
      .join()
    if (columns === '') continue
    await transaction.raw(
      `insert into ${schema}.${name} (${columns}) select ${columns} from public.${name}`,
    )
  }
}

async function dropTables(transaction: Knex, names: string[]): Promise<void> {
  for (const name of names) await transaction.raw(`drop table if exists ${name}`)
}

/** What pg_table_def says of each column of a schema that is on the search path. */
async function columnsIn(knex: Knex, schema: string): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: Record<string, string>[] }>(
    `select tablename, "column", type, encoding, distkey, sortkey, "notnull"
    from pg_table_def
    where schemaname = ?`,
    [schema],
  )
  return new Map(
    rows.map(({ tablename, column, type, encoding, ...key }) => [
      `${tablename}.${column}`,
      [
        type,
        `encode ${encoding?.trim()}`,
        ...(key.distkey ? ['distkey'] : []),
        ...(Number(key.sortkey) === 0 ? [] : [`sortkey ${key.sortkey}`]),
        ...(key.notnull ? ['not null'] : []),
      ].join(' '),
    ]),
  )
}

function tablesOf(columns: Map<string, string>): string[] {
  return [...new Set([...columns.keys()].map((name) => name.split('.')[0]!))]
}

function compare(declared: Map<string, string>, live: Map<string, string>): Drift[] {
  const tables = tablesOf(declared)
  const names = new Set([...declared.keys(), ...live.keys()])
  return [...names]
    .filter((name) => tables.includes(name.split('.')[0]!) && declared.get(name) !== live.get(name))
    .map((name) => {
      const [table = '', column = ''] = name.split('.')
      const [was, is] = [declared.get(name), live.get(name)]
      return { table, column, ...(was && { declared: was }), ...(is && { live: is }) }
    })
}
