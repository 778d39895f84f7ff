import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Client } from 'pg'
import type { DataFormat } from '../../../../redshift-local/copy/data-format'
import { type CopyStatement, parseCopy } from '../../../../redshift-local/copy/statement'
import { tokenize } from '../../../../redshift-local/dialect/tokens'

interface Column {
  column_name: string
  data_type: string
}

/** Files of our own where statements of the guide read and write: the guide's are not to be had. */
export class GuideFiles {
  constructor(
    private readonly buckets: string,
    private readonly engine: Client,
  ) {}

  /** Leaves nothing where an UNLOAD writes, and a row that fits where a COPY reads. True for such a COPY. */
  async prepare(sql: string): Promise<boolean> {
    if (/^\s*unload\b/i.test(sql)) this.#empty()
    const statement = copyOf(sql)
    if (!statement) return false
    const columns = await this.#columnsOf(statement)
    if (columns.length === 0) return false
    this.#empty()
    const values = columns.map(({ data_type }) => valueOf(data_type, statement))
    const data = statement.manifest ? `${statement.url}.data` : statement.url
    const file = fileOf(statement.format, columns, values)
    this.#put(data, statement.compression === 'gzip' ? gzipSync(file) : file)
    if (statement.manifest) this.#put(statement.url, JSON.stringify({ entries: [{ url: data }] }))
    const { format } = statement
    if (format.name === 'JSON' && typeof format.option !== 'string') {
      const jsonpaths = columns.map((_, index) => `$[${index}]`)
      this.#put(format.option.url, JSON.stringify({ jsonpaths }))
    }
    return true
  }

  #empty(): void {
    for (const bucket of readdirSync(this.buckets))
      for (const name of readdirSync(join(this.buckets, bucket)))
        rmSync(join(this.buckets, bucket, name), { recursive: true })
  }

  #put(url: string, content: string | Buffer): void {
    const path = join(this.buckets, url.slice('s3://'.length))
    const file = url.endsWith('/') ? join(path, 'data') : path
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  async #columnsOf({ table, columns, explicitIds }: CopyStatement): Promise<Column[]> {
    const { rows } = await this.engine.query<Column & { is_identity: string }>(
      `select column_name, data_type, is_identity from information_schema.columns
       where table_name = $1 and table_schema in ('public', 'pg_temp') order by ordinal_position`,
      [table],
    )
    if (!columns) return rows.filter(({ is_identity }) => explicitIds || is_identity === 'NO')
    return columns.flatMap((name) => rows.find(({ column_name }) => column_name === name) ?? [])
  }
}

function copyOf(sql: string): CopyStatement | undefined {
  if (!/^\s*copy\b/i.test(sql)) return undefined
  try {
    return parseCopy(tokenize(sql))
  } catch {
    return undefined
  }
}

function valueOf(type: string, { timeFormat }: CopyStatement): string {
  if (type.startsWith('timestamp'))
    return timeFormat?.startsWith('epoch') ? '0' : '2008-01-01 10:00:00'
  if (type === 'date') return '2008-01-01'
  if (type.startsWith('time')) return '10:00:00'
  return type === 'boolean' ? 't' : type.startsWith('character') ? 'x' : '1'
}

function fileOf(format: DataFormat, columns: Column[], values: string[]): string {
  if (format.name === 'JSON')
    return JSON.stringify(
      typeof format.option === 'string'
        ? Object.fromEntries(columns.map(({ column_name }, at) => [column_name, values[at]]))
        : values,
    )
  if (format.name === 'FixedWidth')
    return values
      .map((value, at) => value.slice(0, format.widths[at]).padEnd(format.widths[at] ?? 0))
      .join('')
  return values.join(format.delimiter)
}
