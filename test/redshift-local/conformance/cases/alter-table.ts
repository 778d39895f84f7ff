import type { Family } from '../case'

export default {
  given: [
    'create table plays (song varchar(10), n int)',
    'create view few as select song from plays',
  ],
  cases: [
    {
      given: [
        "insert into plays values ('x', 1)",
        'alter table plays add column rating int default 3',
      ],
      sql: 'select * from plays',
      rows: [['x', '1', '3']],
      fact: 'r_ALTER_TABLE: ADD COLUMN',
    },
    {
      sql: 'alter table plays add rating int encode zstd',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ADD COLUMN without the word',
    },
    {
      sql: 'alter table plays add column rating int not null',
      error: {
        sqlstate: '0A000',
        message:
          'ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression',
      },
      fact: 'r_ALTER_TABLE: ADD COLUMN that must have a value needs a default',
    },
    {
      sql: 'alter table plays add column n int',
      error: { sqlstate: '42701', message: 'column "n" of relation "plays" already exists' },
      fact: 'r_ALTER_TABLE: a column that is there',
    },
    {
      sql: 'alter table plays add column a int, add column b int',
      error: { sqlstate: '42601', message: 'syntax error at or near ","' },
      fact: 'r_ALTER_TABLE: one column at a time',
    },
    {
      given: ['alter table plays drop column n'],
      sql: 'select * from plays',
      rows: [],
      fact: 'r_ALTER_TABLE: DROP COLUMN',
    },
    {
      sql: 'alter table plays drop column song',
      error: {
        sqlstate: '2BP01',
        message: "can't drop column song of table plays because other objects depend on it",
      },
      fact: 'r_ALTER_TABLE: DROP COLUMN that a view reads',
    },
    {
      sql: 'alter table plays drop column nothing',
      error: { sqlstate: '42703', message: 'column "nothing" does not exist' },
      fact: 'r_ALTER_TABLE: DROP COLUMN that is not there',
    },
    {
      given: ['alter table plays rename column n to times'],
      sql: 'select * from plays',
      rows: [],
      columns: ['song', 'times'],
      fact: 'r_ALTER_TABLE: RENAME COLUMN',
    },
    {
      sql: 'alter table plays rename to listens',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: RENAME TO',
    },
    {
      given: ['create table listens (a int)'],
      sql: 'alter table plays rename to listens',
      error: { sqlstate: '42P07', message: 'Relation "listens" already exists' },
      fact: 'r_ALTER_TABLE: RENAME TO what is there',
    },
    {
      sql: 'alter table plays add primary key (song)',
      error: { sqlstate: '42P16', message: 'can not make a nullable column a primary key' },
      fact: 'r_ALTER_TABLE: ADD PRIMARY KEY',
    },
    {
      given: ['alter table plays add constraint plays_key unique (n)'],
      sql: 'alter table plays drop constraint plays_key',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ADD and DROP CONSTRAINT',
    },
    {
      sql: 'alter table plays alter distkey song',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ALTER DISTKEY',
    },
    {
      sql: 'alter table plays alter diststyle all',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ALTER DISTSTYLE',
    },
    {
      sql: 'alter table plays alter sortkey (n, song)',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ALTER SORTKEY',
    },
    {
      sql: 'alter table plays alter sortkey auto',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ALTER SORTKEY AUTO',
    },
    {
      sql: 'alter table plays alter column n encode zstd',
      tag: 'ALTER TABLE',
      fact: 'r_ALTER_TABLE: ALTER ENCODE',
    },
    {
      given: [
        'create temp table wide (s varchar(3))',
        'alter table wide alter column s type varchar(9)',
      ],
      sql: "insert into wide values ('nine char')",
      tag: 'INSERT 0 1',
      alone: true,
      fact: 'r_ALTER_TABLE: ALTER TYPE',
    },
    {
      given: ['create temp table wider (s int)'],
      sql: 'alter table wider alter column s type bigint',
      error: {
        sqlstate: '0A000',
        message: 'ALTER COLUMN TYPE is supported for the size of VARCHAR columns only',
      },
      alone: true,
      fact: 'r_ALTER_TABLE: ALTER TYPE, VARCHARs only',
    },
    {
      sql: 'alter table plays alter column n set default 1',
      error: { sqlstate: '0A000', message: 'ALTER COLUMN SET/DROP DEFAULT is not supported' },
      fact: 'r_ALTER_TABLE: no SET DEFAULT',
    },
    {
      sql: 'alter table plays alter column n set not null',
      error: { sqlstate: '0A000', message: 'ALTER COLUMN SET NOT NULL is not supported' },
      fact: 'r_ALTER_TABLE: no SET NOT NULL',
    },
    {
      sql: 'alter table plays owner to conformance_nobody',
      error: { sqlstate: '42704' },
      fact: 'r_ALTER_TABLE: OWNER TO an unknown user',
    },
  ],
} satisfies Family
