import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Knex } from 'knex'
import { UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'
import { type Ask, asking } from './answer'
import { compare, type Difference } from './compare'
import { parseCsv } from './csv'
import { expectedFolder, loadedData, loadedDataset, readDatasets, sizeOf } from './dataset'
import { type Question, readQuestions } from './question'
import { askingIn, inSameState, mapAtOnce } from './side-by-side'

/** The answer to a question, held against the expected one. */
export interface Comparison {
  question: string
  /** Unchecked: there is no expected answer. */
  state: 'equal' | 'different' | 'unchecked'
  /** Rows of the answer. */
  rows: number
  /** The first few of the differences. */
  differences: Difference[]
  /** All of them. */
  count: number
}

/** All answers, held against those expected of a data set. */
export interface Check {
  dataset: string
  comparisons: Comparison[]
}

const differencesShown = 30

/** Checks the answers where the loaded data set is a known one; else undefined. */
export async function checkAnswers(
  knex: Knex,
  folder = expectedFolder,
  ask = asking(knex),
): Promise<Check | undefined> {
  const dataset = await loadedDataset(knex, folder)
  if (dataset === undefined) return undefined
  return checkAgainst(knex, dataset, readQuestions(), folder, ask)
}

/** Compares answers with those expected of the loaded data set, or of a named one. */
export async function compareAnswers(
  knex: Knex,
  questions: Question[],
  named: string | undefined,
): Promise<Check> {
  const known = [...readDatasets().keys()]
  if (named !== undefined && !known.includes(named)) {
    throw new UsageError(
      `There is no data set "${named}" in queries/expected (known: ${known.join(', ') || 'none'}): ` +
        `\`sparkify query --update --dataset ${named}\` makes one of what is loaded.`,
    )
  }
  const dataset = named ?? (await loadedDataset(knex))
  if (dataset === undefined) throw await unknownData(knex, known)
  return inSameState(knex, (transactions) =>
    checkAgainst(knex, dataset, questions, expectedFolder, askingIn(transactions)),
  )
}

async function unknownData(knex: Knex, known: string[]): Promise<UsageError> {
  const loaded = await loadedData(knex)
  if (!loaded) return new UsageError('Nothing is loaded to be checked: `sparkify run` loads it.')
  return new UsageError(
    `What is loaded (${sizeOf(loaded)}) is no data set whose answers are known; known: ` +
      `${known.join(', ') || 'none'}. Compare with a known one by --dataset, or keep the answers of ` +
      'what is loaded as expected with `sparkify query --update --dataset NAME`.',
  )
}

/** Checks answers against those expected of a data set, whatever is loaded. */
export async function checkAgainst(
  knex: Knex,
  dataset: string,
  questions: Question[],
  folder = expectedFolder,
  ask = asking(knex),
): Promise<Check> {
  const comparisons = await mapAtOnce(questions, (question) =>
    checkOne(ask, question, join(folder, dataset, `${question.name}.csv`)),
  )
  return { dataset, comparisons }
}

async function checkOne(ask: Ask, question: Question, path: string): Promise<Comparison> {
  const { name, key } = question
  const unchecked = { question: name, state: 'unchecked' as const, rows: 0 }
  if (!existsSync(path)) return { ...unchecked, differences: [], count: 0 }
  const expected = parseCsv(relative(projectFolder, path), readFileSync(path, 'utf8'))
  const found = await ask(question, Infinity)
  const differences: Difference[] = []
  let count = 0
  for (const difference of compare(key, expected, found)) {
    if (++count <= differencesShown) differences.push(difference)
  }
  const state = count === 0 ? 'equal' : 'different'
  return { question: name, state, rows: found.rows.length, differences, count }
}
