import { expect } from 'chai'
import { Served } from '../wire/local-redshift'
import { type Answer, Asker } from './asking'
import type { Case } from './case'
import { families } from './families'

/*
 * Every case of `cases/`, against the local Redshift; or, unchanged, against a cluster:
 * REDSHIFT_CONFORMANCE_URL='postgres://awsuser:…@host:5439/dev?sslmode=require'
 */
const cluster = process.env.REDSHIFT_CONFORMANCE_URL

describe(`statements and what ${cluster ? 'the cluster' : 'the local Redshift'} answers`, () => {
  const local = new Served()
  before(async () => {
    if (!cluster) await local.start()
  })

  after(async () => {
    if (!cluster) await local.stop()
  })

  for (const [name, { given, cases }] of families) {
    describe(name.replaceAll('-', ' '), () => {
      const schema = `conformance_${name.replaceAll('-', '_')}_${process.pid}`

      let asker: Asker

      before(async () => {
        asker = await connect()
        await asker.mustDo(`create schema ${schema}`)
        await asker.mustDo(`set search_path to ${schema}`)
        for (const sql of given) await asker.mustDo(sql)
      })

      after(async () => {
        await asker.mustDo('rollback')
        await asker.mustDo(`drop schema ${schema} cascade`)
        await asker.end()
      })

      for (const one of cases) {
        const test = it(one.sql.replace(/\s+/g, ' ').trim().slice(0, 160), async () => {
          expect(said(await answerTo(asker, one, schema), one)).to.deep.equal(expected(one))
        })
        if (cluster && one.localOnly) test.pending = true
      }
    })
  }

  async function connect(): Promise<Asker> {
    if (cluster) return Asker.connect({ connectionString: cluster })
    const { host, port, user, database } = local.server
    return Asker.connect({ host, port, user, database })
  }

  async function answerTo(
    asker: Asker,
    { sql, given = [], alone }: Case,
    schema: string,
  ): Promise<Answer> {
    // What the case before has left is undone in the same message.
    await asker.mustDo(alone ? `rollback; set search_path to ${schema}` : 'rollback; begin')
    for (const statement of given) await asker.mustDo(statement)
    return asker.ask(sql)
  }
})

/** Of an answer what the case speaks of, and an error in any case. */
function said({ error, ...answer }: Answer, one: Case): object {
  const parts = Object.entries(answer).filter(([part]) => part in one)
  if (!error) return Object.fromEntries(parts)
  const { sqlstate, message } = error
  return {
    error: one.error && one.error.message === undefined ? { sqlstate } : { sqlstate, message },
  }
}

function expected({ rows, columns, types, tag, notices, error }: Case): object {
  const parts = Object.entries({ rows, columns, types, tag, notices, error })
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined))
}
