import { expect } from 'chai'
import type { Client } from 'pg'
import { serialize } from 'pg-protocol'
import { relationsNotKept } from '../../../redshift-local/dialect/system-relations'
import { served } from '../wire/local-redshift'

describe('the log of statements', () => {
  const redshift = served()
  let client: Client

  beforeEach(async () => {
    client = await redshift.client()
  })

  const column = async (sql: string) =>
    (await client.query({ text: sql, rowMode: 'array' })).rows.map((row: unknown[]) => row[0])

  it('has what other sessions of the server ran, also those that are gone', async () => {
    const other = await redshift.client()
    await other.query("select 'of the other'")
    await other.end()
    const said = await column(
      "select trim(querytxt) from stl_query where querytxt like '%of the other%'",
    )
    expect(said).to.include("select 'of the other'")
  })

  it('has what failed, and outlives a rollback', async () => {
    await client.query('begin')
    await client.query('create table undone (a int)')
    await client.query('select nothing from undone').catch(() => {})
    await client.query('rollback')
    const failed = "select trim(error_message) from sys_query_history where status = 'failed'"
    expect(await column(failed)).to.deep.equal(['column "nothing" does not exist'])
    const texts = 'select trim(text) from stl_ddltext'
    expect(await column(texts)).to.include('create table undone (a int)')
  })

  it('is seen also in a transaction that has begun to read', async () => {
    await client.query('create table seen (a int)')
    await client.query('begin')
    await client.query('select a from seen')
    await client.query('select a + 1 from seen')
    const said = "select count(*) from stl_query where querytxt like 'select a%from seen%'"
    expect(await column(said)).to.deep.equal(['2'])
    await client.query('commit')
  })

  it('has statements of the extended protocol, a portal that goes on as one', async () => {
    await client.query('select $1::int as extended', [1])
    const raw = await redshift.raw()
    const step = serialize.execute({ rows: 5 })
    await raw.ask(
      serialize.parse({ text: 'select * from pg_class' }),
      serialize.bind(),
      ...[step, step, step],
      serialize.sync(),
    )
    const said =
      "select trim(querytxt) from stl_query where querytxt like 'select%extended%' or querytxt like 'select * from pg_class%'"
    expect(await column(said)).to.deep.equal([
      'select $1::int as extended',
      'select * from pg_class',
    ])
  })

  it('has COPY under the number that the history of loads has', async () => {
    redshift.put('bucket/t', '{"a": 1}')
    await client.query('create table filled (a int)')
    await client.query("copy filled from 's3://bucket/t' iam_role default json 'auto'")
    await client.query("select 'behind the copy'")
    const said = await column(
      "select trim(querytxt) from stl_query where query >= pg_last_copy_id() and querytxt not like '%stl_query%' order by query",
    )
    expect(said).to.deep.equal([
      "copy filled from 's3://bucket/t' iam_role default json 'auto'",
      "select 'behind the copy'",
    ])
  })

  it('shows no secret', async () => {
    const secret = "credentials 'aws_access_key_id=AKIA;aws_secret_access_key=hush'"
    await client.query(`copy filled from 's3://none/x' ${secret} json 'auto'`).catch(() => {})
    const said =
      "select trim(querytxt) from stl_query where querytxt like '%s3://none%' order by query limit 1"
    expect(await column(said)).to.deep.equal([
      "copy filled from 's3://none/x' credentials '***' json 'auto'",
    ])
  })

  it('keeps the latest 2,000', async () => {
    for (let i = 0; i < 21; i++) await client.query(Array(100).fill('select 1').join(';'))
    expect(await column('select count(*) from sys_query_history')).to.deep.equal(['2000'])
    expect(await column('select count(distinct query_id) from sys_query_history')).to.deep.equal([
      '2000',
    ])
  })

  it('leaves to a refusal by name only what is not there', async () => {
    const engine = await redshift.engine()
    const { rows } = await engine.query('select relname from pg_class where relname = any ($1)', [
      [...relationsNotKept],
    ])
    expect(rows).to.deep.equal([])
  })
})
