import type { Family } from '../case'

export default {
  given: [
    "create table item (id int not null, name varchar(10) default 'none', n int default 0, day date)",
    "insert into item values (1, 'ash', 5, '2020-01-01'), (2, 'bay', 6, '2020-02-01'), (3, 'cue', null, null)",
    'create table price (id int, name varchar(10), amount decimal(6,2))',
    "insert into price values (1, 'one', 1.50), (2, 'two', 2.50), (9, 'nine', 9.99)",
  ],
  cases: [
    ...[
      ['on', 'select 1 as a, 2 as b union all select 1, 3', 'refused'],
      ['on', 'select 1 as a, 2 as b union all select 2, 3', 'done'],
      ['off', 'select 1 as a, 2 as b union all select 1, 3', 'done'],
    ].map(([setting, rows, becomes]) => ({
      sql: 'update twin_target as x set b = s.b from twin_source s where x.a = s.a or false',
      given: [
        `set error_on_nondeterministic_update to ${setting}`,
        'create table twin_target as select 1 as a, 0 as b',
        `create table twin_source as ${rows}`,
      ],
      ...(becomes === 'done'
        ? { tag: 'UPDATE 1' }
        : {
            error: {
              sqlstate: 'XX000',
              message: 'Found multiple matches to update the same tuple.',
            },
          }),
      fact: 'r_error_on_nondeterministic_update',
    })),
    {
      sql: "insert into item values (4, 'dew', 7, '2020-03-01')",
      tag: 'INSERT 0 1',
      fact: 'r_INSERT_30',
    },
    {
      sql: "insert into item values (4, 'dew', 7, null), (5, 'elm', 8, null)",
      tag: 'INSERT 0 2',
      fact: 'r_INSERT_30: several rows',
    },
    {
      given: ['insert into item (id) values (4)'],
      sql: 'select name, n, day from item where id = 4',
      rows: [['none', '0', null]],
      fact: 'r_INSERT_30: the defaults of the columns that are not listed',
    },
    {
      given: ['insert into item values (4, default, default, default)'],
      sql: 'select * from item where id = 4',
      rows: [['4', 'none', '0', null]],
      fact: 'r_INSERT_30: DEFAULT',
    },
    {
      given: ["insert into item values (4, 'dew')"],
      sql: 'select * from item where id = 4',
      rows: [['4', 'dew', '0', null]],
      fact: 'r_INSERT_30: fewer values than columns',
    },
    {
      given: ["insert into item (name, id) values ('dew', 4)"],
      sql: 'select id, name from item where id = 4',
      rows: [['4', 'dew']],
      fact: 'r_INSERT_30: a list in another order',
    },
    {
      sql: 'insert into item (id, name) select id, name from price where id = 9',
      tag: 'INSERT 0 1',
      fact: 'r_INSERT_30: of a query',
    },
    {
      sql: 'insert into item (id, name) (select id, name from price)',
      tag: 'INSERT 0 3',
      fact: 'r_INSERT_30: of a query in parentheses',
    },
    {
      sql: 'insert into item (id) with x as (select 7 as id) select id from x',
      tag: 'INSERT 0 1',
      fact: 'r_INSERT_30: of a query with WITH',
    },
    {
      given: ['insert into item select id + 10, name, n, day from item'],
      sql: 'select count(*) from item',
      rows: [['6']],
      fact: 'r_INSERT_30: into itself',
    },
    {
      sql: 'insert into item select * from item where false',
      tag: 'INSERT 0 0',
      fact: 'r_INSERT_30: no row of a query',
    },
    {
      given: ['insert into price (amount) values (1.005), (1.004)'],
      sql: 'select amount from price where id is null order by 1',
      rows: [['1.00'], ['1.01']],
      fact: 'r_INSERT_30: a number is rounded to the scale of its column',
    },
    {
      given: ["insert into item (id, day) values (4, '02/29/2020')"],
      sql: 'select day from item where id = 4',
      rows: [['2020-02-29']],
      fact: 'r_INSERT_30: a text that is a date',
    },
    {
      sql: "insert into item (id, name) values (4, 'longer than ten')",
      error: { sqlstate: '22001', message: 'Value too long for character type' },
      fact: 'r_INSERT_30: a text that is too long',
    },
    {
      sql: 'insert into item values (null)',
      error: { sqlstate: '23502', message: 'Cannot insert a NULL value into column id' },
      fact: 'r_INSERT_30: NULL where there must be a value',
    },
    {
      sql: "insert into item (name) values ('x')",
      error: { sqlstate: '23502', message: 'Cannot insert a NULL value into column id' },
      fact: 'r_INSERT_30: a column without a value where there must be one',
    },
    {
      sql: "insert into item values (1, 'a', 2, null, 5)",
      error: { sqlstate: '42601', message: 'INSERT has more expressions than target columns' },
      fact: 'r_INSERT_30: more values than columns',
    },
    {
      sql: 'insert into item (id, nothing) values (1, 2)',
      error: { sqlstate: '42703', message: 'column "nothing" of relation "item" does not exist' },
      fact: 'r_INSERT_30: an unknown column',
    },
    {
      sql: 'insert into item (id, id) values (1, 2)',
      error: { sqlstate: '42701', message: 'column "id" specified more than once' },
      fact: 'r_INSERT_30: a column twice',
    },
    {
      sql: 'insert into item (id) values (3000000000)',
      error: { sqlstate: '22003' },
      fact: 'r_INSERT_30: a number that is too great for its column',
    },
    {
      sql: 'insert into price (amount) values (123456.78)',
      error: { sqlstate: '22003' },
      fact: 'r_INSERT_30: a decimal that is too great for its column',
    },
    {
      sql: "insert into item (id) values ('x')",
      error: { sqlstate: '22P02' },
      fact: 'r_INSERT_30: a text that is no number',
    },
    {
      sql: "insert into item values (7, 'a'), (8, 'longer than ten')",
      error: { sqlstate: '22001', message: 'Value too long for character type' },
      alone: true,
      fact: 'r_INSERT_30: nothing is kept of a failed INSERT',
    },
    {
      sql: 'select count(*) from item where id in (7, 8)',
      rows: [['0']],
      fact: 'r_INSERT_30: nothing is kept of a failed INSERT',
    },
    {
      given: ['create table k (id int primary key)'],
      sql: 'insert into k values (1), (1)',
      tag: 'INSERT 0 2',
      fact: 'r_INSERT_30: primary keys are not enforced',
    },
    {
      sql: 'insert into item (id) values (4) returning id',
      error: { sqlstate: '42601', message: 'syntax error at or near "returning"' },
      fact: 'r_INSERT_30: no RETURNING',
    },
    {
      sql: 'insert into item (id) values (4) on conflict do nothing',
      error: { sqlstate: '42601', message: 'syntax error at or near "conflict"' },
      fact: 'r_INSERT_30: no ON CONFLICT',
    },
    {
      given: ['create table d (a int default 3, b int)'],
      sql: 'insert into d default values',
      tag: 'INSERT 0 1',
      fact: 'r_INSERT_30: DEFAULT VALUES',
    },
    { sql: 'update item set n = 1', tag: 'UPDATE 3', fact: 'r_UPDATE' },
    {
      sql: 'update item set n = n + 1, name = upper(name) where id < 3',
      tag: 'UPDATE 2',
      fact: 'r_UPDATE: with a condition',
    },
    {
      given: ['update item set id = n, n = id where id = 1'],
      sql: 'select id, n from item where n = 1',
      rows: [['5', '1']],
      fact: 'r_UPDATE: of the old values',
    },
    {
      given: ['update item set name = default where id = 1'],
      sql: 'select name from item where id = 1',
      rows: [['none']],
      fact: 'r_UPDATE: to the default',
    },
    {
      given: ['update item set name = price.name from price where item.id = price.id'],
      sql: 'select id, name from item order by id',
      rows: [
        ['1', 'one'],
        ['2', 'two'],
        ['3', 'cue'],
      ],
      fact: 'r_UPDATE: FROM another table',
    },
    {
      sql: 'update item set n = p.amount from (select id, max(amount) as amount from price group by id) p where p.id = item.id',
      tag: 'UPDATE 2',
      fact: 'r_UPDATE: FROM a query',
    },
    {
      sql: 'update item set n = 0 from price p join price q on p.id = q.id where item.id = p.id',
      tag: 'UPDATE 2',
      fact: 'r_UPDATE: FROM a join',
    },
    {
      sql: 'update item i set n = 3 where i.id = 1',
      tag: 'UPDATE 1',
      fact: 'r_UPDATE: an alias of the table',
    },
    {
      given: ['update item set n = (select max(id) from price) where id = 1'],
      sql: 'select n from item where id = 1',
      rows: [['9']],
      fact: 'r_UPDATE: with a query as the value',
    },
    {
      sql: 'update item set n = 0 where id in (select id from price)',
      tag: 'UPDATE 2',
      fact: 'r_UPDATE: with IN',
    },
    {
      sql: 'with x as (select 1 as id) update item set n = 0 from x where item.id = x.id',
      tag: 'UPDATE 1',
      fact: 'r_UPDATE: WITH before it',
    },
    { sql: 'update item set n = 0 where false', tag: 'UPDATE 0', fact: 'r_UPDATE: no row' },
    {
      sql: 'update item set item.n = 1',
      error: { sqlstate: '42703', message: 'column "item" of relation "item" does not exist' },
      fact: 'r_UPDATE: a column of the table by its name',
    },
    {
      sql: 'update item set id = null',
      error: { sqlstate: '23502', message: 'Cannot insert a NULL value into column id' },
      fact: 'r_UPDATE: NULL where there must be a value',
    },
    {
      sql: 'update item set n = 1, n = 2',
      error: { sqlstate: '42601', message: 'multiple assignments to same column "n"' },
      fact: 'r_UPDATE: a column twice',
    },
    {
      sql: 'update item set n = 1 returning n',
      error: { sqlstate: '42601', message: 'syntax error at or near "returning"' },
      fact: 'r_UPDATE: no RETURNING',
    },
    { sql: 'delete from item', tag: 'DELETE 3', fact: 'r_DELETE' },
    { sql: 'delete item where id = 1', tag: 'DELETE 1', fact: 'r_DELETE: without FROM' },
    { sql: 'delete from item where n > 5', tag: 'DELETE 1', fact: 'r_DELETE: with a condition' },
    {
      sql: 'delete from item using price where item.id = price.id',
      tag: 'DELETE 2',
      fact: 'r_DELETE: USING another table',
    },
    {
      sql: 'delete from item using (select max(id) as id from item) last where item.id = last.id',
      tag: 'DELETE 1',
      fact: 'r_DELETE: USING a query',
    },
    {
      sql: 'delete from item where id in (select id from price)',
      tag: 'DELETE 2',
      fact: 'r_DELETE: of a query',
    },
    {
      sql: 'delete from item where exists (select 1 from price where price.id = item.id)',
      tag: 'DELETE 2',
      fact: 'r_DELETE: EXISTS',
    },
    {
      sql: 'with x as (select 1 as id) delete from item using x where item.id = x.id',
      tag: 'DELETE 1',
      fact: 'r_DELETE: WITH before it',
    },
    {
      sql: 'delete from item i where i.id = 1',
      tag: 'DELETE 1',
      fact: 'r_DELETE: an alias of the table',
    },
    {
      sql: 'delete from item returning id',
      error: { sqlstate: '42601', message: 'syntax error at or near "returning"' },
      fact: 'r_DELETE: no RETURNING',
    },
    {
      given: [
        'merge into price using item on price.id = item.id when matched then update set amount = item.n when not matched then insert (id, name) values (item.id, item.name)',
      ],
      sql: 'select id, name, amount from price order by 1',
      rows: [
        ['1', 'one', '5.00'],
        ['2', 'two', '6.00'],
        ['3', 'cue', null],
        ['9', 'nine', '9.99'],
      ],
      fact: 'r_MERGE: what it leaves',
    },
    {
      given: [
        'merge into price using item on price.id = item.id when matched then delete when not matched then insert values (item.id, item.name, 0)',
      ],
      sql: 'select id, amount from price order by 1',
      rows: [
        ['3', '0.00'],
        ['9', '9.99'],
      ],
      fact: 'r_MERGE: DELETE',
    },
    {
      given: ["insert into item values (1, 'again')"],
      sql: 'merge into price using item on price.id = item.id when matched then update set name = item.name when not matched then insert (id) values (item.id)',
      error: { sqlstate: 'XX000', message: 'Found multiple matches to update the same tuple.' },
      fact: 'r_MERGE: a row of the target that two of the source match',
    },
    {
      given: ['create temp table emptied as select 1 as n', 'truncate emptied'],
      sql: 'select count(*) from emptied',
      rows: [['0']],
      alone: true,
      fact: 'r_TRUNCATE',
    },
    {
      given: ['create temp table emptied2 as select 1 as n'],
      sql: 'truncate table emptied2',
      tag: 'TRUNCATE TABLE',
      alone: true,
      fact: 'r_TRUNCATE: with the word TABLE',
    },
    {
      given: [
        'create temp table emptied3 as select 1 as n',
        'begin',
        'truncate emptied3',
        'rollback',
      ],
      sql: 'select count(*) from emptied3',
      rows: [['0']],
      alone: true,
      fact: 'r_TRUNCATE: it commits',
    },
    {
      sql: 'truncate item, price',
      error: { sqlstate: '42601', message: 'TRUNCATE takes one table, and nothing after its name' },
      alone: true,
      fact: 'r_TRUNCATE: one table only',
    },
    {
      given: [
        'merge into price using item i on price.id = i.id when matched then update set name = i.name when not matched then insert (id) values (i.id)',
      ],
      sql: 'select id, name from price order by 1',
      rows: [
        ['1', 'ash'],
        ['2', 'bay'],
        ['3', null],
        ['9', 'nine'],
      ],
      fact: 'r_MERGE: a source with an alias',
    },
  ],
} satisfies Family
