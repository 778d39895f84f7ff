import type { Knex } from 'knex'
import { describe, isOfStatement, isServerError, UsageError } from '../warehouse/errors'
import { type Column, exactNumber, readRows, type RowTaker, type TextRow } from '../warehouse/rows'
import { knownTables, remedyOfMissing } from './missing-table'
import { positionIn, type Question } from './question'

export type AnswerColumn = Column

/** Times are as the server writes them, numbers exact or as text. */
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
 * Asks a question, and keeps the first rows of its answer only, however many there are.
 * @throws UsageError with file, line and the server's words for a fault in the query
 */
export async function excerpt(knex: Knex, question: Question, most: number): Promise<Excerpt> {
  const { columns, rows, more } = await firstRows(knex, question, most)
  const valuesOf = (row: TextRow) => row.map((text, i) => valueOf(text, columns[i]!))
  return { columns, rows: rows.map(valuesOf), more }
}

function valueOf(text: string | null, { type }: Column): Value {
  if (text === null) return null
  if (type === 'boolean') return text === 't'
  return type === 'number' ? exactNumber(text) : text
}

/** The first rows of an answer, as texts. */
export async function firstRows(
  knex: Knex,
  question: Question,
  most: number,
): Promise<{ columns: AnswerColumn[]; rows: TextRow[]; more: number }> {
  let columns: AnswerColumn[] = []
  const rows: TextRow[] = []
  const count = await streamAnswer(knex, question, most, {
    columns: (all) => (columns = all),
    row: (values) => void rows.push(values),
  })
  return { columns, rows, more: count - rows.length }
}

/**
 * Asks a question, and hands over the first rows of its answer as they arrive, numbers without zeros at
 * their end.
 * @returns how many rows there are
 * @throws UsageError with file, line and the server's words for a fault in the query
 */
export async function streamAnswer(
  knex: Knex,
  question: Question,
  most: number,
  taker: RowTaker,
): Promise<number> {
  let count = 0
  let numbers: number[] = []
  const checked: RowTaker = {
    columns(columns) {
      checkColumns(question, columns)
      numbers = columns.flatMap(({ type }, i) => (type === 'number' ? [i] : []))
      taker.columns(columns)
    },
    row(values) {
      if (++count > most) return undefined
      for (const i of numbers) values[i] = withoutZeros(values[i]!)
      return taker.row(values)
    },
  }
  await readRows(knex, question.sql, checked, 'one').catch((error: unknown) => {
    throw asQuestionError(question, error)
  })
  return count
}

/** Asks a question for the first rows of its answer. */
export type Ask = (question: Question, most: number) => Promise<Excerpt>

/** Asks the warehouse each time. */
export function asking(knex: Knex): Ask {
  return (question, most) => excerpt(knex, question, most)
}

/** Asks for whole answers once each, however often they are wanted; of one state, for they are kept. */
export function askingOnce(ask: Ask): Ask {
  const known = new Map<string, Excerpt>()
  return async (question, most) => {
    const { columns, rows, more } = known.get(question.name) ?? (await ask(question, most))
    if (most === Infinity) known.set(question.name, { columns, rows, more })
    const left = Math.max(0, rows.length - most)
    return { columns, rows: rows.slice(0, most), more: more + left }
  }
}

// How many decimals a server writes is its own affair: 50.0 and 50.00 are 50.
function withoutZeros(number: string | null): string | null {
  return number?.includes('.')
    ? number.replace(/^(-?\d+\.\d*?)0+$/, '$1').replace(/\.$/, '')
    : number
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

function asQuestionError(question: Question, error: unknown): unknown {
  if (!isServerError(error)) return error
  const isOfValues = error.code.startsWith('22') // which a question is to be ready for
  if (!isOfStatement(error) && !isOfValues) return error
  const position = positionIn(question, Number((error as { position?: string }).position ?? 1))
  const said = `${position}: ${describe(error)}`
  if (error.code !== '42P01') return new UsageError(said, { cause: error })
  const remedy = remedyOfMissing(error.message) ?? `The tables are ${knownTables.join(', ')}.`
  return new UsageError(`${said}\n${remedy}`, { cause: error })
}
