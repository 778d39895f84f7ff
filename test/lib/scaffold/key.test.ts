import { expect } from 'chai'
import { impliedKey, selectOf, stagedKey } from '../../../lib/scaffold/key'
import { syntaxTree } from '../../../lib/questions/dependencies'

const selectIn = async (sql: string) => {
  const { stmts } = (await syntaxTree(sql)) as { stmts: { stmt: unknown }[] }
  return selectOf(stmts[0]!.stmt)
}

describe('the staged column by which a model is refreshed', () => {
  for (const [sql, column] of [
    ['select session_id, ts from staging_events', 'session_id'],
    ['select session_id from staging_events as events where session_id > 1', 'session_id'],
    ['select events.session_id as number from staging_events as events', 'session_id'],
    ['select distinct session_id as number, level from staging_events', 'session_id'],
    ['select session_id as number, count(*) from staging_events group by 1', 'session_id'],
    ['select session_id as number, count(*) from staging_events group by number', 'session_id'],
    [
      'select number, choice from (select session_id as number, rank() over (partition by session_id order by ts) as choice from staging_events) as e where choice = 1',
      'session_id',
    ],
    ['select e.* from (select session_id as number from staging_events) as e', 'session_id'],
  ] as const) {
    it(`is ${column} of: ${sql}`, async () => {
      const select = await selectIn(sql)
      const found = ['number', 'session_id'].map((name) => stagedKey(select, name)).find(Boolean)
      expect(found).to.include({ table: 'staging_events', column })
    })
  }

  for (const [why, sql] of [
    ['a computed column', 'select session_id + 1 as session_id from staging_events'],
    ['a number of all rows', 'select max(session_id) as session_id from staging_events'],
    [
      'a group without it',
      'select session_id from (select level, min(session_id) as session_id from staging_events group by level) as e',
    ],
    [
      'a window over other rows',
      'select session_id, row_number() over (order by ts) from staging_events',
    ],
    [
      'a named window',
      'select session_id, sum(ts) over w from staging_events window w as (partition by level)',
    ],
    [
      'a join',
      'select session_id from staging_events as e join staging_songs as s on s.title = e.song',
    ],
    [
      'a look at other rows',
      'select session_id from staging_events where ts > (select avg(ts) from staging_events)',
    ],
    ['some of the rows', 'select session_id from staging_events order by ts limit 3'],
    ['a union', 'select session_id from staging_events union all select year from staging_songs'],
    ['a with', 'with e as (select session_id from staging_events) select session_id from e'],
    ['a model', 'select session_id from songplays'],
    [
      'grouping sets',
      'select session_id, count(*) from staging_events group by grouping sets ((session_id), ())',
    ],
    [
      'an aggregate beside it',
      'select session_id, count(*) from staging_events having count(*) > 1',
    ],
  ] as const) {
    it(`is none for ${why}`, async () => {
      expect(stagedKey(await selectIn(sql), 'session_id')).to.equal(undefined)
    })
  }

  for (const [sql, hasValue] of [
    ['select user_id from staging_events where page = $$x$$ and user_id is not null', true],
    [
      'select user_id from (select user_id from staging_events where user_id is not null) as e',
      true,
    ],
    ['select user_id from staging_events where user_id is not null or ts = 1', false],
    ['select user_id from staging_events', false],
  ] as const) {
    it(`${hasValue ? 'has' : 'may have no'} value: ${sql}`, async () => {
      expect(stagedKey(await selectIn(sql), 'user_id')).to.include({ hasValue })
    })
  }
})

describe('the key that a query implies', () => {
  for (const [sql, names, key] of [
    ['select a, count(*) as n from t group by a', ['a', 'n'], ['a']],
    ['select x.a as b, count(*) as n from t as x group by a', ['b', 'n'], ['b']],
    ['select lower(a) as b, c, count(*) from t group by lower(a), 2', ['b', 'c', 'n'], ['b', 'c']],
    ['select count(*) as n from t group by a', ['n'], undefined],
    ['select distinct a, b from t', ['a', 'b'], ['a', 'b']],
    ['select count(*) as n, max(a) as m from t', ['n', 'm'], ['n']],
    ['select a, b from t', ['a', 'b'], undefined],
    ['select a from t union select b from t', ['a'], undefined],
  ] as const) {
    it(`is ${key?.join(', ') ?? 'none'}: ${sql}`, async () => {
      expect(impliedKey(await selectIn(sql), [...names])).to.deep.equal(key)
    })
  }
})
