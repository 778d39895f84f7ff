import { expect } from 'chai'
import { newSession } from '../../../redshift-local/dialect/parse'
import { translate } from '../../../redshift-local/dialect/translate'
import { refusal, rows, run, useDialect, values } from './warehouse'

const session = { ...newSession, lastCopyId: 12, lastCopyCount: 34 }
const main = (sql: string) => translate(sql, session).map((statement) => statement.main)

function errorOf(sql: string): unknown {
  try {
    return main(sql)
  } catch (error) {
    return error
  }
}

describe('statements', () => {
  useDialect()

  it('are split at their semicolons, wherever else one stands', () => {
    const sql = `select ';' as ";", 'it\\'s;' -- ; \n; /* ; /* ; */ */ select 2;;`
    expect(translate(sql, session).map((statement) => statement.sql)).to.deep.equal([
      `select ';' as ";", 'it\\'s;'`,
      'select 2',
    ])
  })

  for (const [what, make] of Object.entries<(n: number) => string>({
    'set operations': (n) => Array.from({ length: n }, () => 'select 1, 2').join(' union all '),
    operators: (n) => `select 1${' + 1'.repeat(n)}`,
    joins: (n) => `select 1 from t${' join t on a = b and c = d'.repeat(n)}`,
    'sub-queries': (n) => `select * from ${'(select * from '.repeat(n)}t${') as a'.repeat(n)}`,
    cases: (n) => `select ${'case when a or b then 1 else '.repeat(n)}2${' end'.repeat(n)}`,
    calls: (n) => `select ${'nvl(a, '.repeat(n)}1${')'.repeat(n)}`,
    'arms with TOP': (n) =>
      Array.from({ length: n }, () => 'select top 1 a from t').join(' union all '),
    'queries with QUALIFY': (n) =>
      `${'select * from ('.repeat(n)}t${') as q qualify rank() over (order by a) = 1'.repeat(n)}`,
  })) {
    it(`of thousands of ${what} are refused by the limit's name`, () => {
      for (const n of [3000, 12_000])
        expect(errorOf(make(n))).to.include({
          sqlstate: '54001',
          message: 'stack depth limit exceeded',
        })
      expect(main('select 1')).to.deep.equal(['select 1'])
    })
  }

  it('with thousands of aliases, each of the one before, are refused by their length', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => `a${i} + 1 as a${i + 1}`).join(', ')
    expect(errorOf(`select 1 as a0, ${chain}`)).to.include({ sqlstate: '54000' })
    expect(main(`select 1 as a0, ${chain.split(', ', 300).join(', ')}`)).to.have.length(1)
  })

  it('may have lists of any length', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => i)
    for (const sql of [
      `insert into t values ${many.map((i) => `(-${i}, 'a'::text, not true)`).join(', ')}`,
      `select 1 from t where a in (${many.map((i) => `-${i}`).join(', ')})`,
      `select 1 from t where ${many.map((i) => `a = ${i}`).join(' or ')}`,
    ]) {
      expect(main(sql)).to.have.length(1)
    }
  })

  it('may be empty', () => {
    for (const sql of ['', ' ; ', '-- nothing']) {
      expect(translate(sql, session)).to.deep.equal([{ sql, before: [], main: '', after: [] }])
    }
  })

  for (const sql of [
    "select a, b from t where x = $1 and y = 'a;b' order by a limit $2",
    'insert into "t" ("a") values ($1), (default)',
    'with recursive q (n) as (select 1 union all select n + 1 from q where n < 3) select n from q',
    'SELECT  a  -- comment\n FROM t',
    'select "level", "time", location, year from staging group by rollup (1)',
    'select row_number() over (partition by a order by b desc nulls last) from t',
    "select a from t where b ~ '^x' and c similar to 'y%' or d ilike 'z'",
    'explain select 1',
    'declare c cursor for select 1',
    'fetch forward 10 from c',
    'prepare p (int) as select $1',
    'grant select on t to public',
    "comment on column t.a is 'it''s'",
    'drop table if exists t cascade',
    "set search_path to '$user', public",
    "set datestyle to 'ISO'",
    'show search_path',
  ]) {
    it(`pass to the letter where both understand the same: ${sql}`, () => {
      expect(main(sql)).to.deep.equal([sql])
    })
  }

  it('hand the tokens of a COPY over', () => {
    const [statement] = translate(`copy t from 's3://b/k' iam_role default json 'auto'`, session)
    expect(statement!.main).to.equal('')
    expect(statement!.copy!.map((token) => token.value).slice(0, 4)).to.deep.equal([
      'copy',
      't',
      'from',
      's3://b/k',
    ])
  })

  it('say which of them begin and end transactions', () => {
    const kinds = translate(
      'begin; start transaction isolation level serializable, read only; end work; abort',
      session,
    )
    expect(kinds.map((statement) => statement.transaction)).to.deep.equal([
      'begin',
      'begin',
      'commit',
      'rollback',
    ])
    expect(kinds[1]).to.include({ main: 'begin read only', tag: 'START TRANSACTION' })
  })

  it('say which of them cannot be in a transaction block', () => {
    const blocked = translate(
      'vacuum; alter table t alter column a type varchar(3); analyze',
      session,
    )
    expect(blocked.map((statement) => statement.notInBlock)).to.deep.equal([
      'VACUUM',
      'ALTER TABLE ALTER COLUMN TYPE',
      undefined,
    ])
  })

  it('commit after TRUNCATE', () => {
    expect(translate('truncate table t', session)[0]!.after.at(-1)).to.equal('commit')
  })

  it('know the last COPY of the session', () => {
    expect(main('select pg_last_copy_id(), pg_last_copy_count()')).to.deep.equal([
      'select (12) as pg_last_copy_id, (34)::bigint as pg_last_copy_count',
    ])
  })

  it('keep parameters of Redshift, within the transaction', async () => {
    await run("set query_group to 'nightly'; begin; set query_group to 'other'; rollback")
    expect(await rows('show query_group')).to.deep.equal([{ query_group: 'nightly' }])
    await run('reset query_group')
    expect(await rows('show query_group')).to.deep.equal([{ query_group: 'unset' }])
    await run('set enable_result_cache_for_session to off; set wlm_query_slot_count = 3')
    expect(await values('show wlm_query_slot_count')).to.deep.equal(['3'])
    expect(await values('show server_version')).to.deep.equal(['8.0.2'])
    await run(
      "set enable_case_sensitive_identifier to false; set timezone to 'UTC'; set statement_timeout = 0",
    )
    expect((await refusal('set enable_case_sensitive_identifier to true')).sqlstate).to.equal(
      '0A000',
    )
    expect(await values('show client_encoding')).to.deep.equal(['UNICODE'])
    await run("set client_encoding to 'UTF8'")
    expect(await values('show client_encoding')).to.deep.equal(['UTF8'])
    expect((await refusal("set client_encoding to 'LATIN1'")).sqlstate).to.equal('0A000')
  })

  it('carry MERGE out, and refuse a source with twins', async () => {
    await run('create temp table target (a int, b int); create temp table source (a int, b int)')
    await run(
      'insert into target values (1, 1), (2, 2); insert into source values (2, 20), (3, 30)',
    )
    const merge =
      'merge into target using source on target.a = source.a when matched then update set b = source.b when not matched then insert values (source.a, source.b)'
    await run(merge)
    expect(await rows('select * from target order by a')).to.deep.equal([
      { a: 1, b: 1 },
      { a: 2, b: 20 },
      { a: 3, b: 30 },
    ])
    await run('insert into source values (2, 21)')
    expect((await refusal(merge)).message).to.equal(
      'Found multiple matches to update the same tuple.',
    )
    await run('delete target using source where target.a = source.a')
    expect(await values('select a from target')).to.deep.equal([1])
    await run('drop table target; drop table source')
  })

  it('carry VACUUM, ANALYZE, LOCK and views out', async () => {
    await run(
      'create table v (a int); vacuum full v to 75 percent boost; vacuum sort only v; analyze v (a) predicate columns',
    )
    await run(
      'lock v; create or replace view w as select nvl(a, 0) as a, getdate() as now from v; select * from w',
    )
    expect((await refusal('drop table v')).sqlstate).to.equal('2BP01')
    await run('drop view w; drop table v')
  })

  it('may be long: a multi-row INSERT of a megabyte stays as it is, but for its strings', () => {
    const rows = Array.from({ length: 25000 }, (_, i) => `(${i}, 'name of ${i}', 1.5, null)`)
    const long = `insert into t values ${rows.join(', ')}`
    expect(main(long)).to.deep.equal([long])
  })
})
