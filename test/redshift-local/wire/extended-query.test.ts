import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { served } from './local-redshift'
import { type RawClient, inWords, rowOf } from './raw-client'

const { parse, bind, describe: describing, execute, close } = serialize
const sync = serialize.sync()

/** What a driver sends for one statement. */
function statement(text: string, values: string[] = []): Buffer[] {
  return [parse({ text }), bind({ values }), describing({ type: 'P' }), execute(), sync]
}

describe('the extended protocol', () => {
  const redshift = served()
  let client: RawClient

  before(async () => {
    redshift.put('bucket/t', '{"n": 1} {"n": 2}')
    const maker = await redshift.raw()
    await maker.query('create table t (n int not null)')
  })

  beforeEach(async () => {
    client = await redshift.raw()
    await client.query('rollback; truncate t')
  })

  async function rows(): Promise<string[]> {
    const other = await redshift.raw()
    const told = await other.query('select n from t order by n')
    other.socket.destroy()
    return told.filter((word) => word.startsWith('D ')).map((word) => word.slice(2))
  }

  it('keeps named statements and portals, until they are closed', async () => {
    await client.query('insert into t values (1), (2), (3)')
    const named = parse({ name: 's', text: 'select n from t where n > $1 order by n' })
    expect(
      await client.ask(
        named,
        bind({ statement: 's', portal: 'p', values: ['1'] }),
        bind({ statement: 's', portal: 'q', values: ['2'] }),
        execute({ portal: 'q' }),
        execute({ portal: 'p' }),
        close({ type: 'P', name: 'p' }),
        sync,
      ),
    ).to.deep.equal(
      ['1', '2', '2', 'D 3', 'C SELECT 1', 'D 2', 'D 3', 'C SELECT 2', '3', 'Z I'],
    ) // prettier-ignore
    expect(await client.ask(named, sync)).to.deep.equal([
      'E ERROR 42P05 prepared statement "s" already exists',
      'Z I',
    ])
    const again = [bind({ statement: 's', values: ['2'] }), execute(), sync]
    expect(await client.ask(...again)).to.deep.equal(['2', 'D 3', 'C SELECT 1', 'Z I'])
    expect(await client.ask(close({ type: 'S', name: 's' }), sync)).to.deep.equal(['3', 'Z I'])
    expect((await client.ask(...again))[0]).to.equal(
      'E ERROR 26000 prepared statement "s" does not exist',
    )
    expect((await client.ask(named, ...again))[0]).to.equal('1')
  })

  it('takes one unnamed statement for another', async () => {
    expect(await client.ask(parse({ text: 'select 1' }), ...statement('select 2'))).to.deep.equal(
      ['1', '1', '2', 'T', 'D 2', 'C SELECT 1', 'Z I'],
    ) // prettier-ignore
  })

  it('forgets portals at the end of their transaction', async () => {
    const left = [parse({ text: 'select 1' }), bind({ portal: 'p' }), sync]
    await client.ask(...left)
    const gone = ['E ERROR 34000 portal "p" does not exist', 'Z I']
    expect(await client.ask(execute({ portal: 'p' }), sync)).to.deep.equal(gone)
    await client.query('begin')
    await client.ask(...left)
    expect(await client.ask(execute({ portal: 'p' }), sync)).to.include('D 1')
    await client.query('commit')
    expect(await client.ask(execute({ portal: 'p' }), sync)).to.deep.equal(gone)
  })

  it('gives as many rows as are asked for, and the next when asked again', async () => {
    await client.query('insert into t values (1), (2), (3)')
    const told = await client.ask(
      parse({ text: 'select n from t order by n' }),
      bind(),
      execute({ rows: 2 }),
      execute({ rows: 2 }),
      execute({ rows: 2 }),
      sync,
    )
    const answers = ['D 1', 'D 2', 's', 'D 3', 'C SELECT 1', 'C SELECT 0', 'Z I']
    expect(told).to.deep.equal(['1', '2', ...answers])
  })

  it('describes a statement by its parameters and its columns', async () => {
    client.send(
      parse({ name: 's', text: 'select n, nvl($1, n) as x from t where n > $2::bigint' }),
      describing({ type: 'S', name: 's' }),
      parse({ name: 'i', text: 'insert into t values ($1)' }),
      describing({ type: 'S', name: 'i' }),
      sync,
    )
    const replies = await client.replies()
    expect(replies.map(({ type }) => type).join('')).to.equal('1tT1tnZ')
    expect(replies[1]!.body.toString('hex')).to.equal('00020000001700000014')
    expect(replies[2]!.body.readInt16BE(0)).to.equal(2)
  })

  it('gives binary results where they are asked for', async () => {
    client.send(parse({ text: "select 258, 'é'" }), bind({ binary: true }), execute(), sync)
    const row = (await client.replies()).find(({ type }) => type === 'D')!.body
    expect(row.toString('hex')).to.equal('0002' + '0000000400000102' + '00000002c3a9')
  })

  it('gives and takes in binary what pgjdbc does from the fifth use of a statement on', async () => {
    const int64 = (value: bigint) => value.toString(16).padStart(16, '0')
    const microseconds = (6893n * 86_400n + 1826n) * 1_000_000n + 796_000n // since 2000
    const all: [type: string, hex: string][] = [
      ['bigint', int64(1n)],
      ['smallint', '0007'],
      ['float8', '3ff8000000000000'],
      ['real', '40200000'],
      ['boolean', '01'],
      ['date', '00001aed'],
      ['timestamp', int64(microseconds)],
      ['timestamptz', int64(microseconds)],
    ]
    const text = `select ${all.map(([type], i) => `$${i + 1}::${type}`).join(', ')}`
    const values = all.map(([, hex]) => Buffer.from(hex, 'hex'))
    client.send(parse({ name: 'S_1', text }))
    client.send(bind({ statement: 'S_1', values, binary: true }), execute(), sync)
    const row = (await client.replies()).find(({ type }) => type === 'D')!.body
    const lengths = values.map(({ length }) => length.toString(16).padStart(8, '0'))
    const expected = all.map(([, hex], i) => lengths[i]! + hex).join('')
    expect(row.subarray(2).toString('hex')).to.equal(expected)
  })

  it('carries out a batch as pgjdbc sends it, and leaves nothing of one that fails', async () => {
    const use = (value: string) => [
      bind({ statement: 'S_2', values: [value] }),
      describing({ type: 'P' }),
      execute(),
    ]
    const prepared = parse({ name: 'S_2', text: 'insert into t values ($1)', types: [23] })
    const begin = [parse({ name: 'S_3', text: 'BEGIN' }), bind({ statement: 'S_3' }), execute()]
    const told = await client.ask(...begin, prepared, ...use('1'), ...use('2'), sync)
    const each = ['2', 'n', 'C INSERT 0 1']
    expect(told).to.deep.equal(['1', '2', 'C BEGIN', '1', ...each, ...each, 'Z T'])
    await client.query('commit')
    const failed = await client.ask(...use('3'), ...use('many'), ...use('4'), sync)
    expect(failed.slice(0, 3)).to.deep.equal(each)
    expect(failed[3]).to.match(/^E ERROR 22P02 /)
    expect(await rows()).to.deep.equal(['1', '2'])
  })

  it('takes parameters in binary, and NULL', async () => {
    const values = [Buffer.from([0, 0, 0, 7]), null]
    const text = 'select $1::int + 1, $2::int'
    const told = await client.ask(parse({ text }), bind({ values }), execute(), sync)
    expect(told).to.deep.equal(['1', '2', 'D 8|', 'C SELECT 1', 'Z I'])
  })

  for (const [what, broken] of [
    ['the engine refuses', parse({ text: 'select x' })],
    ['is refused by name', parse({ text: 'create index i on t (n)' })],
    ['is no statement', parse({ text: 'selec 1' })],
    ['is two', parse({ text: 'select 1; select 2' })],
    ['fails only when it is bound', bind({ statement: 'missing' })],
    ['fails only when it runs', execute({ portal: 'missing' })],
    ['is not to be described', describing({ type: 'P', name: 'missing' })],
  ] as const) {
    it(`skips everything from what ${what} to Sync, and undoes what was before`, async () => {
      const insert = statement('insert into t values (1)').slice(0, -1)
      const told = await client.ask(...insert, broken, ...insert, serialize.query('select 1'), sync)
      expect(told.slice(0, 4)).to.deep.equal(['1', '2', 'n', 'C INSERT 0 1'])
      expect(told[4]).to.match(/^E ERROR /)
      expect(told.slice(5)).to.deep.equal(['Z I'])
      expect(await rows()).to.deep.equal([])
      expect(await client.ask(...statement('select 1'))).to.include('D 1')
    })

    it(`fails the block in which a message ${what}`, async () => {
      await client.query('begin')
      expect((await client.ask(broken, sync)).at(-1)).to.equal('Z E')
      const [error, ready] = await client.ask(...statement('select 1'))
      expect(error).to.match(/^E ERROR 25P02/)
      expect(ready).to.equal('Z E')
      expect(await client.ask(...statement('rollback'))).to.include.members(['C ROLLBACK', 'Z I'])
      expect(await client.ask(...statement('select 1'))).to.include('D 1')
    })
  }

  it('answers many messages of one write in their order', async () => {
    const many = Array.from({ length: 500 }, (_, n) => statement('select $1::int', [`${n}`]))
    client.send(...many.flat())
    const replies = await client.replies('Z', many.length)
    const values = replies.filter(({ type }) => type === 'D').map(({ body }) => rowOf(body)[0])
    expect(values).to.deep.equal(many.map((_, n) => `${n}`))
  })

  it('is one transaction up to Sync', async () => {
    const insert = (n: string) => statement('insert into t values ($1)', [n]).slice(0, -1)
    await client.ask(...insert('1'), ...insert('2'), sync)
    expect(await rows()).to.deep.equal(['1', '2'])
  })

  it('answers a Flush with nothing, and an empty query with what it is', async () => {
    const told = await client.ask(serialize.flush(), ...statement(''))
    expect(told).to.deep.equal(['1', '2', 'n', 'I', 'Z I'])
  })

  it('carries out CREATE TABLE, with all that is recorded of it', async () => {
    const told = await client.ask(
      ...statement('create table made (a int) diststyle all sortkey (a)'),
    )
    expect(told).to.deep.equal(['1', '2', 'n', 'C CREATE TABLE', 'Z I'])
    const seen = await client.query("select sortkey from pg_table_def where tablename = 'made'")
    expect(seen).to.include('D 1')
    await client.query('begin')
    await client.ask(...statement('create table undone (a int)'))
    await client.query('rollback')
    expect((await client.query('select * from undone'))[0]).to.match(/^E ERROR 42P01/)
  })

  it('goes on after a hidden step has failed', async () => {
    const engine = await redshift.engine()
    await engine.query(`
      create function refuse() returns trigger language plpgsql as
      $$begin raise 'not recorded'; end$$`)
    await engine.query(
      'create trigger refuse before insert on redshift_catalog.table_design execute function refuse()',
    )
    for (let times = 0; times < 2; times++) {
      const told = await client.ask(...statement('create table half (a int) diststyle all'))
      expect(told).to.deep.equal(['1', '2', 'n', 'E ERROR P0001 not recorded', 'Z I'])
    }
    await engine.query('drop function refuse cascade')
    expect(await client.ask(...statement('create table half (a int) diststyle all'))).to.include(
      'C CREATE TABLE',
    )
  })

  it('carries out COPY', async () => {
    const copy = "copy t from 's3://bucket/t' iam_role default json 'auto'"
    const told = await client.ask(...statement(copy))
    expect(told).to.deep.equal([
      '1',
      '2',
      'n',
      "N INFO 00000 Load into table 't' completed, 2 record(s) loaded successfully.",
      'C COPY',
      'Z I',
    ])
    expect(await rows()).to.deep.equal(['1', '2'])
    await client.query('begin')
    await client.ask(...statement(copy))
    expect(await client.ask(...statement('select count(*) from t'))).to.include('D 4')
    await client.query('rollback')
    expect(await rows()).to.deep.equal(['1', '2'])
  })

  it('tells of a COPY that fails, and goes on', async () => {
    redshift.put('bucket/bad', '{"n": "x"}')
    const copy = "copy t from 's3://bucket/bad' iam_role default json 'auto'"
    for (const block of [false, true]) {
      if (block) await client.query('begin')
      const told = await client.ask(...statement(copy), ...statement('select 1'))
      expect(told.slice(3)).to.deep.equal([
        "E ERROR XX000 Load into table 't' failed.  Check 'stl_load_errors' system table for details.",
        block ? 'Z E' : 'Z I',
      ])
      const after = (await client.replies()).map(inWords)
      if (block) expect(after[0]).to.match(/^E ERROR 25P02/)
      else expect(after).to.include('D 1')
      await client.query('rollback')
    }
    expect(await rows()).to.deep.equal([])
  })

  it('keeps a prepared COPY for as often as it is wanted', async () => {
    const text = "copy t from 's3://bucket/t' iam_role default json 'auto'"
    await client.ask(parse({ name: 'load', text }), sync)
    for (let times = 0; times < 2; times++)
      await client.ask(bind({ statement: 'load' }), execute(), sync)
    expect(await rows()).to.deep.equal(['1', '1', '2', '2'])
    expect((await client.ask(execute(), sync))[0]).to.equal(
      'E ERROR 34000 portal "" does not exist',
    )
  })

  it('commits at TRUNCATE what the block has done', async () => {
    await client.query('begin; insert into t values (1)')
    expect(await client.ask(...statement('truncate t'))).to.include.members([
      'C TRUNCATE TABLE',
      'Z I',
    ])
  })

  it('tells of a commit that fails', async () => {
    const engine = await redshift.engine()
    await engine.query('create table once (a int unique deferrable initially deferred)')
    await engine.query('alter table once owner to awsuser')
    const told = await client.ask(...statement('insert into once values (1), (1)'))
    expect(told.slice(0, 4)).to.deep.equal(['1', '2', 'n', 'C INSERT 0 2'])
    expect(told.at(-2)).to.match(/^E ERROR 23505/)
    expect(told.at(-1)).to.equal('Z I')
    expect(await client.ask(...statement('select 1'))).to.include('D 1')
  })

  it('refuses more parameters than Redshift takes', async () => {
    const list = Array.from({ length: 32768 }, (_, i) => `$${i + 1}`)
    const values = list.map(() => '1')
    const types = list.map(() => 23)
    const told = await client.ask(
      parse({ text: `select 1 where 1 in (${list.join(', ')})`, types }),
      bind({ values }),
      execute(),
      sync,
    )
    expect(told).to.deep.equal([
      '1',
      'E ERROR 08P01 Prepared statement exceeds bind parameter limit 32767.',
      'Z I',
    ])
  })

  it('takes statements that SQL prepared', async () => {
    await client.query('prepare p as select n from t')
    expect((await client.query('execute p')).at(-2)).to.equal('C SELECT 0')
    expect(await client.ask(bind({ statement: 'p' }), execute(), sync)).to.deep.equal([
      '2',
      'C SELECT 0',
      'Z I',
    ])
  })

  it('gives the place of an error in the text of the client', async () => {
    client.send(parse({ text: 'select nvl(1, 2), x' }), sync)
    const [error] = await client.replies()
    expect(error!.body.toString()).to.include('\0P19\0')
  })

  const alias = 'select n + $1 as a, a * 2 as b from t where n > $2 order by b'

  it('asks at Parse what a name means, within the transaction', async () => {
    await client.query('begin; create temp table t (n int); insert into t values (1), (2)')
    const named = parse({ name: 's', text: alias, types: [23, 23] })
    expect(await client.ask(named, describing({ type: 'S', name: 's' }), sync)).to.deep.equal(
      ['1', 't', 'T', 'Z T'],
    ) // prettier-ignore
    const again = [bind({ statement: 's', values: ['1', '0'] }), execute(), sync]
    const answer = ['2', 'D 2|4', 'D 3|6', 'C SELECT 2', 'Z T']
    expect(await client.ask(...again)).to.deep.equal(answer)
    expect(await client.ask(...again)).to.deep.equal(answer)
    await client.query('rollback')
  })

  it('tells as the error of a statement what the engine says to a question', async () => {
    const missing = alias.replace('from t', 'from missing')
    const error = 'E ERROR 42P01 relation "missing" does not exist'
    expect(await client.ask(...statement(missing))).to.deep.equal([error, 'Z I'])
    await client.query('begin')
    expect(await client.ask(...statement(missing))).to.deep.equal([error, 'Z E'])
    const aborted = await client.ask(...statement(alias, ['1', '2']))
    expect(aborted[0]).to.match(/^E ERROR 25P02 /)
    await client.query('rollback')
    expect(await client.ask(...statement(alias, ['1', '2']))).to.deep.equal(
      ['1', '2', 'T', 'C SELECT 0', 'Z I'],
    ) // prettier-ignore
  })
})
