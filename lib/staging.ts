import type { Knex } from 'knex'
import { asPrefix } from './settings'
import { step } from './steps'
import { settingsOf } from './warehouse'

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

/** Replaces the rows of a staging table by those of its files. */
export async function stage(knex: Knex, source: Source): Promise<void> {
  await step(source.table, async () => {
    await knex.raw(`delete from ${source.table}`)
    await knex.raw(copyStatement(knex, source))
    const counted = await knex.raw<{ rows: { rows: number }[] }>(
      'select pg_last_copy_count() as rows',
    )
    return counted.rows[0]!.rows
  })
}

// Bindings inside COPY become $1, which Redshift does not take: every value was checked as a setting.
function copyStatement(knex: Knex, { table, columns, from, json }: Source): string {
  const { IAM_ROLE_ARN, S3_REGION } = settingsOf(knex)
  const clauses = [
    `copy ${table} (${columns.join(', ')})`,
    `from ${literal(asPrefix(from))}`,
    `iam_role ${IAM_ROLE_ARN ? literal(IAM_ROLE_ARN) : 'default'}`,
    ...(S3_REGION ? [`region ${literal(S3_REGION)}`] : []),
    `format json ${literal(json)}`,
    'compupdate off statupdate off', // the encodings are declared; statistics are Redshift's to keep
  ]
  return clauses.join('\n').replaceAll('?', '\\?')
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
