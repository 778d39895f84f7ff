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

  it('makes views of users again that read views of ours, with their owners, rights and comments', async () => {
    await createDatabase('viewed')
    const client = await connect('viewed')
    await installCatalog(client)
    await client.query(`
      set session authorization awsuser;
      create schema admin;
      create view admin.tables as select relname from redshift_catalog.pg_class where relname = 'pg_class';
      create view admin.names as select relname as "Name" from admin.tables;
      grant select on admin.names to public;
      comment on view admin.names is 'what there is';
      reset session authorization;
      comment on schema redshift_catalog is 'older'`)
    await installCatalog(client)
    const { rows: told } = await client.query(`
      select "Name", obj_description('admin.names'::regclass) as said,
        pg_get_userbyid((select relowner from pg_class where oid = 'admin.names'::regclass)) as owner,
        (select relacl::text from pg_class where oid = 'admin.names'::regclass) ~ '[{,]=r/' as for_all
      from admin.names`)
    expect(told).to.deep.equal([
      { Name: 'pg_class', said: 'what there is', owner: 'awsuser', for_all: true },
    ])
  })

  it('makes views of users again that read of pg_user what the engine told', async () => {
    await createDatabase('peopled')
    const client = await connect('peopled')
    await client.query('create view people as select usename from pg_user')
    await installCatalog(client)
    const { rows: told } = await client.query(
      "select usename from people where usename = 'awsuser'",
    )
    expect(told).to.deep.equal([{ usename: 'awsuser' }])
  })

  it('makes functions again that gave another result, and keeps of those gone what a view of a user calls', async () => {
    await createDatabase('called')
    const client = await connect('called')
    await installCatalog(client)
    await client.query(`
      drop function redshift_catalog.is_permitted(text);
      create function redshift_catalog.is_permitted(permission text) returns text language sql as 'select permission';
      create function redshift_catalog.former() returns integer language sql as 'select 1';
      create function redshift_catalog.former_in_view() returns integer language sql as 'select 2';
      create view caller as select redshift_catalog.former_in_view() as number;
      comment on schema redshift_catalog is 'older'`)
    await installCatalog(client)
    const { rows: told } = await client.query(`
      select pg_get_function_result('redshift_catalog.is_permitted(text)'::regprocedure) as result,
        to_regprocedure('redshift_catalog.former()') as former, number
      from caller`)
    expect(told).to.deep.equal([{ result: 'boolean', former: null, number: 2 }])
  })

  it('lets everybody read the information schema also after another version', async () => {
    await createDatabase('informed')
    const client = await connect('informed')
    await installCatalog(client)
    await client.query("comment on schema redshift_catalog is 'older'")
    await installCatalog(client)
    const { rows: told } = await client.query(`
      select relname from pg_class
      where relnamespace = 'information_schema'::regnamespace and relname in ('table_constraints', 'key_column_usage')
        and has_table_privilege('awsuser', oid, 'select')
      order by relname`)
    expect(told).to.deep.equal([{ relname: 'key_column_usage' }, { relname: 'table_constraints' }])
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
