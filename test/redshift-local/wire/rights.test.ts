import { expect } from 'chai'
import { Client } from 'pg'
import { served } from './local-redshift'

describe('the user of a session, a superuser as far as Redshift goes', () => {
  const redshift = served()
  let client: Client
  let notices: (string | undefined)[]

  const rows = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows

  before(async () => {
    const first = await redshift.client()
    await first.query("create table plays (song varchar(10)); insert into plays values ('one')")
    await first.query('create schema attic; create table attic.old as select * from plays')
  })

  beforeEach(async () => {
    client = await redshift.client()
    notices = []
    client.on('notice', ({ message }) => notices.push(message))
  })

  it('is told that it is one', async () => {
    expect(
      await rows('select usesuper, usecreatedb from pg_user where usename = current_user'),
    ).to.deep.equal([{ usesuper: true, usecreatedb: true }])
    expect(await rows('show is_superuser')).to.deep.equal([{ is_superuser: 'on' }])
    const raw = await redshift.raw(null)
    const replies = await raw.signIn({ user: 'me' })
    expect(replies.map(({ body }) => body.toString())).to.include('is_superuser\0on\0')
  })

  for (const sql of ['vacuum', 'analyze']) {
    it(`runs ${sql} on all tables, and is told of none that it may not`, async () => {
      await client.query(sql)
      expect(notices).to.deep.equal([])
    })
  }

  for (const what of [
    'all on plays',
    'select on plays',
    'all on schema attic',
    'all on attic.old',
  ]) {
    it(`keeps its rights when they are revoked: ${what}`, async () => {
      await client.query(`revoke ${what} from awsuser`)
      expect(await rows('select song from plays')).to.deep.equal([{ song: 'one' }])
      expect(await rows('select song from attic.old')).to.deep.equal([{ song: 'one' }])
    })
  }

  it('keeps them in its own transaction, and not what is rolled back', async () => {
    await client.query('begin')
    await client.query('revoke all on plays from awsuser')
    await client.query("insert into plays values ('two')")
    await client.query('rollback')
    expect(await rows('select song from plays')).to.deep.equal([{ song: 'one' }])
  })

  it('writes a comment on the database, and on no other', async () => {
    await client.query("comment on database dev is 'It''s mine'")
    expect(
      await rows(
        "select shobj_description(oid, 'pg_database') as said from pg_database where datname = 'dev'",
      ),
    ).to.deep.equal([{ said: "It's mine" }])
    const error: unknown = await client
      .query("comment on database postgres is 'x'")
      .catch((reason: unknown) => reason)
    expect(error).to.include({ code: '0A000' })
  })

  it('reads what the system tells of all tables', async () => {
    expect(await rows('select "table", tbl_rows from svv_table_info order by 1')).to.deep.equal([
      { table: 'old', tbl_rows: '1' },
      { table: 'plays', tbl_rows: '1' },
    ])
    expect(await rows("select name, rows from stv_tbl_perm where name = 'plays'")).to.have.length(1)
    for (const view of [
      'stl_load_errors',
      'sys_load_history',
      'svv_transactions',
      'pg_class_info',
    ]) {
      await client.query(`select * from ${view}`)
    }
  })

  it('gives rights on, and makes and drops schemas', async () => {
    await client.query('grant all on schema attic to public; grant select on plays to public')
    await client.query('grant create, temp on database dev to public')
    await client.query(
      'create schema loft authorization awsuser; alter table plays owner to awsuser',
    )
    await client.query('drop schema loft; drop schema attic cascade')
  })
})
