import { join } from 'node:path'
import type { Knex } from 'knex'
import {
  type AnswerColumn,
  type Excerpt,
  excerpt,
  firstRows,
  streamAnswer,
} from '../../lib/questions/answer'
import { formatCsv } from '../../lib/questions/csv'
import { writeText } from '../../lib/warehouse/text-file'
import type { Question } from '../../lib/questions/question'
import { UsageError } from '../../lib/warehouse/errors'
import { formatCount } from '../../lib/warehouse/counts'
import type { Look } from './colors'
import type { Output } from './main'
import { answersPrinter, csvPrinter } from './rows'
import { formatTable } from './table'

/** A question and its answer, as a terminal shows them. */
function answerText(
  { title, name }: Question,
  { columns, rows, more }: Excerpt,
  look: Look,
): string {
  const names = columns.map((column) => column.name)
  const formats = columns.map((column, i) => formatOf(column, rows, i))
  const shown = rows.map((row) =>
    Object.fromEntries(row.map((value, i) => [names[i]!, formats[i]!(value)])),
  )
  return [
    look.paint('heading', `${title} (${name})`),
    formatTable(names, shown, look),
    ...(rows.length + more === 0 ? ['No rows.'] : []),
    ...(more > 0 ? [`… and ${formatCount(more)} more: \`--limit 0\` shows all.`] : []),
  ].join('\n')
}

/** Numbers of a column with as many decimals as any of them, so that their points stand in a line. */
function formatOf({ type }: AnswerColumn, rows: unknown[][], i: number) {
  if (type !== 'number') return (value: unknown) => value
  const decimals = rows.reduce((most, row) => Math.max(most, decimalsOf(row[i])), 0)
  return (value: unknown) => (typeof value === 'number' ? value.toFixed(decimals) : value)
}

function decimalsOf(value: unknown): number {
  return /^-?\d+\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
}

/** Prints answers as tables, as wide as the terminal, each with its first rows. */
export async function printTables(
  knex: Knex,
  questions: Question[],
  limit: number,
  output: Output,
): Promise<void> {
  for (const [i, question] of questions.entries()) {
    const text = answerText(question, await excerpt(knex, question, limit), output)
    output.print(i > 0 ? `\n${text}` : text)
  }
}

/** Prints answers as one JSON document, as they come. */
export async function printJson(
  knex: Knex,
  questions: Question[],
  limit: number,
  output: Output,
): Promise<void> {
  const printer = answersPrinter(output)
  for (const question of questions) {
    const { name, title } = question
    const taker = printer.answer({ name, title })
    await streamAnswer(knex, question, limit, taker)
    taker.end()
  }
}

/** Prints an answer as CSV, as it comes, or writes several into a folder. */
export async function printCsv(
  knex: Knex,
  questions: Question[],
  limit: number,
  folder: string | undefined,
  output: Output,
): Promise<void> {
  const [question, ...others] = questions
  if (folder !== undefined) return writeCsv(knex, questions, limit, folder, output)
  if (question === undefined || others.length > 0) {
    throw new UsageError(
      `--csv prints one answer, and ${questions.length} questions are asked: name one, or write a ` +
        'file of each with --out DIR.',
    )
  }
  const printer = csvPrinter(output)
  await streamAnswer(knex, question, limit, printer)
  await printer.end()
}

async function writeCsv(
  knex: Knex,
  questions: Question[],
  limit: number,
  folder: string,
  output: Output,
): Promise<void> {
  for (const question of questions) {
    const path = join(folder, `${question.name}.csv`)
    const text = formatCsv(await firstRows(knex, question, limit))
    output.print(`${path}: ${writeText(path, text)}`)
  }
}
