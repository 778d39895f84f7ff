import type { Knex } from 'knex'
import { type Client, Query, type QueryArrayConfig } from 'pg'
import { describe, isServerError, UsageError } from '../warehouse/errors'
import { positionIn, type Question } from './question'

/** A column of an answer. Times are as the server writes them, numbers exact or as text. */
export interface AnswerColumn {
  name: string
  type: 'number' | 'text' | 'time' | 'boolean'
}

export type Value = string | number | boolean | null

export interface Answer {
  columns: AnswerColumn[]
  rows: Value[][]
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
  const rows: Value[][] = []
  let count = 0
  const keep = (row: Value[]) => {
    if (++count <= most) rows.push(row)
  }
  const fields = await eachRow(knex, question.sql, keep).catch((error: unknown) => {
    throw asQuestionError(question, error)
  })
  const columns = fields.map(columnOf)
  checkColumns(question, columns)
  return { columns, rows, more: count - rows.length }
}

/** Asks a question for the first rows of its answer. */
export type Ask = (question: Question, most: number) => Promise<Excerpt>

/** Asks the warehouse each time. */
export function asking(knex: Knex): Ask {
  return (question, most) => excerpt(knex, question, most)
}

/** Asks for whole answers once each, however often they are wanted; in one transaction, for they are kept. */
export function askingOnce(transaction: Knex): Ask {
  const known = new Map<string, Excerpt>()
  return async (question, most) => {
    const { columns, rows, more } =
      known.get(question.name) ?? (await excerpt(transaction, question, most))
    if (most === Infinity) known.set(question.name, { columns, rows, more })
    const left = Math.max(0, rows.length - most)
    return { columns, rows: rows.slice(0, most), more: more + left }
  }
}

/**
 * Runs one query and hands over its rows one by one, as arrays; none is kept. A text of several
 * statements is refused by the server.
 */
async function eachRow(knex: Knex, sql: string, take: (row: Value[]) => void): Promise<Field[]> {
  const client = knex.client as Knex.Client
  const connection = (await client.acquireConnection()) as Client
  try {
    return await new Promise((resolve, reject) => {
      const query = new Query<Value[]>(asRows(sql))
      query.on('row', take)
      query.on('error', reject)
      query.on('end', ({ fields }) => resolve(fields))
      connection.query(query)
    })
  } finally {
    await client.releaseConnection(connection)
  }
}

function asRows(text: string): QueryArrayConfig {
  const extended = { queryMode: 'extended' } // which takes one statement only; pg's types leave it out
  return { ...extended, text, rowMode: 'array' }
}

/** A column of a result, as the server describes it. */
interface Field {
  name: string
  dataTypeID: number
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

/** @throws UsageError with file and line where the header names what the answer does not have */
function checkColumns(question: Question, columns: AnswerColumn[]): void {
  const { file, key, chart, lines } = question
  const names = columns.map(({ name }) => name)
  const twice = names.filter((name, i) => names.indexOf(name) < i)
  const faults = [
    ...twice.map((name) => `${file}:${lines.sql}: two columns of the answer are named "${name}".`),
    ...missing('key', lines.key, key),
    ...missing('chart', lines.chart, [chart?.measure, chart?.by, chart?.per]),
  ]
  if (faults.length > 0) throw new UsageError(faults.join('\n'))

  function missing(word: string, line: number, wanted: (string | undefined)[]): string[] {
    return [...new Set(wanted)]
      .filter((name) => name !== undefined && !names.includes(name))
      .map(
        (name) =>
          `${file}:${line}: the ${word} names "${name!}", which is no column of the answer: ` +
          `expected ${names.join(', ')}.`,
      )
  }
}

// SQLSTATE classes: names and syntax, what Redshift does not do, values, sub-queries of several rows.
const faultsOfQueries = /^(42(?!501)|0A|22|21)/

function asQuestionError(question: Question, error: unknown): unknown {
  if (!isServerError(error) || !faultsOfQueries.test(error.code)) return error
  const position = positionIn(question, Number((error as { position?: string }).position ?? 1))
  const remedy = error.code === '42P01' ? '\nThe tables are made by `sparkify run`.' : ''
  return new UsageError(`${position}: ${describe(error)}${remedy}`, { cause: error })
}
