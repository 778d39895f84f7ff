import type { Knex } from 'knex'

/** What a star table is: declared in its own file, read by everything that builds, checks or shows it. */
export interface Declaration {
  /** The table's name. */
  name: string
  /** "one row per …" */
  grain: string
  /** The columns whose values no two rows share. */
  key: string[]
  /** The tables that `rows` reads: staging tables and other models. */
  from: string[]
  /** What each column means, in the order of the table. */
  columns: Record<string, string>
  /** The query that gives the table's rows, its columns in the order of `columns`. */
  rows: string
}

/** A declared table that can be built and taken back. Both run in the transaction they are given. */
export interface Model extends Declaration {
  /** Builds the table from what it reads; whatever stood in it is replaced. @returns its rows */
  up(knex: Knex): Promise<number>
  /** Takes the table's rows back. @returns how many there were */
  down(knex: Knex): Promise<number>
}

/** The model of a declared table. */
export function model(declaration: Declaration): Model {
  const { name, columns, rows } = declaration
  const clear = async (knex: Knex) => rowCount(await knex.raw(`delete from ${name}`))
  const fill = `insert into ${name} (${Object.keys(columns).join(', ')})\n${rows}`
  return {
    ...declaration,
    async up(knex) {
      await clear(knex)
      return rowCount(await knex.raw(fill))
    },
    down: clear,
  }
}

function rowCount(result: unknown): number {
  return (result as { rowCount: number }).rowCount
}
