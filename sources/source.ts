import type { Knex } from 'knex'
import { settingsOf } from '../lib/warehouse/connect'
import { describe } from '../lib/warehouse/errors'
import { asPrefix, s3Setting, type Setting } from '../lib/warehouse/settings'
import { quoteLiteral, type Table } from '../lib/warehouse/tables'

/** A setting that says where files are. */
export interface DataSetting {
  /** Its name in the environment and in `.env`. */
  name: string
  /** What it has to be, in words. */
  expected: string
  /** What holds on the local Redshift where it is not set. */
  sample: string
}

/** How old something may be, in hours: past `warn` it is told, past `error` it is too old. */
export interface AgeLimits {
  warn: number
  error: number
}

/** How old what a source brings may be, where FRESHNESS is on. */
export interface FreshnessLimits {
  /** Of its latest event: `at` gives the time of a row, in milliseconds since 1970, UTC. */
  event?: AgeLimits & { at: string }
  /** Of the time when its latest file was loaded. */
  file: AgeLimits
}

/** What is staged: declared in its own file, read by everything that loads, checks or shows it. */
interface Declaration extends Table {
  /** Says in which folder the files are. */
  data: DataSetting
  /** Says where the JSONPaths file is; without one the names of the columns are the keys of the JSON. */
  jsonPaths?: DataSetting
  /** How old its latest event and its latest file may be; without it any age will do. */
  freshness?: FreshnessLimits
  /** Of a column the values that are known: a load that brings another is told of. */
  known?: Record<string, string[]>
}

/** A staging table, with the settings that say where its files are. */
export interface StagingTable extends Declaration {
  settings: Setting[]
}

/** The staging table of a declaration: each row bears its load as well. */
export function staging(declaration: Declaration): StagingTable {
  const { data, jsonPaths, columns } = declaration
  return {
    ...declaration,
    from: [data.name],
    columns: {
      ...columns,
      loaded_at: ['timestamp', 'the load that the row is of: loads.loaded_at'],
    },
    settings: [data, ...(jsonPaths ? [jsonPaths] : [])].map(s3Setting),
  }
}

/** A staging table and the files that fill it. */
export interface Source {
  table: string
  /** The columns in the order that the JSONPaths file has them, where there is one. */
  columns: string[]
  /** The s3:// prefix of the files. */
  from: string
  /** What COPY is told of their JSON: a JSONPaths file's URL, or 'auto'. */
  json: string
}

/** A file as its bucket lists it. */
export interface StoredFile {
  url: string
  /** Changes with the content. */
  etag: string
  /** Bytes. */
  size: number
}

/** Where the settings of a warehouse say that the files of a staging table are. */
export function sourceOf(knex: Knex, { name, columns, data, jsonPaths }: StagingTable): Source {
  const settings = settingsOf(knex)
  return {
    table: name,
    columns: columnsOfFiles(columns),
    from: asPrefix(settings.data[data.name]!),
    json: jsonPaths ? settings.data[jsonPaths.name]! : 'auto',
  }
}

/** The columns of a staging table that its files fill: COPY leaves loaded_at to its default. */
export function columnsOfFiles(columns: StagingTable['columns']): string[] {
  return Object.keys(columns).filter((column) => column !== 'loaded_at')
}

/** What a COPY reads, and how. */
export interface CopyFrom {
  /** A manifest's URL, or a prefix. */
  from: string
  manifest: boolean
  gzip: boolean
}

/** The COPY of files into the table of a source, with further options. */
export function copyStatement(
  knex: Knex,
  source: Source,
  from: CopyFrom,
  options: string[] = [],
): string {
  // Trailing blanks mean nothing to Redshift's VARCHAR.
  return jsonCopy(knex, source, from, ['trimblanks', ...options])
}

/** The COPY of JSON into a table, every text as it is. */
export function jsonCopy(
  knex: Knex,
  { table, columns, json }: Pick<Source, 'table' | 'columns' | 'json'>,
  { from, manifest, gzip }: CopyFrom,
  options: string[] = [],
): string {
  const { IAM_ROLE_ARN, S3_REGION } = settingsOf(knex)
  const clauses = [
    `copy ${table} (${columns.join(', ')})`,
    `from ${quoteLiteral(from)}`,
    `iam_role ${IAM_ROLE_ARN ? quoteLiteral(IAM_ROLE_ARN) : 'default'}`,
    ...(S3_REGION ? [`region ${quoteLiteral(S3_REGION)}`] : []),
    ...(manifest ? ['manifest'] : []),
    ...(gzip ? ['gzip'] : []),
    `format json ${quoteLiteral(json)}`,
    ...options,
    lastClause, // the encodings are declared; statistics are Redshift's to keep
  ]
  // Bindings inside COPY become $1, which Redshift does not take: every value was checked as a setting.
  return clauses.join('\n').replaceAll('?', '\\?')
}

const lastClause = 'compupdate off statupdate off'

/** What the server said of a COPY that failed, without the statement that Knex puts before it. */
export function wordsOf(error: unknown): string {
  const words = describe(error)
  const said = words.lastIndexOf(`${lastClause} - `)
  return said === -1 ? words : words.slice(said + `${lastClause} - `.length)
}
