import type { Client } from 'pg'
import { models } from '../models/index'
import type { Model } from '../models/model'
import type { DuckDbTurn } from './duckdb'

/** Of each star table its rows and two sums over them: equal where, and only where, the rows are. */
export type StarDigest = Record<string, string>

/** The digest of the star that a connection reaches. */
export async function starDigest(client: Client): Promise<StarDigest> {
  const { rows } = await client.query<string[]>({ text: digestQuery('redshift'), rowMode: 'array' })
  return digestOf(rows.map((row) => row.map(String)))
}

/** The query that DuckDB answers with the digest of its star. */
export const duckDbDigest = () => digestQuery('duckdb')

export function digestOf(rows: DuckDbTurn['rows']): StarDigest {
  return Object.fromEntries(rows.map(([table, ...sums]) => [table!, sums.join(' ')]))
}

/** @throws Error where two stars differ: then the times would say nothing */
export function mustBeEqual(ours: StarDigest, theirs: StarDigest, whose: string): void {
  const different = Object.keys(ours).filter((table) => ours[table] !== theirs[table])
  if (different.length > 0)
    throw new Error(`The rows of ${different.join(', ')} are not those of ${whose}.`)
}

type Dialect = 'redshift' | 'duckdb'

// Two sums of 48 bits a row: order does not matter, and equal sums by chance are out of the question.
function digestQuery(dialect: Dialect): string {
  const number = (hex: string) =>
    dialect === 'redshift' ? `strtol(${hex}, 16)` : `('0x' || ${hex})::bigint`
  const sums = (model: Model) => `
    select
      '${model.name}' as model, count(*)::varchar as count,
      sum(${number('left(digest, 12)')})::varchar as head,
      sum(${number('right(digest, 12)')})::varchar as tail
    from (select md5(${rowText(model, dialect)}) as digest from ${model.name}) as digests`
  return models.map(sums).join('\nunion all')
}

/** A row as one text, the same in both dialects. */
function rowText({ columns }: Model, dialect: Dialect): string {
  return Object.entries(columns)
    .map(([column, [type]]) => {
      const text = valueText(column, type, dialect)
      return `case when ${column} is null then 'n' else 'v' || ${text} end`
    })
    .join(` || '|' || `)
}

function valueText(column: string, type: string, dialect: Dialect): string {
  if (type === 'timestamp') {
    return dialect === 'redshift'
      ? `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS.MS')`
      : `strftime(${column}, '%Y-%m-%d %H:%M:%S.%g')`
  }
  // All that is measured has five decimals.
  if (type === 'double precision') return `round(${column} * 100000)::bigint::varchar`
  return type.startsWith('varchar') ? column : `${column}::varchar`
}
