import { expect } from 'chai'
import type { Client } from 'pg'
import { served } from './local-redshift'

describe('a table that gets many rows at once', () => {
  const redshift = served()
  let client: Client

  const digits = '(select 0 as d union all select 1 union all select 2 union all select 3)'
  const numbers = `select a.d + 4 * b.d + 16 * c.d + 64 * e.d + 256 * f.d + 1024 * g.d + 4096 * h.d as n
    from ${digits} a, ${digits} b, ${digits} c, ${digits} e, ${digits} f, ${digits} g, ${digits} h`
  const fill = `insert into plays select n, repeat('x', 900) from (${numbers} order by 1)`
  const plan = async (where: string) => {
    const { rows } = await client.query<Record<string, string>>(
      `explain select * from plays where ${where}`,
    )
    return rows.map((row) => Object.values(row)[0]).join('\n')
  }

  beforeEach(async () => {
    client = await redshift.client()
    await client.query('drop table if exists plays')
    await client.query('create table plays (ts bigint, song varchar(1000))')
  })

  it('is read in part where a literal bounds a column that grows, whichever way the rows came', async () => {
    await client.query(fill)
    expect(await plan('ts between 100 and 200')).to.match(/zone_map/)
    await client.query('begin')
    await client.query(fill.replace('select n', 'select n + 20000'))
    expect(await plan('ts between 100 and 200')).to.match(/zone_map/)
    const { rows } = await client.query(
      'select count(*) as c from plays where ts between 16000 and 20100',
    )
    expect(rows).to.deep.equal([{ c: '485' }])
    await client.query('commit')
  })

  it('is empty of them behind TRUNCATE, so that its next rows come before the map', async () => {
    await client.query(fill)
    const engine = await redshift.engine()
    const maps = "select relname from pg_class where relname like 'zone_map%'"
    expect((await engine.query(maps)).rows).to.have.length(1)
    await client.query('truncate table plays')
    expect((await engine.query(maps)).rows).to.deep.equal([])
    await client.query(fill)
    expect(await plan('ts between 100 and 200')).to.match(/zone_map/)
  })

  it('gets no index that a client could see', async () => {
    await client.query(fill)
    for (const sql of [
      "select relname from pg_class where relname like 'zone%'",
      "select relname from pg_catalog.pg_class where pg_class.relname like 'zone%'",
      "select * from pg_index as i join pg_class as c on c.oid = i.indrelid and relname = 'plays'",
      "select * from pg_indexes where tablename = 'plays'",
    ]) {
      expect((await client.query(sql)).rows, sql).to.deep.equal([])
    }
    await client.query('alter table plays drop column ts')
    await client.query('drop table plays')
  })

  it('is filled also where somebody else holds a lock that is in the way', async () => {
    const other = await redshift.client()
    await other.query('begin')
    await other.query("insert into plays values (1, 'one')")
    await client.query(fill)
    await other.query('commit')
    expect((await client.query('select count(*) as c from plays')).rows).to.deep.equal([
      { c: '16385' },
    ])
  })
})
