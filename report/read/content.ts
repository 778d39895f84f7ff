import type { Knex } from 'knex'
import { UsageError } from '../../lib/errors'
import { type Excerpt, excerpt } from '../../lib/questions/answer'
import type { Question } from '../../lib/questions/question'
import { environmentOf } from '../../lib/warehouse'
import { type Node, lineageOf } from '../lineage/graph'
import { type Summary, readSummary } from './summary'
import { type LiveTable, readTables } from './tables'

/** All that the report says, as of one moment. */
export interface Content {
  /** When it was read, UTC, as ISO 8601 writes it. */
  readAt: string
  summary: Summary
  answered: Answered[]
  tables: LiveTable[]
  lineage: Node[]
}

export interface Answered {
  question: Question
  /** The first rows of its answer. */
  answer: Excerpt
}

/** Rows of an answer that are kept: more than a picture can show. */
const rowsKept = 1000

/**
 * Reads what the report says in one transaction, so that its figures agree with each other.
 * @throws UsageError for a warehouse without tables, and with file and line for a fault in a question
 */
export async function readContent(knex: Knex, questions: Question[]): Promise<Content> {
  await expectTables(knex)
  const lineage = await lineageOf(questions)
  const read = async (transaction: Knex) => ({
    readAt: new Date().toISOString(),
    summary: await readSummary(transaction),
    answered: await ask(transaction, questions),
    tables: await readTables(transaction),
    lineage,
  })
  return knex.transaction(read, { readOnly: true })
}

async function ask(knex: Knex, questions: Question[]): Promise<Answered[]> {
  const answered = []
  for (const question of questions)
    answered.push({ question, answer: await excerpt(knex, question, rowsKept) })
  return answered
}

async function expectTables(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('load_files')) return
  throw new UsageError(
    `The warehouse (${environmentOf(knex)}) has no tables yet, and a report needs them: ` +
      '`sparkify run` makes and fills them.',
  )
}
