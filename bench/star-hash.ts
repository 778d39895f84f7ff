import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { models } from '../models/index'
import type { Model } from '../models/model'

/** One hash of the rows of all star tables, whatever their order; the warehouse reads them. */
export async function starHash(knex: Knex): Promise<string> {
  const hash = createHash('sha256')
  for (const model of models) {
    const { rows } = await knex.raw<{ rows: object[] }>(digestOf(model))
    hash.update(JSON.stringify([model.name, rows]))
  }
  return hash.digest('hex').slice(0, 16)
}

// Two sums of 48 bits a row: order does not matter, and equal sums by chance are out of the question.
function digestOf({ name, columns }: Model): string {
  const text = Object.keys(columns)
    .map((column) => `nvl(${column}::varchar, 'NULL')`)
    .join(` || '|' || `)
  return `
    select
      count(*) as count,
      sum(strtol(left(digest, 12), 16))::varchar as head,
      sum(strtol(right(digest, 12), 16))::varchar as tail
    from (select md5(${text}) as digest from ${name}) as digests`
}
