import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { type RawClient, fieldsOf } from './raw-client'
import { served } from './local-redshift'

describe('the simple protocol', () => {
  const redshift = served()
  let client: RawClient

  before(async () => {
    const maker = await redshift.raw()
    await maker.query('create table t (n int not null)')
  })

  beforeEach(async () => {
    client = await redshift.raw()
    await client.query('rollback; truncate t')
  })

  it('goes on after a statement that is nested too deep', async () => {
    const sql = Array.from({ length: 5000 }, () => 'select 1').join(' union all ')
    expect(await error(sql)).to.include({ S: 'ERROR', C: '54001' })
    expect(await client.query('select 2')).to.include('D 2')
  })

  async function rows(): Promise<string[]> {
    const other = await redshift.raw()
    const told = await other.query('select n from t order by n')
    other.socket.destroy()
    return told.filter((word) => word.startsWith('D ')).map((word) => word.slice(2))
  }

  async function error(sql: string): Promise<Record<string, string>> {
    client.send(serialize.query(sql))
    const replies = await client.replies()
    return fieldsOf(replies.find(({ type }) => type === 'E')!.body)
  }

  it('answers each statement of a message', async () => {
    const told = await client.query('insert into t values (1); select n from t;; select 2')
    expect(told).to.deep.equal([
      'C INSERT 0 1',
      'T',
      'D 1',
      'C SELECT 1',
      'T',
      'D 2',
      'C SELECT 1',
      'Z I',
    ])
    expect(await rows()).to.deep.equal(['1'])
  })

  it('reads the first view that is bound late in the message that makes it', async () => {
    const told = await client.query(
      'create view late as select 7 as n with no schema binding; select n from late; drop view late',
    )
    expect(told).to.include('D 7')
  })

  for (const sql of ['', ' ;; ', '-- nothing', '/* nothing */;']) {
    it(`answers an empty query: ${JSON.stringify(sql)}`, async () => {
      expect(await client.query(sql)).to.deep.equal(['I', 'Z I'])
    })
  }

  it('takes the statements of a message as one transaction', async () => {
    const told = await client.query(
      'insert into t values (1); insert into t values (2); insert into t values (null); select 1',
    )
    expect(told).to.deep.equal([
      'C INSERT 0 1',
      'C INSERT 0 1',
      'E ERROR 23502 Cannot insert a NULL value into column n',
      'Z I',
    ])
    expect(await rows()).to.deep.equal([])
  })

  const mixed: [sql: string, status: string, kept: string[]][] = [
    ['insert into t values (1); commit; insert into t values (null)', 'I', ['1']],
    ['insert into t values (1); rollback; insert into t values (2)', 'I', ['2']],
    ['insert into t values (1); begin; insert into t values (2); commit', 'I', ['1', '2']],
    ['insert into t values (1); begin; insert into t values (2); rollback', 'I', []],
    ['begin; insert into t values (1); commit; insert into t values (null)', 'I', ['1']],
    ['begin; insert into t values (1); commit; select x', 'I', ['1']],
    ['insert into t values (1); begin', 'T', []],
    ['insert into t values (1); begin; select x', 'E', []],
    ['begin; insert into t values (1); end; begin; insert into t values (2)', 'T', ['1']],
    ['insert into t values (1); truncate t; insert into t values (2); select x', 'I', []],
  ]

  for (const [sql, status, kept] of mixed) {
    it(`ends in ${status} and keeps ${kept.join(', ') || 'nothing'}: ${sql}`, async () => {
      expect((await client.query(sql)).at(-1)).to.equal(`Z ${status}`)
      expect(await rows()).to.deep.equal(kept)
    })
  }

  it('does not tell a statement complete that is then undone', async () => {
    const told = await client.query('insert into t values (1); create table t (n int)')
    expect(told.slice(1)).to.deep.equal(['E ERROR 42P07 Relation "t" already exists', 'Z I'])
    expect(await rows()).to.deep.equal([])
  })

  it('tells the state of the transaction', async () => {
    const states: [sql: string, answer: string[]][] = [
      ['begin', ['C BEGIN', 'Z T']],
      ['insert into t values (1)', ['C INSERT 0 1', 'Z T']],
      ['select x', ['E ERROR 42703 column "x" does not exist', 'Z E']],
      [
        'select 1',
        [
          'E ERROR 25P02 current transaction is aborted, commands ignored until end of transaction block',
          'Z E',
        ],
      ],
      ['commit', ['C ROLLBACK', 'Z I']],
      ['start transaction', ['C START TRANSACTION', 'Z T']],
      ['end', ['C COMMIT', 'Z I']],
    ]
    for (const [sql, answer] of states) expect(await client.query(sql)).to.deep.equal(answer)
    expect(await rows()).to.deep.equal([])
  })

  it('warns of BEGIN within a block, and of COMMIT outside of one', async () => {
    await client.query('begin')
    expect(await client.query('begin')).to.deep.equal([
      'N WARNING 25001 there is already a transaction in progress',
      'C BEGIN',
      'Z T',
    ])
    await client.query('commit')
    expect(await client.query('commit')).to.deep.equal([
      'N WARNING 25P01 there is no transaction in progress',
      'C COMMIT',
      'Z I',
    ])
  })

  for (const refused of [
    'create index i on t (n)',
    'insert into t values (2) returning n',
    'selec 1',
    "copy t from 's3://nowhere/x' iam_role default format orc",
  ]) {
    it(`fails the block that a refused statement stands in: ${refused}`, async () => {
      await client.query('begin; insert into t values (1)')
      const [answer, status] = await client.query(refused)
      expect(answer).to.match(/^E ERROR (0A000|42601) /)
      expect(status).to.equal('Z E')
      expect((await client.query('select 1'))[0]).to.match(/^E ERROR 25P02 /)
      expect(await client.query('rollback')).to.deep.equal(['C ROLLBACK', 'Z I'])
      expect((await client.query(refused)).at(-1)).to.equal('Z I')
      expect(await rows()).to.deep.equal([])
    })
  }

  it('commits at TRUNCATE what the block has done', async () => {
    await client.query('begin; insert into t values (1); create table made (a int)')
    expect(await client.query('truncate t')).to.deep.equal(['C TRUNCATE TABLE', 'Z I'])
    await client.query('rollback')
    expect(await rows()).to.deep.equal([])
    expect((await client.query('drop table made'))[0]).to.equal('C DROP TABLE')
  })

  it('makes a table with all that is to be recorded of it, or not at all', async () => {
    const engine = await redshift.engine()
    await engine.query(`
      create function refuse() returns trigger language plpgsql as
      $$begin raise 'not recorded'; end$$`)
    await engine.query(
      'create trigger refuse before insert on redshift_catalog.table_design execute function refuse()',
    )
    const told = await client.query('create table half (a int) diststyle all')
    await engine.query('drop function refuse cascade')
    expect(told).to.deep.equal(['E ERROR P0001 not recorded', 'Z I'])
    expect(await client.query('select * from half')).to.deep.equal([
      'E ERROR 42P01 relation "half" does not exist',
      'Z I',
    ])
  })

  it('refuses in a block, and in a message with others, what runs alone only', async () => {
    await client.query('create table sized (a varchar(10))')
    for (const [sql, command] of [
      ['vacuum t', 'VACUUM'],
      ['alter table sized alter column a type varchar(20)', 'ALTER TABLE ALTER COLUMN TYPE'],
    ]) {
      const refusal = `E ERROR 25001 ${command} cannot run inside a transaction block`
      await client.query('begin')
      expect(await client.query(sql!)).to.deep.equal([refusal, 'Z E'])
      await client.query('rollback')
      expect(await client.query(`select 1; ${sql}`)).to.include(refusal)
      expect((await client.query(sql!)).at(-1)).to.equal('Z I')
      expect((await client.query(sql!))[0]).to.match(/^C /)
    }
    await client.query('drop table sized')
  })

  it('passes notices on, in the words of Redshift', async () => {
    expect(await client.query('drop table if exists missing')).to.deep.equal([
      'N NOTICE 00000 Table "missing" does not exist and will be skipped',
      'C DROP TABLE',
      'Z I',
    ])
    expect((await client.query('create table if not exists t (n int)'))[0]).to.match(
      /^N \w+ 42P07 Relation "t" already exists and will be skipped$/,
    )
  })

  const places: [sql: string, at: string | undefined][] = [
    ['select x', 'x'],
    ['select 1; select x', 'x'],
    ['select 1; /* select y; */ select y', 'y'],
    ["select 'é😀'; select 'é😀', x", 'x'],
    ["select nvl(1, 2) from t where 'é' = x", 'x'],
    ['select x, nvl(1, 2)', 'x,'],
    ['select nvl(1, 2), x, nvl(1, 2)', undefined],
    ['select 1; selec 2', 'selec'],
    ['create table u as select x from t', 'x'],
  ]

  for (const [sql, at] of places) {
    const where = at === undefined ? 'no place where there is none' : `the place of ${at}`
    it(`gives ${where}: ${sql}`, async () => {
      const { P } = await error(sql)
      const place = at === undefined ? undefined : sql.lastIndexOf(at)
      expect(P).to.equal(place === undefined ? undefined : `${[...sql.slice(0, place)].length + 1}`)
    })
  }

  it('refuses a function call', async () => {
    const call = Buffer.concat([Buffer.from('F'), Buffer.from([0, 0, 0, 4])])
    expect(await client.ask(call)).to.deep.equal([
      'E ERROR 0A000 The function call protocol is not supported.',
      'Z I',
    ])
    expect(await client.query('select 1')).to.include('D 1')
  })

  it('ignores the rest of a COPY that there is not', async () => {
    const rest = ['d', 'c', 'f'].map((type) => Buffer.from(`${type}\0\0\0\x05x`))
    client.send(...rest)
    expect(await client.query('select 1')).to.deep.equal(['T', 'D 1', 'C SELECT 1', 'Z I'])
  })

  it('tells of parameters that change', async () => {
    const told = await client.query("set timezone to 'Europe/Berlin'")
    expect(told).to.include('S TimeZone=Europe/Berlin')
    const encoding = (name: string) => [`S client_encoding=${name}`, 'C SET', 'Z I']
    for (const name of ['UTF8', 'sql_ascii']) {
      expect(await client.query(`set client_encoding to '${name}'`)).to.deep.equal(encoding(name))
    }
    expect(await client.query('reset client_encoding')).to.deep.equal([
      'S client_encoding=UNICODE',
      'C RESET',
      'Z I',
    ])
  })
})
