import type { Knex } from 'knex'
import type { Table } from '../lib/warehouse/tables'

/**
 * Narrows a query to the affected keys: `scope('user_id')` is a further condition of a WHERE clause, or
 * nothing where all rows are meant.
 */
export type Scope = (column: string) => string

/** Something that must hold of a table. */
export interface Audit {
  name: string
  /** The query that gives the rows for which it does not hold, of those in `scope`. */
  offenders: (table: Pick<Declaration, 'name' | 'refreshKey'>, scope: Scope) => string
}

/** The staged record that a row was made from: a key of its JSON, and the value that it has there. */
export interface RecordKey {
  source: string
  key: string
  value: (row: Record<string, unknown>) => unknown
}

/** What a star table is: declared in its own file, read by everything that builds, checks or shows it. */
export interface Declaration extends Table {
  key: string[]
  /** The tables that `rows` reads: staging tables and other models. */
  from: string[]
  /** The column by whose values the table is refreshed: all rows of a value, or none. */
  refreshKey: string
  /** The query that gives the values of `refreshKey` that staged rows affect, chosen by a predicate. */
  affectedKeys: (loadPredicate: string) => string
  /** The query that gives the table's rows, its columns in the order of `columns`. */
  rows: (scope: Scope) => string
  record: RecordKey
  /** What must hold of the table, apart from its key. */
  audits: Audit[]
}

/** A declared table that can be built and taken back. All run in the transaction they are given. */
export interface Model extends Declaration {
  /** Builds the table from what it reads; whatever stood in it is replaced. @returns its rows */
  up(knex: Knex): Promise<number>
  /** What `up` sends once the table is empty. */
  insertStatement(): string
  /** Takes the table's rows back. @returns how many there were */
  down(knex: Knex): Promise<number>
  /** Notes the keys that staged rows affect: after they came, or before they go, or both. */
  captureAffected(knex: Knex, loadPredicate: string): Promise<void>
  /** Builds the affected keys again; up and down of a load are this one routine. */
  refresh(knex: Knex): Promise<{ removed: number; written: number }>
  /** Forgets the affected keys. */
  discardAffected(knex: Knex): Promise<void>
}

/** No narrowing: all rows. */
export const allRows: Scope = () => ''

/** Narrows to the keys of a model that the load affects. */
export function affectedRows({
  name,
  refreshKey,
}: Pick<Declaration, 'name' | 'refreshKey'>): Scope {
  return (column) => `and ${column} in (select ${refreshKey} from ${affectedTable(name)})`
}

/** The temporary table that holds the keys of a model that the load affects. */
export function affectedTable(name: string): string {
  return `affected_${name}`
}

/** The model of a declared table. */
export function model(declaration: Declaration): Model {
  const { name, columns, refreshKey, rows, affectedKeys } = declaration
  const fill = `insert into ${name} (${Object.keys(columns).join(', ')})\n`
  const affected = affectedTable(name)
  const [keyType] = columns[refreshKey]!

  const write = async (knex: Knex, statement: string) => {
    const { rowCount } = await knex.raw<{ rowCount: number }>(statement)
    return rowCount
  }
  const insertStatement = () => fill + rows(allRows)
  const down = (knex: Knex) => write(knex, `delete from ${name}`)
  const up = async (knex: Knex) => {
    await down(knex)
    return write(knex, insertStatement())
  }
  return {
    ...declaration,
    insertStatement,
    up,
    down,
    async captureAffected(knex, loadPredicate) {
      await knex.raw(`create temp table if not exists ${affected} (${refreshKey} ${keyType})`)
      await knex.raw(`insert into ${affected} ${affectedKeys(loadPredicate)}`)
    },
    async refresh(knex) {
      const removed = await write(
        knex,
        `delete from ${name} using ${affected} as affected where ${name}.${refreshKey} = affected.${refreshKey}`,
      )
      return { removed, written: await write(knex, fill + rows(affectedRows(declaration))) }
    },
    async discardAffected(knex) {
      await knex.raw(`drop table ${affected}`)
    },
  }
}
