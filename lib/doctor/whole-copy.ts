import type { Knex } from 'knex'
import { wordsOf } from '../load/copy-statement'
import type { StoredFile } from '../load/ledger'
import type { Source } from '../load/sources'
import type { Finding } from './finding'
import { inspectPaths } from './json-paths'
import { keysOf } from './keys'
import { sampleOf } from './records'
import { adviceFor } from './server-words'
import { placeOf } from '../settings'
import { type Buckets, bucketsOf, readSmall } from './stored-text'

/**
 * Why a COPY failed that logged no error of a row: what its files and its JSONPaths file show
 * themselves, else what the server's words say.
 */
export async function wholeFaults(
  knex: Knex,
  source: Source | undefined,
  files: StoredFile[],
  error: unknown,
): Promise<Finding[]> {
  // What may not be read shows nothing: then the words are all there is.
  const shown = source ? await inspect(await bucketsOf(knex), source, files).catch(() => []) : []
  return shown.length > 0 ? shown : byWords(wordsOf(error))
}

/** What is wrong with the JSONPaths file of a source, and which of its files went away. */
export async function inspect(
  buckets: Buckets,
  source: Source,
  files: StoredFile[],
): Promise<Finding[]> {
  const paths = await pathsFinding(buckets, source, files)
  const gone = await goneFiles(buckets, source, files)
  return [paths ?? [], gone].flat()
}

/** What is wrong with the JSONPaths file of a source; undefined where it has none, or a right one. */
export async function pathsFinding(
  buckets: Buckets,
  source: Source,
  files: StoredFile[],
): Promise<Finding | undefined> {
  if (!source.json.startsWith('s3://')) return undefined
  const text = await readSmall(buckets, source.json)
  const urls = files.map(({ url }) => url)
  const sample = await sampleOf(buckets, urls, { files: 3, records: 1 }).catch(() => [])
  const keys = sample.flatMap(({ value }) => keysOf(value))
  return inspectPaths(source, text, keys)
}

async function goneFiles(
  buckets: Buckets,
  { from }: Source,
  files: StoredFile[],
): Promise<Finding[]> {
  const [bucket, key] = placeOf(from)
  const there = new Set<string>()
  for await (const object of buckets.list(bucket, key)) there.add(`s3://${bucket}/${object.key}`)
  const gone = files.filter(({ url }) => !there.has(url))
  if (gone.length === 0) return []
  return [
    {
      what: 'The file went away after it was listed',
      count: gone.length,
      examples: gone.slice(0, 3).map(({ url }) => ({ url })),
      remedy: {
        says: 'Deliver it again, or do without it: run again once nobody changes the files.',
        paste: 'sparkify run',
      },
    },
  ]
}

function byWords(words: string): Finding[] {
  const known = adviceFor(words)
  if (!known) return []
  const { advice, urls } = known
  return [{ what: words, count: 1, examples: urls.map((url) => ({ url })), remedy: advice }]
}
