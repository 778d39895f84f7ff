import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Knex } from 'knex'
import { hasLedger } from '../load/ledger'
import { sources } from '../../sources/index'
import { describe, UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'
import { replaceFile } from '../whole-file'
import { answer, parseCsv } from './answer'
import { compare, type Difference } from './compare'
import { type Question, questionFolder, readQuestions } from './question'

/** A loaded file, by its place below LOG_DATA or SONG_DATA. */
export interface LoadedFile {
  table: string
  name: string
  /** Bytes. */
  size: number
}

/** What was loaded: the same wherever the same files were loaded from. */
interface Loaded {
  files: number
  /** Of the files. */
  bytes: number
  /** That the files staged: fewer where COPY passed over some. */
  rows: number
  fingerprint: string
}

/** What is in the warehouse, by the ledger; undefined where there is no ledger, or nothing in it. */
export async function loadedData(knex: Knex): Promise<Loaded | undefined> {
  if (!(await hasLedger(knex))) return undefined
  const files: LoadedFile[] = []
  let rows = 0
  for (const { table, from } of sources(knex)) {
    const entries = await knex('load_files')
      .select<{ url: string; size: number }[]>('url', 'size')
      .where({ table_name: table, state: 'loaded' })
    const [staged] = await knex(table).count<{ count: number }[]>({ count: '*' })
    rows += staged!.count
    files.push(...entries.map(({ url, size }) => ({ table, name: placeBelow(from, url), size })))
  }
  return files.length > 0 ? describeLoaded(files, rows) : undefined
}

/** What the files and the rows that they staged come to. Etags are not the same in a folder and in S3. */
export function describeLoaded(files: LoadedFile[], rows: number): Loaded {
  const lines = files.map(({ table, name, size }) => JSON.stringify([table, name, size])).sort()
  return {
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    rows,
    fingerprint: createHash('sha256')
      .update([...lines, rows].join('\n'))
      .digest('hex'),
  }
}

function placeBelow(folder: string, url: string): string {
  return url.startsWith(folder) ? url.slice(folder.length) : url
}

/**
 * Writes a file as a whole or not at all, where it does not hold the text already.
 * @returns what was done
 * @throws UsageError where it cannot be written
 */
export function writeText(path: string, text: string): 'written' | 'changed' | 'unchanged' {
  try {
    const former = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    if (former === text) return 'unchanged'
    replaceFile(path, text)
    return former === undefined ? 'written' : 'changed'
  } catch (cause) {
    throw new UsageError(
      `${path} cannot be written: ${describe(cause)}. Choose another folder, or make it writable.`,
      { cause },
    )
  }
}

/** Where the expected answers are: a folder per data set, in it dataset.json and a .csv per question. */
export const expectedFolder = resolve(questionFolder, 'expected')

/** The data sets whose answers are known, each with what was loaded for it. */
export function readDatasets(folder = expectedFolder): Map<string, Loaded> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder).filter((name) => existsSync(markOf(folder, name)))
  return new Map(names.sort().map((name) => [name, readMark(markOf(folder, name))]))
}

/** The data set that was loaded; undefined where it is none whose answers are known. */
export async function loadedDataset(
  knex: Knex,
  folder = expectedFolder,
): Promise<string | undefined> {
  const loaded = await loadedData(knex)
  const known = [...readDatasets(folder)]
  return known.find(([, { fingerprint }]) => fingerprint === loaded?.fingerprint)?.[0]
}

/**
 * Notes what was loaded for a data set, where it is a new one.
 * @throws UsageError where its answers are of other files
 */
export function noteDataset(name: string, loaded: Loaded, folder = expectedFolder): void {
  const former = readDatasets(folder).get(name)
  if (former && former.fingerprint !== loaded.fingerprint) {
    throw new UsageError(
      `The data set ${name} is of ${sizeOf(former)}, and ${sizeOf(loaded)} are loaded: give these a ` +
        `name of their own with --dataset, or remove ${join(folder, name)} to make it anew.`,
    )
  }
  if (!former) writeText(markOf(folder, name), `${JSON.stringify(loaded, null, 2)}\n`)
}

export function sizeOf({ files, bytes, rows }: Loaded): string {
  return `${files} files with ${bytes} bytes and ${rows} rows`
}

const markOf = (folder: string, name: string) => join(folder, name, 'dataset.json')

function readMark(path: string): Loaded {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Loaded
  } catch (cause) {
    throw new UsageError(`${path} is no JSON: \`sparkify query --update\` makes it anew.`, {
      cause,
    })
  }
}

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
