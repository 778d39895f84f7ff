import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Knex } from 'knex'
import { hasLedger } from '../load/ledger'
import { sources } from '../../sources/index'
import { counted } from '../warehouse/counts'
import { UsageError } from '../warehouse/errors'
import { questionFolder } from './question'
import { writeText } from '../warehouse/text-file'

/** Where the expected answers are: a folder per data set, in it dataset.json and a .csv per question. */
export const expectedFolder = resolve(questionFolder, 'expected')

/** What was loaded: the same wherever the same files were loaded from. */
interface Loaded {
  files: number
  /** Of the files. */
  bytes: number
  /** That the files staged: fewer where COPY skipped some. */
  rows: number
  fingerprint: string
}

/** The data set that was loaded; undefined where it is none whose answers are known. */
export async function loadedDataset(
  knex: Knex,
  folder = expectedFolder,
): Promise<string | undefined> {
  const known = [...readDatasets(folder)]
  if (known.length === 0 || !(await hasLedger(knex))) return undefined
  // The names of a hundred thousand files are read only where all of them may be those of a data set.
  const { files, bytes } = await loadedSize(knex)
  const like = known.filter(([, mark]) => mark.files === files && mark.bytes === bytes)
  if (like.length === 0) return undefined
  const loaded = await loadedData(knex)
  return like.find(([, { fingerprint }]) => fingerprint === loaded?.fingerprint)?.[0]
}

async function loadedSize(knex: Knex): Promise<Pick<Loaded, 'files' | 'bytes'>> {
  const tables = sources(knex).map(({ table }) => table)
  const counted = knex('load_files').count({ files: '*' }).sum({ bytes: 'size' })
  const [size] = await counted.where({ state: 'loaded' }).whereIn('table_name', tables)
  return size as Pick<Loaded, 'files' | 'bytes'>
}

/** The data sets whose answers are known, each with what was loaded for it. */
export function readDatasets(folder = expectedFolder): Map<string, Loaded> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder).filter((name) => existsSync(markOf(folder, name)))
  return new Map(names.sort().map((name) => [name, readMark(markOf(folder, name))]))
}

/**
 * Notes what was loaded for a data set, where it is a new one.
 * @throws UsageError where its answers are of other files
 */
export function noteDataset(name: string, loaded: Loaded, folder = expectedFolder): void {
  const former = readDatasets(folder).get(name)
  if (former && former.fingerprint !== loaded.fingerprint) {
    throw new UsageError(
      `The data set ${name} is of ${sizeOf(former)}, and what is loaded is of ${sizeOf(loaded)}: give that a ` +
        `name of its own with --dataset, or remove ${join(folder, name)} to make it again.`,
    )
  }
  if (!former) writeText(markOf(folder, name), `${JSON.stringify(loaded, null, 2)}\n`)
}

/** How much was loaded, in words. */
export function sizeOf({ files, bytes, rows }: Loaded): string {
  return `${counted(files, 'file')} with ${counted(bytes, 'byte')} and ${counted(rows, 'row')}`
}

const markOf = (folder: string, name: string) => join(folder, name, 'dataset.json')

function readMark(path: string): Loaded {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Loaded
  } catch (cause) {
    throw new UsageError(`${path} is no JSON: \`sparkify query --update\` writes it again.`, {
      cause,
    })
  }
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
    files.push(...entries.map(({ url, size }) => ({ table, name: keyBelow(from, url), size })))
  }
  return files.length > 0 ? describeLoaded(files, rows) : undefined
}

/** A loaded file, by its path below LOG_DATA or SONG_DATA. */
export interface LoadedFile {
  table: string
  name: string
  /** Bytes. */
  size: number
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

function keyBelow(folder: string, url: string): string {
  return url.startsWith(folder) ? url.slice(folder.length) : url
}
