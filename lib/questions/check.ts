import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Knex } from 'knex'
import { projectFolder } from '../warehouse/settings'
import { answer } from './answer'
import { compare, type Difference } from './compare'
import { parseCsv } from './csv'
import { expectedFolder, loadedDataset } from './dataset'
import { type Question, readQuestions } from './question'

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
): Promise<Check | undefined> {
  const dataset = await loadedDataset(knex, folder)
  return dataset === undefined ? undefined : checkAgainst(knex, dataset, readQuestions(), folder)
}

/** Checks answers against those expected of a data set, whatever is loaded. */
export async function checkAgainst(
  knex: Knex,
  dataset: string,
  questions: Question[],
  folder = expectedFolder,
): Promise<Check> {
  const comparisons: Comparison[] = []
  for (const question of questions) {
    const path = join(folder, dataset, `${question.name}.csv`)
    comparisons.push(await checkOne(knex, question, path))
  }
  return { dataset, comparisons }
}

async function checkOne(knex: Knex, question: Question, path: string): Promise<Comparison> {
  const { name, key } = question
  const unchecked = { question: name, state: 'unchecked' as const, rows: 0 }
  if (!existsSync(path)) return { ...unchecked, differences: [], count: 0 }
  const expected = parseCsv(relative(projectFolder, path), readFileSync(path, 'utf8'))
  const found = await answer(knex, question)
  const differences: Difference[] = []
  let count = 0
  for (const difference of compare(key, expected, found)) {
    if (++count <= differencesShown) differences.push(difference)
  }
  const state = count === 0 ? 'equal' : 'different'
  return { question: name, state, rows: found.rows.length, differences, count }
}
