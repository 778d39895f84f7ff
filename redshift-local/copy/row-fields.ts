import { SqlError } from '../errors'
import { converterFor } from './columns/columns'
import type { Json } from './json/documents'
import { getter, type Getter, type Path } from './json/paths'
import type { CopyOptions } from './options'
import type { RowField } from './row-encoder'
import type { TableColumn } from './table'

/** Columns by their names: 'auto', or 'auto ignorecase' (facts A2). */
export function fieldsByName(
  columns: TableColumn[],
  options: CopyOptions,
  ignoreCase: boolean,
): RowField[] {
  return columns.map((column) => {
    const path = [column.name]
    const get = ignoreCase ? ignoringCase(path) : getter(path)
    return { column, path, get, converter: converterFor(column, options) }
  })
}

/**
 * Columns by the paths of a JSONPaths file, first to first (facts A3).
 * @throws SqlError where there are more of the one than of the other
 */
export function fieldsByPath(
  columns: TableColumn[],
  options: CopyOptions,
  paths: Path[],
): RowField[] {
  if (paths.length !== columns.length)
    throw new SqlError(
      'XX000',
      'Number of jsonpaths and the number of columns should match. ' +
        `JSONPath size: ${paths.length}, Number of columns in table or column list: ${columns.length}`,
    )
  return columns.map((column, index) => {
    const path = paths[index]!
    return { column, path, get: getter(path), converter: converterFor(column, options) }
  })
}

// The path is kept at the name found last, which is mostly the next one, too.
function ignoringCase(path: [string] | Path): Getter {
  const name = String(path[0]).toLowerCase()
  let get = getter(path)
  return (document: Json) => {
    if (!hasMember(document, String(path[0]))) {
      const found = Object.keys(Object(document) as object).find(
        (key) => key.toLowerCase() === name,
      )
      path[0] = found ?? name
      get = getter(path)
    }
    return get(document)
  }
}

function hasMember(document: Json, name: string): boolean {
  return document !== null && typeof document === 'object' && Object.hasOwn(document, name)
}
