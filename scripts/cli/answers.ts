import { join, relative } from 'node:path'
import type { Knex } from 'knex'
import { answer, type AnswerColumn, type Excerpt, excerpt } from '../../lib/questions/answer'
import { formatCsv, parseCsv } from '../../lib/questions/csv'
import { compare } from '../../lib/questions/compare'
import { expectedFolder, loadedData, loadedDataset, noteDataset } from '../../lib/questions/dataset'
import { writeText } from '../../lib/questions/text-file'
import { type Question, readQuestions } from '../../lib/questions/question'
import { tablesReadBy } from '../../lib/questions/dependencies'
import { UsageError } from '../../lib/warehouse/errors'
import { select } from '../../lib/warehouse/select'
import { projectFolder } from '../../lib/warehouse/settings'
import { tables } from '../../models/index'
import type { Output } from './main'
import { formatCount, formatTable } from './table'

/** A question and its answer, as a terminal shows them. */
function answerText(
  { title, name }: Question,
  { columns, rows, more }: Excerpt,
  width: number,
): string {
  const names = columns.map((column) => column.name)
  const formats = columns.map((column, i) => formatOf(column, rows, i))
  const shown = rows.map((row) =>
    Object.fromEntries(row.map((value, i) => [names[i]!, formats[i]!(value)])),
  )
  return [
    `${title} (${name})`,
    formatTable(names, shown, width),
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
  const { isTTY, columns } = output.stdout
  const width = isTTY ? columns || 80 : Infinity // a terminal that does not know its width says 0
  for (const [i, question] of questions.entries()) {
    const text = answerText(question, await excerpt(knex, question, limit), width)
    output.print(i > 0 ? `\n${text}` : text)
  }
}

/** Prints answers as one JSON document. */
export async function printJson(
  knex: Knex,
  questions: Question[],
  limit: number,
  output: Output,
): Promise<void> {
  const answers = []
  for (const question of questions) {
    const { columns, rows } = await excerpt(knex, question, limit)
    answers.push({ name: question.name, title: question.title, columns, rows })
  }
  output.print(JSON.stringify(answers))
}

/** Prints an answer as CSV, or writes several into a folder. */
export async function printCsv(
  knex: Knex,
  questions: Question[],
  limit: number,
  folder: string | undefined,
  output: Output,
): Promise<void> {
  if (folder === undefined && questions.length !== 1) {
    throw new UsageError(
      `--csv prints one answer, and ${questions.length} questions are asked: name one, or write a ` +
        'file of each with --out DIR.',
    )
  }
  for (const question of questions) {
    const text = formatCsv(await excerpt(knex, question, limit))
    if (folder === undefined) output.stdout.write(text)
    else {
      const path = join(folder, `${question.name}.csv`)
      output.print(`${path}: ${writeText(path, text)}`)
    }
  }
}

/**
 * The questions that patterns select (see lib/warehouse/select.ts); all for none.
 * @throws UsageError for a pattern that selects none
 */
export async function chooseQuestions(patterns: string[]): Promise<Question[]> {
  const questions = readQuestions()
  const names = questions.map(({ name }) => name)
  // Only who names tables asks for what questions are made from, and only then they need to be parsed.
  const isOfTables = (pattern: string) =>
    pattern.includes('+') || tables.some(({ name }) => name === pattern)
  const withTables = patterns.some(isOfTables)
  const nodes = withTables ? [...tables, ...(await nodesOf(questions))] : questions
  const selected = select(patterns, 'question', nodes, names)
  return questions.filter(({ name }) => selected.includes(name))
}

async function nodesOf(questions: Question[]) {
  const nodes = []
  for (const question of questions) {
    nodes.push({ name: question.name, from: await tablesReadBy(question) })
  }
  return nodes
}

/** A file of an expected answer, and what was done with it. */
interface Update {
  file: string
  state: ReturnType<typeof writeText>
}

/** Writes answers as those expected of the loaded data set, or of a new one of that name. */
export async function updateAnswers(
  knex: Knex,
  questions: Question[],
  named: string | undefined,
): Promise<Update[]> {
  const dataset = await nameDataset(knex, named)
  const updates: Update[] = []
  for (const question of questions) {
    const path = join(expectedFolder, dataset, `${question.name}.csv`)
    const state = writeText(path, await expectedText(knex, question))
    updates.push({ file: relative(projectFolder, path), state })
  }
  return updates
}

async function nameDataset(knex: Knex, named: string | undefined): Promise<string> {
  if (named !== undefined && !/^[\w-]+$/.test(named)) throw unnamed(`"${named}" is no name`)
  const loaded = await loadedData(knex)
  if (!loaded) throw new UsageError('Nothing is loaded: `sparkify run` loads it.')
  const dataset = named ?? (await loadedDataset(knex))
  if (dataset === undefined) throw unnamed('What is loaded is no known data set')
  noteDataset(dataset, loaded)
  return dataset
}

function unnamed(found: string): UsageError {
  return new UsageError(`${found}: name it with --dataset, in letters, digits, - and _.`)
}

// What differs from itself would differ ever after.
async function expectedText(knex: Knex, question: Question): Promise<string> {
  const { file, key, lines } = question
  const found = await answer(knex, question)
  const text = formatCsv(found)
  const { value: difference } = compare(key, parseCsv(file, text), found).next()
  if (!difference) return text
  throw new UsageError(
    `${file}:${lines.key}: several rows of the answer have the same ${key.join(', ')}: name the columns ` +
      'by which each row is known.',
  )
}
