import type { Knex } from 'knex'
import type { Model } from '../../models/model'
import type { Scope } from '../../models/scope'
import { thisLoad } from './ledger'

/** Statements of one purpose, in the order that they are sent. */
export interface Sent {
  about: string
  statements: string[]
}

/** What a model sends to build its table as a whole, and to refresh what a load affects. */
export interface SentBy {
  name: string
  grain: string
  full: Sent[]
  refresh: Sent[]
}

/** Where in time the affected keys are is for the server to tell: here it is one day. */
const day = {
  first: '1541030400000',
  last: '1541116799999',
  first_key: '2018-11-01 00:00:00',
  last_key: '2018-11-01 23:59:59.999',
  keys: '1',
  known: '1',
  since: '1541030400000',
}

/**
 * The statements that a model sends, taken from it as it sends them: to nobody, who answers that the affected
 * keys are of 1 November 2018.
 */
export async function statementsOf(model: Model): Promise<SentBy> {
  const { name, grain, from, moments } = model
  const refresh: Sent[] = []
  for (const through of from) {
    const capture = await sentIn((knex) =>
      model.captureAffected(knex, through, { loadPredicate: thisLoad, came: true }),
    )
    const what = `the keys that it affects through ${through}`
    refresh.push({ about: `A load notes ${what}.`, statements: capture })
  }
  let scope: Scope | undefined
  const look = await sentIn(async (knex) => (scope = await model.affected(knex)))
  const [write, forget] = [
    await sentIn((knex) => model.refresh(knex, scope!)),
    await sentIn((knex) => model.discardAffected(knex)),
  ]
  const bounds = {
    at: 'Where in time they are bounds what is read and written: here, for example, a day.',
    since: 'Since when they count bounds what is read: here, for example, since a day.',
    none: 'It goes on where there are any.',
  }
  return {
    name,
    grain,
    full: [
      {
        about: 'Built as a whole: what stands in the table is replaced.',
        statements: await sentIn((knex) => model.up(knex)),
      },
    ],
    refresh: [
      ...refresh,
      { about: bounds[moments ?? 'none'], statements: look },
      { about: 'Their rows are removed, and built again.', statements: write },
      { about: 'Behind the audits, the keys are forgotten.', statements: forget },
    ],
  }
}

async function sentIn(work: (knex: Knex) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const raw = (sql: string) => {
    statements.push(sql)
    return Promise.resolve({ rows: [day], rowCount: 0 })
  }
  await work({ raw } as unknown as Knex)
  return statements
}
