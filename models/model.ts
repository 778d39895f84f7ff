import type { Knex } from 'knex'
import type { Table } from '../lib/warehouse/tables'
import { affectedScope, allRows, type Scope } from './scope'

/** What follows where an audit does not hold: what was loaded is refused, or the user is told. */
export type Severity = 'error' | 'warn'

/** Something that must hold of a table, in one of these forms; without a severity it is an error where it does not. */
export type Audit = { name: string; severity?: Severity } & (
  | {
      /** A condition on each row; NULL holds. */
      holds: string
      /** A column by whose values the rows are put together for which it does not hold. */
      per?: string
    }
  | {
      /** No two rows share the values of these columns. */
      unique: string[]
    }
  | {
      /** Its values, where there are any, are found in the column of that name of another table. */
      column: string
      references: string
    }
  | {
      /** The query that gives the rows for which it does not hold, of those in `scope`. */
      offenders: (scope: Scope, table: string) => string
    }
)

/** The staged record that a row was made from: a key of its JSON, and the value that it has there. */
export interface RecordKey {
  source: string
  key: string
  value: (row: Record<string, unknown>) => unknown
}

/** What a star table is: declared in its own file, read by everything that builds, checks or shows it. */
export interface Declaration extends Omit<Table, 'from'> {
  key: string[]
  /** The column by whose values the table is refreshed: all rows of a value, or none. */
  refreshKey: string
  /**
   * For each table that `rows` reads, the query of the keys that a load affects through it: through a
   * staging table by the staged rows that `loadPredicate` chooses, through a model by its affected keys.
   * Where a key is NULL, all are affected.
   */
  affectedKeys: Record<string, (loadPredicate: string) => string>
  /**
   * Set where `affectedKeys` gives a second column, `ts`: when the events happened, in milliseconds since
   * 1970, that the rows for a key are made of, exactly or from then on. It spares a scan all others.
   */
  moments?: 'at' | 'since'
  /** The query that gives the table's rows, its columns in the order of `columns`. */
  rows: (scope: Scope) => string
  /** Missing where no row is made of one record. */
  record?: RecordKey
  /** What must hold of the table, apart from its key. */
  audits: Audit[]
}

/** A declared table that can be built and taken back. All run in the transaction they are given. */
export interface Model extends Declaration {
  /** The tables that `rows` reads: staging tables and other models. */
  from: string[]
  /** Builds the table from what it reads; whatever stood in it is replaced. @returns its rows */
  up(knex: Knex): Promise<number>
  /** What `up` sends once the table is empty. */
  insertStatement(): string
  /** Takes the table's rows back. @returns how many there were */
  down(knex: Knex): Promise<number>
  /** Notes the keys that are affected through a table whose rows came, or are about to go. */
  captureAffected(knex: Knex, through: string, change: Change): Promise<void>
  /** Narrows to the noted keys; undefined where there are none. */
  affected(knex: Knex): Promise<Scope | undefined>
  /** Builds the affected keys again; up and down of a load are this one routine. */
  refresh(knex: Knex, affected: Scope): Promise<{ removed: number; written: number }>
  /** Forgets the affected keys. */
  discardAffected(knex: Knex): Promise<void>
}

/** Staged rows that a predicate chooses by their loaded_at, and whether they came, or are about to go. */
export interface Change {
  loadPredicate: string
  came: boolean
}

/** The temporary table that holds the keys of a model that the load affects. */
export function affectedTable(name: string): string {
  return `affected_${name}`
}

/**
 * The affected keys where any row that comes or goes may change any row of the table: each load of such rows
 * builds it as a whole.
 */
export const everyKey = (): string => 'select null'

/** The model of a declared table. */
export function model(declaration: Declaration): Model {
  const { name, columns, refreshKey, rows, affectedKeys, moments } = declaration
  const fill = `insert into ${name} (${Object.keys(columns).join(', ')})\n`
  const table = affectedTable(name)
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
  const openAffected = (knex: Knex) =>
    knex.raw(
      `create temp table if not exists ${table} (${refreshKey} ${keyType}${moments ? ', ts bigint' : ''})`,
    )
  return {
    ...declaration,
    from: Object.keys(affectedKeys),
    insertStatement,
    up,
    down,
    async captureAffected(knex, through, { loadPredicate, came }) {
      await openAffected(knex)
      const keys = affectedKeys[through]!(loadPredicate)
      // Without the latest events, any of before may be what counts.
      const ofAllTime = moments === 'since' && !came
      await knex.raw(
        ofAllTime
          ? `insert into ${table} (${refreshKey}) select ${refreshKey} from (${keys}) as affected`
          : `insert into ${table} ${keys}`,
      )
    },
    async affected(knex) {
      await openAffected(knex)
      return affectedScope(knex, { table, refreshKey, ...(moments && { moments }) })
    },
    async refresh(knex, affected) {
      const removed = await write(
        knex,
        `delete from ${name} where 1 = 1 ${affected.keys(refreshKey)}`,
      )
      return { removed, written: await write(knex, fill + rows(affected)) }
    },
    async discardAffected(knex) {
      await knex.raw(`drop table if exists ${table}`)
    },
  }
}
