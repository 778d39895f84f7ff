import type { Knex } from 'knex'
import { UsageError, describe, isServerError } from '../errors'
import { checkColumns } from './columns'
import { placeIn } from './place'
import type { Question } from './question'
import { type Field, eachRow } from './rows'

/** A column of an answer. Times are as the server writes them, numbers exact or as text. */
export interface AnswerColumn {
  name: string
  type: 'number' | 'text' | 'time' | 'boolean'
}

export interface Answer {
  columns: AnswerColumn[]
  rows: unknown[][]
}

/** The first rows of an answer. */
export interface Excerpt extends Answer {
  /** Rows that are left out. */
  more: number
}

/**
 * Asks the warehouse a question.
 * @throws UsageError with file, line and the server's words for a fault in the query
 */
export async function answer(knex: Knex, question: Question): Promise<Answer> {
  const { columns, rows } = await excerpt(knex, question, Infinity)
  return { columns, rows }
}

/** Asks a question, and keeps the first rows of its answer only, however many there are. */
export async function excerpt(knex: Knex, question: Question, most: number): Promise<Excerpt> {
  const rows: unknown[][] = []
  let count = 0
  const keep = (row: unknown[]) => {
    if (++count <= most) rows.push(row)
  }
  const fields = await eachRow(knex, question.sql, keep).catch((error: unknown) => {
    throw asFaultOf(question, error)
  })
  const columns = fields.map(columnOf)
  checkColumns(question, columns)
  return { columns, rows, more: count - rows.length }
}

/** The numbers that PostgreSQL and Redshift know types by; what is not here is text. */
const types: Record<AnswerColumn['type'], number[]> = {
  boolean: [16],
  number: [20, 21, 23, 700, 701, 1700],
  text: [],
  time: [1082, 1114, 1184],
}

function columnOf({ name, dataTypeID }: Field): AnswerColumn {
  const known = Object.entries(types).find(([, ids]) => ids.includes(dataTypeID))
  return { name, type: (known?.[0] ?? 'text') as AnswerColumn['type'] }
}

// SQLSTATE classes: names and syntax, what Redshift does not do, values, sub-queries of several rows.
const faults = /^(42(?!501)|0A|22|21)/

function asFaultOf(question: Question, error: unknown): unknown {
  if (!isServerError(error) || !faults.test(error.code)) return error
  const place = placeIn(question, Number((error as { position?: string }).position ?? 1))
  const remedy = error.code === '42P01' ? '\nThe tables are made by `sparkify run`.' : ''
  return new UsageError(`${place}: ${describe(error)}${remedy}`, { cause: error })
}
