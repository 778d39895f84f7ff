import type { Source } from '../load/sources'
import type { Finding } from './finding'
import { keyMeant } from './keys'

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
export function inspectPaths(
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
export function pathsFor(columns: string[], keys: string[]): string {
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
