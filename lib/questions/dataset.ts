import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Knex } from 'knex'
import { UsageError } from '../errors'
import { type Loaded, loadedData } from './loaded'
import { questionFolder } from './question'
import { writeText } from './write-text'

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
