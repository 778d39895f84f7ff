import type { Family } from '../case'

const merge = 'r_MERGE'

export default {
  given: [
    'create table target (id int, name varchar(10))',
    'create table source (id int, name varchar(10))',
    "insert into target values (1, 'a'), (2, 'b'), (9, 'z')",
    "insert into source values (2, 'new'), (3, 'c')",
  ],
  cases: [
    {
      sql: 'select * from target order by 1',
      given: [
        'merge into target using source as s on target.id = s.id when matched then update set name = s.name when not matched then insert values (s.id, s.name)',
      ],
      rows: [
        ['1', 'a'],
        ['2', 'new'],
        ['3', 'c'],
        ['9', 'z'],
      ],
      fact: merge,
    },
    {
      sql: 'select * from target order by 1',
      given: [
        'merge into target using source on target.id = source.id when matched then delete when not matched then insert (name, id) values (upper(source.name), source.id)',
      ],
      rows: [
        ['1', 'a'],
        ['3', 'C'],
        ['9', 'z'],
      ],
      fact: merge,
    },
    {
      sql: 'select * from target order by 1, 2',
      given: [
        "insert into target values (2, 'b2')",
        'merge into target using source on target.id = source.id remove duplicates',
      ],
      rows: [
        ['1', 'a'],
        ['2', 'new'],
        ['3', 'c'],
        ['9', 'z'],
      ],
      fact: `${merge}: REMOVE DUPLICATES, of rows that match one of the source the source's is left`,
    },
    {
      sql: 'merge into target using source s on target.id = s.id remove duplicates',
      tag: 'MERGE',
      fact: `${merge}; the tag is UNVERIFIED`,
    },
    {
      sql: 'select * from target order by 1, 2',
      given: [
        "insert into target values (9, 'z')",
        'merge into target using source s on target.id = s.id remove duplicates',
      ],
      rows: [
        ['1', 'a'],
        ['2', 'new'],
        ['3', 'c'],
        ['9', 'z'],
        ['9', 'z'],
      ],
      fact: `${merge}: duplicates that match no row of the source stay`,
    },
    {
      sql: 'merge into target using target on target.id = target.id remove duplicates',
      error: {
        sqlstate: '0A000',
        message: 'The source and the target of MERGE cannot be the same table.',
      },
      fact: merge,
    },
    {
      sql: 'merge into target using source on target.id = source.id when matched then update set name = source.name when not matched then insert values (source.id, source.name)',
      given: ["insert into source values (2, 'twin')"],
      error: { sqlstate: 'XX000', message: 'Found multiple matches to update the same tuple.' },
      fact: `${merge}, real text`,
    },
    {
      sql: 'select top 2 id from target order by id desc',
      rows: [['9'], ['2']],
      fact: 'r_SELECT_list: TOP is LIMIT',
    },
    {
      sql: 'select * from (select top 1 id from target order by id desc) q union all select 7 order by 1',
      rows: [['7'], ['9']],
      fact: 'r_SELECT_list: TOP in a sub-query',
    },
    {
      sql: 'select count(*) from (select top 1 id from target union all select top 1 id from source) q',
      rows: [['2']],
      fact: 'r_SELECT_list; in the arms of a set operation UNVERIFIED',
    },
    {
      sql: 'select top 1 id from target union all select id from source order by id desc limit 2',
      rows: [['3'], ['2']],
      given: ['delete from target where id > 2'],
      fact: 'H: ORDER BY and LIMIT behind the last arm are those of the whole, UNVERIFIED with TOP',
    },
    {
      sql: 'select top 1 id from target limit 1',
      error: { sqlstate: '42601' },
      fact: 'r_SELECT_list: not TOP and LIMIT in one query',
    },
    {
      sql: '(select id from target limit 1) intersect select id from source',
      error: {
        sqlstate: '0A000',
        message: 'LIMIT may not be used within input to set operations.',
      },
      fact: 'r_UNION, real text',
    },
    {
      sql: 'select id from target intersect all select id from source',
      error: { sqlstate: '0A000' },
      fact: 'r_UNION: INTERSECT ALL, EXCEPT ALL and MINUS ALL are not supported',
    },
    {
      sql: 'select id from target union select id from source minus select 2 order by id',
      rows: [['1'], ['3'], ['9']],
      fact: 'r_UNION: from left to right',
    },
    {
      sql: 'select 1 as n union select id from target intersect select id from source order by n',
      rows: [['1'], ['2']],
      fact: 'r_UNION: INTERSECT goes before UNION',
    },
    {
      sql: 'select id from target order by id nulls first limit all offset 2',
      rows: [['9']],
      fact: 'r_ORDER_BY_clause',
    },
    {
      sql: 'select id from target order by id',
      given: ['delete target using source s where target.id = s.id'],
      rows: [['1'], ['9']],
      fact: 'r_DELETE: FROM may be left out',
    },
    {
      sql: 'select name from target where id = 2',
      given: ['update target set name = s.name from source s where target.id = s.id'],
      rows: [['new']],
      fact: 'r_UPDATE',
    },
    {
      sql: 'select count(*) from target where id is null',
      given: ['insert into target default values'],
      rows: [['1']],
      fact: 'r_INSERT_30: DEFAULT VALUES',
    },
    {
      sql: 'select * from p',
      given: [
        'select id, name into temp table p from target where id = 1',
        "insert into p values (5, default), (default, 'x')",
        'delete from p where id = 5 or id is null',
      ],
      rows: [['1', 'a']],
      fact: 'r_SELECT_INTO; r_INSERT_30: several rows, with DEFAULT',
    },
  ],
} satisfies Family
