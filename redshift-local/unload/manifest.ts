import { type QueryColumn, schemaOf } from './columns'
import type { UnloadedFile } from './file'

/**
 * The manifest of an UNLOAD, which COPY takes.
 * @param columns of the files, where it is to be verbose
 */
export function manifestOf(files: UnloadedFile[], columns?: QueryColumn[]): string {
  const entries = files.map(({ url, size, lines }) => ({
    url,
    ...(columns && { meta: { content_length: size, record_count: lines } }),
  }))
  if (!columns) return JSON.stringify({ entries }, null, 2) + '\n'
  const meta = {
    content_length: sum(files.map(({ size }) => size)),
    record_count: sum(files.map(({ lines }) => lines)),
  }
  const author = { name: 'Amazon Redshift', version: '1.0.0' }
  const schema = { elements: columns.map(schemaOf) }
  return JSON.stringify({ entries, schema, meta, author }, null, 2) + '\n'
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
