import type { Family } from '../case'

export default {
  given: [
    'create table plays (song varchar(10), n int)',
    'create view few as select song from plays',
  ],
  cases: [
    {
      sql: 'drop table plays',
      error: {
        sqlstate: '2BP01',
        message: "can't drop table plays because other objects depend on it",
      },
      fact: 'r_DROP_VIEW, by analogy',
    },
    { sql: 'drop table plays cascade', tag: 'DROP TABLE', fact: 'r_DROP_TABLE' },
    { sql: 'drop view few;drop table plays', tag: 'DROP TABLE', fact: 'r_DROP_TABLE' },
    {
      sql: 'drop table if exists conformance_missing',
      tag: 'DROP TABLE',
      notices: ['Table "conformance_missing" does not exist and will be skipped'],
      fact: 'r_DROP_TABLE',
    },
    {
      sql: 'drop table conformance_missing',
      error: { sqlstate: '42P01', message: 'table "conformance_missing" does not exist' },
      fact: 'r_DROP_TABLE',
    },
    {
      given: ['create table x1 (a int)', 'create table x2 (a int)'],
      sql: 'drop table x1, x2',
      tag: 'DROP TABLE',
      fact: 'r_DROP_TABLE: several',
    },
    {
      given: ['create view fewer as select song from few'],
      sql: 'drop view few',
      error: {
        sqlstate: '2BP01',
        message: "can't drop view few because other objects depend on it",
      },
      fact: 'r_DROP_VIEW',
    },
    { sql: 'drop view few', tag: 'DROP VIEW', fact: 'r_DROP_VIEW' },
    {
      sql: 'drop view if exists conformance_missing',
      tag: 'DROP VIEW',
      notices: ['view "conformance_missing" does not exist and will be skipped'],
      fact: 'r_DROP_VIEW: IF EXISTS',
    },
    {
      sql: 'drop view plays',
      error: { sqlstate: '42809', message: '"plays" is not a view' },
      fact: 'r_DROP_VIEW: of a table',
    },
    {
      sql: 'drop table few',
      error: { sqlstate: '42809', message: '"few" is not a table' },
      fact: 'r_DROP_TABLE: of a view',
    },
    {
      sql: 'create view other as select n * 2 as twice from plays',
      tag: 'CREATE VIEW',
      fact: 'r_CREATE_VIEW',
    },
    {
      sql: 'create or replace view few as select song, n from plays',
      tag: 'CREATE VIEW',
      fact: 'r_CREATE_VIEW: OR REPLACE',
    },
    {
      sql: 'create view few as select 1 as x',
      error: { sqlstate: '42P07', message: 'Relation "few" already exists' },
      fact: 'r_CREATE_VIEW: it is there already',
    },
    {
      given: ['create view named (a, b) as select song, n from plays'],
      sql: 'select * from named',
      rows: [],
      columns: ['a', 'b'],
      fact: 'r_CREATE_VIEW: names of columns',
    },
    {
      given: [
        'create view all_plays as select song, n from plays',
        "insert into plays values ('x', 1)",
      ],
      sql: 'select * from all_plays',
      rows: [['x', '1']],
      fact: 'r_CREATE_VIEW: it reads what is in the table',
    },
    { sql: 'create schema conformance_new', tag: 'CREATE SCHEMA', fact: 'r_CREATE_SCHEMA' },
    {
      sql: 'create schema if not exists conformance_new',
      tag: 'CREATE SCHEMA',
      fact: 'r_CREATE_SCHEMA: IF NOT EXISTS',
    },
    {
      sql: 'create schema conformance_new authorization conformance_nobody',
      error: { sqlstate: '42704' },
      fact: 'r_CREATE_SCHEMA: AUTHORIZATION',
    },
    {
      given: ['create schema conformance_new'],
      sql: 'create schema conformance_new',
      error: { sqlstate: '42P06', message: 'schema "conformance_new" already exists' },
      fact: 'r_CREATE_SCHEMA: it is there already',
    },
    {
      given: ['create schema conformance_new'],
      sql: 'alter schema conformance_new rename to conformance_newer',
      tag: 'ALTER SCHEMA',
      fact: 'r_ALTER_SCHEMA',
    },
    {
      given: ['create schema conformance_new'],
      sql: 'drop schema conformance_new',
      tag: 'DROP SCHEMA',
      fact: 'r_DROP_SCHEMA',
    },
    {
      given: ['create schema conformance_new', 'create table conformance_new.t (a int)'],
      sql: 'drop schema conformance_new',
      error: {
        sqlstate: '2BP01',
        message: "can't drop schema conformance_new because other objects depend on it",
      },
      fact: 'r_DROP_SCHEMA: it is not empty',
    },
    {
      given: ['create schema conformance_new', 'create table conformance_new.t (a int)'],
      sql: 'drop schema conformance_new cascade',
      tag: 'DROP SCHEMA',
      fact: 'r_DROP_SCHEMA: CASCADE',
    },
    {
      sql: 'drop schema if exists conformance_missing',
      tag: 'DROP SCHEMA',
      notices: ['schema "conformance_missing" does not exist and will be skipped'],
      fact: 'r_DROP_SCHEMA: IF EXISTS',
    },
    {
      sql: 'drop schema conformance_missing',
      error: { sqlstate: '3F000', message: 'schema "conformance_missing" does not exist' },
      fact: 'r_DROP_SCHEMA',
    },
    {
      given: ['create table "Mixed" ("Some Name" int)'],
      sql: 'select * from mixed',
      rows: [],
      columns: ['some name'],
      fact: 'r_names: quoted names are made lower case by default',
    },
    {
      sql: 'create table t (tag int)',
      error: { sqlstate: '42601', message: 'syntax error at or near "tag"' },
      fact: 'r_names: a reserved word',
    },
    ...[
      'create table order (a int)',
      'create temp table order as select 1 as a',
      'create table t (order) as select 1',
      'create table t (a int, unique (order))',
      'create table t (like order)',
      'alter table nowhere rename to order',
      'alter table nowhere rename column a to order',
      'vacuum order',
      'analyze order',
    ].map((sql) => ({
      sql,
      error: { sqlstate: '42601', message: 'syntax error at or near "order"' },
      fact: 'r_names: a reserved word',
    })),
    {
      given: ['create schema raw', 'create table raw.t (a int)'],
      sql: 'select * from raw.t',
      rows: [],
      columns: ['a'],
      fact: 'r_names: RAW is on the list, and schemas are named so',
    },
    {
      sql: 'create table t ("tag" int)',
      tag: 'CREATE TABLE',
      fact: 'r_names: a reserved word in quotes',
    },
    {
      given: ['create table t ("größe" int)'],
      sql: 'select größe from t',
      rows: [],
      columns: ['größe'],
      fact: 'r_names: letters beyond ASCII',
    },
    {
      sql: 'create table t (oid int)',
      error: { sqlstate: '42601', message: 'syntax error at or near "oid"' },
      fact: "r_names: a name of the system's",
    },
  ],
} satisfies Family
