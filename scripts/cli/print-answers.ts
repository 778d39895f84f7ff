import { join } from 'node:path'
import type { Knex } from 'knex'
import { UsageError } from '../../lib/errors'
import { excerpt } from '../../lib/questions/answer'
import { formatCsv } from '../../lib/questions/csv'
import type { Question } from '../../lib/questions/question'
import { writeText } from '../../lib/questions/write-text'
import { answerText } from './answer-text'

/** Prints answers as tables, as wide as the terminal, each with its first rows. */
export async function printTables(knex: Knex, questions: Question[], limit: number): Promise<void> {
  const { isTTY, columns } = process.stdout
  const width = isTTY ? columns || 80 : Infinity // a terminal that does not know its width says 0
  for (const [i, question] of questions.entries()) {
    const text = answerText(question, await excerpt(knex, question, limit), width)
    console.log(i > 0 ? `\n${text}` : text)
  }
}

/** Prints answers as one JSON document. */
export async function printJson(knex: Knex, questions: Question[], limit: number): Promise<void> {
  const answers = []
  for (const question of questions) {
    const { columns, rows } = await excerpt(knex, question, limit)
    answers.push({ name: question.name, title: question.title, columns, rows })
  }
  console.log(JSON.stringify(answers))
}

/** Prints an answer as CSV, or writes several into a folder. */
export async function printCsv(
  knex: Knex,
  questions: Question[],
  limit: number,
  folder: string | undefined,
): Promise<void> {
  if (folder === undefined && questions.length !== 1) {
    throw new UsageError(
      `--csv prints one answer, and ${questions.length} questions are asked: name one, or write a ` +
        'file of each with --out DIR.',
    )
  }
  for (const question of questions) {
    const text = formatCsv(await excerpt(knex, question, limit))
    if (folder === undefined) process.stdout.write(text)
    else {
      const path = join(folder, `${question.name}.csv`)
      console.log(`${path}: ${writeText(path, text)}`)
    }
  }
}
