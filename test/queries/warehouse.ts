import type { Knex } from 'knex'
import { type Answer, excerpt } from '../../lib/questions/answer'
import { compare, type Difference } from '../../lib/questions/compare'
import type { Question } from '../../lib/questions/question'
import type { Row } from '../oracle/records'
import type { Star } from '../oracle/star'

/** Makes the star tables hold just this star. */
export async function fill(knex: Knex, star: Star): Promise<void> {
  for (const [table, rows] of Object.entries(star)) {
    await knex(table).del()
    for (let from = 0; from < rows.length; from += 1000) {
      await knex(table).insert(rows.slice(from, from + 1000))
    }
  }
}

/** Where the answer of the warehouse differs from that of the oracle. */
export async function differencesFrom(
  knex: Knex,
  question: Question,
  rows: Row[],
): Promise<Difference[]> {
  const found = await excerpt(knex, question, Infinity)
  return [...compare(question.key, { columns: columnsOf(rows, found), rows: textsOf(rows) }, found)]
}

// The oracle knows no columns where it has no rows.
function columnsOf(rows: Row[], found: Answer): string[] {
  return rows.length > 0 ? Object.keys(rows[0]!) : found.columns.map(({ name }) => name)
}

function textsOf(rows: Row[]): (string | null)[][] {
  return rows.map((row) =>
    Object.values(row).map((value) => (value === null ? null : String(value))),
  )
}
