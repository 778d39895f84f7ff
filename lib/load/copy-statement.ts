import type { Knex } from 'knex'
import { describe } from '../errors'
import type { Source } from './sources'
import { settingsOf } from '../warehouse'

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
  { table, columns, json }: Source,
  { from, manifest, gzip }: CopyFrom,
  options: string[] = [],
): string {
  const { IAM_ROLE_ARN, S3_REGION } = settingsOf(knex)
  const clauses = [
    `copy ${table} (${columns.join(', ')})`,
    `from ${literal(from)}`,
    `iam_role ${IAM_ROLE_ARN ? literal(IAM_ROLE_ARN) : 'default'}`,
    ...(S3_REGION ? [`region ${literal(S3_REGION)}`] : []),
    ...(manifest ? ['manifest'] : []),
    ...(gzip ? ['gzip'] : []),
    `format json ${literal(json)}`,
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

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
