import type { Knex } from 'knex'
import type { ObjectStore } from '../../object-store/index'
import { type Source, wordsOf } from '../../sources/index'
import type { StoredFile } from '../load/ledger'
import { objectStoreOf } from '../warehouse/connect'
import { placeOf } from '../warehouse/settings'
import type { Advice, Finding } from './diagnose'
import { keyMeant, keysOf, sampleOf } from './records'

/** A fault that a JSONPaths file can have, so that its COPY fails, or silently does something else. */
interface PathsFault {
  name: string
  /** What is wrong; undefined where this is not. */
  find: (file: PathsFile) => { what: string; path?: string; column?: string } | undefined
}

interface PathsFile {
  text: string | undefined
  /** Undefined where the text is not JSON. */
  json: unknown
  /** What stands under "jsonpaths". */
  list: unknown
  columns: string[]
}

const bracket = /^\$(\['[^']+'\]|\[\d+\])+$/
const dot = /^\$(\.[^.'[\]]+|\[\d+\])+$/

/** In the order that they are looked for: each may take it that the former are not. */
export const pathsFaults: PathsFault[] = [
  {
    name: 'missing',
    find: ({ text }) => (text === undefined ? { what: 'is not there' } : undefined),
  },
  {
    name: 'not JSON',
    find: ({ json }) => (json === undefined ? { what: 'is not one JSON object' } : undefined),
  },
  {
    name: 'without jsonpaths',
    find: ({ list }) =>
      list === undefined
        ? { what: `has no "jsonpaths": COPY silently takes it for 'auto', keys by column names` }
        : undefined,
  },
  {
    name: 'no list of strings',
    find: ({ list }) =>
      Array.isArray(list) && list.every((path) => typeof path === 'string' && path !== '')
        ? undefined
        : { what: 'has something else than a list of paths under "jsonpaths"' },
  },
  {
    name: 'count',
    find: ({ list, columns }) => {
      const paths = list as string[]
      if (paths.length === columns.length) return undefined
      const what = `has ${paths.length} paths for ${columns.length} columns`
      const column = columns[paths.length]
      return { what, path: paths.at(-1)!, ...(column !== undefined && { column }) }
    },
  },
  {
    name: 'notation',
    find: ({ list, columns }) => {
      const paths = list as string[]
      const notation = paths.some((path) => path.startsWith('$.')) ? dot : bracket
      const wrong = paths.findIndex((path) => !notation.test(path))
      if (wrong === -1) return undefined
      const what = `has the path ${paths[wrong]}: $['key'] or $.key is expected, the same in all paths`
      return { what, path: paths[wrong]!, column: columns[wrong]! }
    },
  },
]

/**
 * What is wrong with a JSONPaths file.
 * @param keys of a record of the files, from which a right one can be proposed
 */
function inspectPaths(
  { json: url, columns }: Source,
  text: string | undefined,
  keys: string[],
): Finding | undefined {
  const file = { ...read(text), columns }
  for (const { find } of pathsFaults) {
    const { what, path, column } = find(file) ?? {}
    if (what === undefined) continue
    const line = path === undefined ? undefined : lineOf(text!, path)
    return {
      what: `The JSONPaths file ${what}`,
      count: 1,
      ...(column !== undefined && { column }),
      examples: [{ url, ...(line && { line }), ...(path !== undefined && { value: path }) }],
      remedy: {
        says: `Put a JSONPaths file with ${columns.length} paths, in the order of the columns, at ${url}:`,
        paste: pathsFor(columns, keys),
      },
    }
  }
  return undefined
}

/** The text of a JSONPaths file for columns, by the keys that records have for them. */
function pathsFor(columns: string[], keys: string[]): string {
  const paths = columns.map((column) => `  "$['${keyMeant(column, keys) ?? column}']"`)
  return `{"jsonpaths": [\n${paths.join(',\n')}\n]}`
}

/** The first key on the way to each column's value; by the names of the columns without JSONPaths. */
export function keyOfColumns(
  { columns }: Pick<Source, 'columns'>,
  text: string | undefined,
): Map<string, string> {
  const { list } = read(text)
  const paths = Array.isArray(list) ? (list as unknown[]) : []
  return new Map(columns.map((column, index) => [column, firstKey(paths[index]) ?? column]))
}

function firstKey(path: unknown): string | undefined {
  const [, quoted, dotted] = /^\$(?:\['([^']+)'\]|\.([^.[]+))$/.exec(String(path)) ?? []
  return quoted ?? dotted
}

function read(text: string | undefined): Omit<PathsFile, 'columns'> {
  try {
    const json = JSON.parse(text ?? '') as unknown
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
    return isObject
      ? { text, json, list: (json as { jsonpaths?: unknown }).jsonpaths }
      : { text, json: undefined, list: undefined }
  } catch {
    return { text, json: undefined, list: undefined }
  }
}

function lineOf(text: string, path: string): number {
  return text.slice(0, Math.max(0, text.indexOf(path))).split('\n').length
}

/** A COPY that failed as a whole, by what Redshift says of it in its documented words. */
interface Saying {
  words: RegExp
  advice: (match: RegExpExecArray) => Advice
  /** What it was seen to say; the tests loop over them. */
  example: string
}

const policy = `{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]}`

export const sayings: Saying[] = [
  {
    words: /Access ?Denied|Status 403/i,
    advice: () => ({
      says: "The role that COPY uses may not read the bucket: allow it in the role's policy, or name another role in IAM_ROLE_ARN.",
      paste: policy,
    }),
    example: 'S3ServiceException:Access Denied,Status 403,Error AccessDenied',
  },
  {
    words: /must be addressed using the specified endpoint|PermanentRedirect|Status 301/i,
    advice: () => ({
      says: "The bucket is in another region than the cluster: name the bucket's in .env.",
      paste: 'S3_REGION=us-west-2',
    }),
    example:
      'S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint.,Status 301,Error PermanentRedirect',
  },
  {
    words: /NoSuchBucket|specified bucket does not exist/i,
    advice: () => ({
      says: 'There is no such bucket: correct LOG_DATA, SONG_DATA or LOG_JSONPATH in .env.',
      paste: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: 'S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket',
  },
  {
    words: /NoSuchKey|specified key does not exist/i,
    advice: () => ({
      says: 'The JSONPaths file or the manifest is not there: put it where COPY looks for it, or correct LOG_JSONPATH in .env.',
      paste: 'LOG_JSONPATH=s3://bucket/log_json_path.json',
    }),
    example: 'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
  },
  {
    words: /specified S3 prefix '(.*)' does not exist/,
    advice: ([, prefix]) => ({
      says: `No file begins with "${prefix}": correct the URL in .env, or put the files there.`,
      paste: 'LOG_DATA=s3://bucket/log_data',
    }),
    example: "The specified S3 prefix 'log_data' does not exist",
  },
  {
    words: /Invalid credentials|not authorized to assume|IAM role .* is not valid/i,
    advice: () => ({
      says: 'The cluster may not use the role: attach it to the cluster, and name it in .env.',
      paste: 'IAM_ROLE_ARN=arn:aws:iam::123456789012:role/name',
    }),
    example: "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...'",
  },
  {
    words: /Mandatory url is not present in manifest/i,
    advice: () => ({
      says: 'A file of the manifest went away after it was listed: deliver it again, and run again.',
      paste: 'sparkify run',
    }),
    example: 'Mandatory url is not present in manifest file',
  },
  {
    words: /COPY with MANIFEST parameter requires full path/i,
    advice: () => ({
      says: 'There is no manifest where it was written: check that WORK_DATA is kept until a load is over, and run again.',
      paste: 'sparkify run',
    }),
    example: 'COPY with MANIFEST parameter requires full path of an Amazon S3 object.',
  },
  {
    words: /Number of jsonpaths and the number of columns should match|Invalid JSONPath/i,
    advice: () => ({
      says: 'The JSONPaths file needs one path a column, in the order of the columns: correct it.',
      paste: `{"jsonpaths": ["$['first']", "$['second']"]}`,
    }),
    example:
      'Number of jsonpaths and the number of columns should match. JSONPath size: 12, Number of columns in table or column list: 13',
  },
  {
    words: /failed to inflate|not a valid GZIP file/i,
    advice: () => ({
      says: 'A compressed file is damaged: check it, and deliver it again; or leave it out:',
      paste: 'sparkify run --quarantine',
    }),
    example: 'failed to inflate with zlib: unexpected end of file.',
  },
]

/** The files that an error names, and what to do about it; undefined for words that are not known. */
export function adviceFor(words: string): { advice: Advice; urls: string[] } | undefined {
  for (const { words: known, advice } of sayings) {
    const match = known.exec(words)
    if (match) return { advice: advice(match), urls: urlsIn(words) }
  }
  return undefined
}

function urlsIn(words: string): string[] {
  return [...new Set(words.match(/s3:\/\/[^\s'",]+[^\s'",.:]/g) ?? [])]
}

export type Buckets = ObjectStore

/** The buckets that the COPYs of `knex` read. */
export function bucketsOf(knex: Knex): Promise<Buckets> {
  return objectStoreOf(knex)
}

const mostBytes = 1024 * 1024

/** A small file as text, its first MB if it is none; undefined where there is no such file. */
export async function readSmall(buckets: Buckets, url: string): Promise<string | undefined> {
  const [bucket, key] = placeOf(url)
  const object = await buckets.open(bucket, key)
  if (!object) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of object.chunks) {
      chunks.push(chunk)
      if ((bytes += chunk.length) >= mostBytes) break
    }
  } finally {
    await object.close()
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The first bytes of a file, in hex. */
export async function firstBytes(buckets: Buckets, url: string, count: number): Promise<string> {
  const [bucket, key] = placeOf(url)
  const object = await buckets.open(bucket, key)
  if (!object) return ''
  try {
    for await (const chunk of object.chunks) return chunk.toString('hex', 0, count)
    return ''
  } finally {
    await object.close()
  }
}

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
async function inspect(buckets: Buckets, source: Source, files: StoredFile[]): Promise<Finding[]> {
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
