import { expect } from 'chai'
import { installCatalog } from '../../../redshift-local/catalog/install'
import { LocalRedshiftError } from '../../../redshift-local/errors'
import { connect, createDatabase, rows, useDialect } from '../dialect/warehouse'

describe('installCatalog', () => {
  useDialect()

  it('is done once, however many do it at once, and again after another version', async () => {
    await createDatabase('fresh')
    const clients = await Promise.all([connect('fresh'), connect('fresh'), connect('fresh')])
    await Promise.all(clients.map((client) => installCatalog(client)))
    await clients[0].query("comment on schema redshift_catalog is 'older'")
    await Promise.all(clients.map((client) => installCatalog(client)))
    const { rows: told } = await clients[1].query('select count(*)::int as n from pg_table_def')
    expect(told).to.deep.equal([{ n: 0 }])
  })

  it('says whom it waits for, gives up, and is done once they have ended', async () => {
    await createDatabase('busy')
    const [client, other] = await Promise.all([connect('busy'), connect('busy')])
    await installCatalog(client)
    await client.query("comment on schema redshift_catalog is 'older'")
    await other.query("set application_name = 'a notebook'; begin; select * from pg_table_def")
    const { rows: pids } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    const failed = await installCatalog(client, 50).catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(LocalRedshiftError)
    expect((failed as Error).message)
      .to.contain(`session ${pids[0]!.pid} (a notebook), in a transaction since `)
      .and.to.contain('End what they do, or wait for it, and try again.')
    await other.query('commit')
    await installCatalog(client, 50)
    const { rows: told } = await client.query('select count(*)::int as n from pg_table_def')
    expect(told).to.deep.equal([{ n: 0 }])
  })

  it('keeps its own schema out of what users are told', async () => {
    for (const sql of [
      "select 1 from information_schema.tables where table_schema = 'redshift_catalog'",
      "select 1 from information_schema.schemata where schema_name = 'redshift_catalog'",
      "select 1 from pg_table_def where schemaname in ('redshift_catalog', 'pg_catalog')",
      "select 1 from svv_columns where table_schema = 'redshift_catalog'",
    ]) {
      expect(await rows(sql)).to.deep.equal([])
    }
  })
})
