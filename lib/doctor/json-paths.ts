import { readStart } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import type { Source, StoredFile } from '../../sources/source'
import type { Finding } from './finding'
import { keyMeant, keysOf, sampleOf } from './records'

/** What is wrong with the JSONPaths file of a source; undefined where it has none, or a right one. */
export async function pathsFinding(
  store: ObjectStore,
  { json: url, columns }: Source,
  files: StoredFile[],
): Promise<Finding | undefined> {
  if (!url.startsWith('s3://')) return undefined
  const text = await readPaths(store, url)
  const file = { ...parse(text), text, columns }
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
        explanation: `Put a JSONPaths file with ${columns.length} paths, in the order of the columns, at ${url}:`,
        snippet: pathsFor(columns, await keysIn(store, files)),
      },
    }
  }
  return undefined
}

/** The key of a record that each column is filled from; without JSONPaths the column's name. */
export async function keysOfColumns(
  store: ObjectStore,
  { json, columns }: Pick<Source, 'json' | 'columns'>,
): Promise<Map<string, string>> {
  const text = json.startsWith('s3://') ? await readPaths(store, json) : undefined
  const { list } = parse(text)
  const paths = Array.isArray(list) ? (list as unknown[]) : []
  return new Map(columns.map((column, index) => [column, firstKey(paths[index]) ?? column]))
}

const mostBytes = 1024 * 1024

async function readPaths(store: ObjectStore, url: string): Promise<string | undefined> {
  return (await readStart(store, url, mostBytes))?.toString('utf8')
}

interface PathsFile {
  text: string | undefined
  /** Undefined where the text is not a JSON object. */
  json: unknown
  /** What stands under "jsonpaths". */
  list: unknown
  columns: string[]
}

function parse(text = ''): Pick<PathsFile, 'json' | 'list'> {
  try {
    const json = JSON.parse(text) as unknown
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
    if (isObject) return { json, list: (json as { jsonpaths?: unknown }).jsonpaths }
  } catch {
    // Not JSON: as good as no object.
  }
  return { json: undefined, list: undefined }
}

/** A fault that a JSONPaths file can have, so that its COPY fails, or silently does something else. */
interface PathsFault {
  name: string
  /** What is wrong; undefined where this is not. */
  find: (file: PathsFile) => { what: string; path?: string; column?: string } | undefined
}

const bracket = /^\$(\['[^']+'\]|\[\d+\])+$/
const dot = /^\$(\.[^.'[\]]+|\[\d+\])+$/

/** In the order that they are looked for: each may take it that the former are not. */
export const pathsFaults: PathsFault[] = [
  {
    name: 'missing',
    find: ({ text }) => (text === undefined ? { what: 'does not exist' } : undefined),
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
        : { what: 'has something other than a list of paths under "jsonpaths"' },
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

function lineOf(text: string, path: string): number {
  return text.slice(0, Math.max(0, text.indexOf(path))).split('\n').length
}

/** The text of a JSONPaths file for columns, by the keys that records have for them. */
function pathsFor(columns: string[], keys: string[]): string {
  const paths = columns.map((column) => `  "$['${keyMeant(column, keys) ?? column}']"`)
  return `{"jsonpaths": [\n${paths.join(',\n')}\n]}`
}

async function keysIn(store: ObjectStore, files: StoredFile[]): Promise<string[]> {
  const urls = files.map(({ url }) => url)
  const sample = await sampleOf(store, urls, { files: 3, records: 1 }).catch(() => [])
  return sample.flatMap(({ value }) => keysOf(value))
}

function firstKey(path: unknown): string | undefined {
  const [, quoted, dotted] = /^\$(?:\['([^']+)'\]|\.([^.[]+))$/.exec(String(path)) ?? []
  return quoted ?? dotted
}
