import type { Knex } from 'knex'
import type { Table } from '../lib/warehouse/tables'
import type { Audit } from './audits'

/**
 * Narrows a query to the rows that a load touches: `among('user_id')` is a further condition of a
 * WHERE clause, or nothing where all rows are meant.
 */
export type Among = (column: string) => string

/** The key of a staged record, and the value that the record of a row has there. */
export interface Origin {
  table: 'staging_events' | 'staging_songs'
  key: string
  value: (row: Record<string, unknown>) => unknown
}

/** What a star table is: declared in its own file, read by everything that builds, checks or shows it. */
export interface Declaration extends Table {
  key: string[]
  /** The tables that `rows` reads: staging tables and other models. */
  from: string[]
  /** The column by whose values the table is refreshed: all rows of a value, or none. */
  unit: string
  /** The query that gives the values of `unit` that the staged rows of a load touch. */
  touched: (isOfLoad: string) => string
  /** The query that gives the table's rows, its columns in the order of `columns`. */
  rows: (among: Among) => string
  /** How a row is found in the files that it came from: by the value of a key of their JSON. */
  origin: Origin
  /** What must hold of the table besides its key. */
  audits: Audit[]
}

/** A declared table that can be built and taken back. All run in the transaction they are given. */
export interface Model extends Declaration {
  /** Builds the table from what it reads; whatever stood in it is replaced. @returns its rows */
  up(knex: Knex): Promise<number>
  /** Takes the table's rows back. @returns how many there were */
  down(knex: Knex): Promise<number>
  /** Notes what the staged rows of a load touch: after they came, or before they go, or both. */
  touch(knex: Knex, isOfLoad: string): Promise<void>
  /** Builds what was touched anew; up and down of a load are this one routine. @returns rows written */
  refresh(knex: Knex): Promise<number>
  /** Forgets what was touched. */
  settle(knex: Knex): Promise<void>
}

/** The condition that staged rows are of the load that `loadedAt` names. */
export function ofLoad(loadedAt: string): string {
  return `loaded_at = timestamp '${loadedAt}'`
}

/** The temporary table that holds what a load touches of a model. */
export function touchedTable(name: string): string {
  return `touched_${name}`
}

/** The model of a declared table. */
export function model(declaration: Declaration): Model {
  const { name, columns, unit, rows, touched } = declaration
  const fill = `insert into ${name} (${Object.keys(columns).join(', ')})\n`
  const touchedHere = touchedTable(name)
  const [unitType] = columns[unit]!

  const write = async (knex: Knex, statement: string) => {
    const { rowCount } = await knex.raw<{ rowCount: number }>(statement)
    return rowCount
  }
  const down = (knex: Knex) => write(knex, `delete from ${name}`)
  const up = async (knex: Knex) => {
    await down(knex)
    return write(knex, fill + rows(everything))
  }
  return {
    ...declaration,
    up,
    down,
    async touch(knex, isOfLoad) {
      await knex.raw(`create temp table if not exists ${touchedHere} (${unit} ${unitType})`)
      await knex.raw(`insert into ${touchedHere} ${touched(isOfLoad)}`)
    },
    async settle(knex) {
      await knex.raw(`drop table ${touchedHere}`)
    },
    async refresh(knex) {
      // A table that was taken back is built as a whole: a part of it would be no star.
      if (await isEmpty(knex, name)) return up(knex)
      await write(
        knex,
        `delete from ${name} using ${touchedHere} as touched where ${name}.${unit} = touched.${unit}`,
      )
      return write(knex, fill + rows(amongTouched(declaration)))
    },
  }
}

/** No narrowing: all rows. */
export const everything: Among = () => ''

/** Narrows to the values of a model's unit that were touched. */
export function amongTouched({ name, unit }: Pick<Declaration, 'name' | 'unit'>): Among {
  return (column) => `and ${column} in (select ${unit} from ${touchedTable(name)})`
}

async function isEmpty(knex: Knex, table: string): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: unknown[] }>(`select 1 from ${table} limit 1`)
  return rows.length === 0
}
