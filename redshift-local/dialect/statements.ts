import { SqlError } from '../errors'
import { alterTable } from './alter-table'
import { createTable } from './create-table'
import { type Cursor } from './cursor'
import { analyze, cancel, lock, truncate, vacuum } from './maintenance'
import { copy, createView, deleteFrom, select } from './queries'
import { reset, setParameter, show } from './settings'
import { type Source, type Statement, carryOut } from './statement'
import { begin, commit, rollback } from './transactions'

type Handler = (source: Source) => Partial<Statement>

/** How a statement is carried out, by the words that it begins with: the first entry that fits. */
const handlers: [starts: string[], handler: Handler][] = [
  [['select', 'with', '('], select],
  [['insert', 'update', 'merge', 'values'], carryOut],
  [['delete'], deleteFrom],
  [['copy'], copy],
  [['begin', 'start transaction'], begin],
  [['commit', 'end'], commit],
  [['rollback', 'abort'], rollback],
  [['create table', 'create temp table', 'create temporary table'], createTable],
  [['create local temp table', 'create local temporary table'], createTable],
  [['create view', 'create or replace view'], createView],
  [['create schema', 'drop table', 'drop view', 'drop schema', 'alter schema'], carryOut],
  [['alter table'], alterTable],
  [['truncate'], truncate],
  [['vacuum'], vacuum],
  [['analyze', 'analyse'], analyze],
  [['lock'], lock],
  [['cancel'], cancel],
  [['set'], setParameter],
  [['reset'], reset],
  [['show'], show],
  [['explain', 'declare', 'fetch', 'close', 'execute', 'deallocate'], carryOut],
  [['grant', 'revoke', 'comment on'], carryOut],
]

/** Statements that Redshift has not, or that the local one cannot carry out; the test runs the examples. */
export interface RefusedStatement {
  starts: string[]
  fact: string
  example: string
  sqlstate: string
  message: (sql: string) => string
  says: string
}

const notCarriedOut = (what: string, ...more: string[]): RefusedStatement => ({
  starts: [what, ...more].map((words) => words.toLowerCase()),
  fact: 'supported by Redshift (facts C), and not carried out here',
  example: `${what} x`,
  sqlstate: '0A000',
  message: () => `${what} is not carried out by the local Redshift.`,
  says: `${what} is not carried out by the local Redshift.`,
})

const notSupported = (what: string, ...more: string[]): RefusedStatement => ({
  starts: [what, ...more].map((words) => words.toLowerCase()),
  fact: 'C: not supported',
  example: `${what} x`,
  sqlstate: '0A000',
  message: () => `${what} is not supported`,
  says: `${what} is not supported`,
})

export const refusedStatements: RefusedStatement[] = [
  {
    starts: ['create index', 'create unique index'],
    fact: 'C: real text',
    example: 'CREATE INDEX my_idx ON test_table (data)',
    sqlstate: '0A000',
    message: (sql) => `SQL command "${sql}" not supported on Redshift tables`,
    says: 'SQL command "CREATE INDEX my_idx ON test_table (data)" not supported on Redshift tables',
  },
  {
    starts: ['create type'],
    fact: 'C: real text',
    example: "CREATE TYPE myenum AS ENUM ('a')",
    sqlstate: '42601',
    message: (sql) => {
      const [, name = '', as = '', what = ''] =
        /^create\s+type\s+(\S+)\s+(\S+)\s+(\w+)/i.exec(sql) ?? []
      return `syntax error at or near "${what}" in context "TYPE ${name} ${as} ${what}"`
    },
    says: 'syntax error at or near "ENUM" in context "TYPE myenum AS ENUM"',
  },
  notCarriedOut('UNLOAD'),
  notCarriedOut('CALL'),
  notCarriedOut(
    'CREATE MATERIALIZED VIEW',
    'drop materialized view',
    'refresh materialized view',
    'alter materialized view',
  ),
  notCarriedOut(
    'CREATE EXTERNAL',
    'drop external',
    'alter external',
    'create external table',
    'create external schema',
  ),
  notCarriedOut(
    'CREATE PROCEDURE',
    'create or replace procedure',
    'drop procedure',
    'alter procedure',
  ),
  notCarriedOut('CREATE FUNCTION', 'create or replace function', 'drop function', 'alter function'),
  notCarriedOut('CREATE LIBRARY', 'create or replace library', 'drop library'),
  notCarriedOut('CREATE DATABASE', 'drop database', 'alter database'),
  notCarriedOut(
    'CREATE USER',
    'create group',
    'create role',
    'drop user',
    'drop group',
    'drop role',
  ),
  notCarriedOut('ALTER USER', 'alter group', 'alter role', 'alter default privileges'),
  notCarriedOut('CREATE MODEL', 'drop model', 'show model'),
  notCarriedOut('CREATE DATASHARE', 'alter datashare', 'drop datashare'),
  notCarriedOut('CREATE RLS POLICY', 'create masking policy', 'attach', 'detach'),
  notCarriedOut('PREPARE TRANSACTION'),
  notSupported('SAVEPOINT'),
  notSupported('RELEASE'),
  notSupported('CREATE SEQUENCE', 'alter sequence', 'drop sequence'),
  notSupported('CREATE TRIGGER', 'drop trigger', 'create event trigger'),
  notSupported('CREATE RULE', 'create or replace rule', 'drop rule'),
  notSupported('CREATE EXTENSION', 'drop extension', 'alter extension'),
  notSupported('CREATE DOMAIN', 'drop domain', 'alter domain', 'drop type', 'alter type'),
  notSupported('CREATE TABLESPACE', 'drop tablespace'),
  notSupported('DROP INDEX', 'alter index', 'reindex', 'cluster'),
  notSupported('DO'),
  notSupported('LISTEN'),
  notSupported('NOTIFY', 'unlisten'),
  notSupported('DISCARD'),
]

/** @throws SqlError for a statement that is not carried out */
export function handlerOf(cursor: Cursor): Handler {
  const begins = (starts: string) => cursor.is(...starts.split(' '))
  const refused = refusedStatements.find(({ starts }) => starts.some(begins))
  if (refused) return ({ sql, start, end }) => refuse(refused, sql.slice(start, end))
  // PREPARE TRANSACTION is refused above; PREPARE name AS query is not.
  if (begins('prepare')) return carryOut
  const found = handlers.find(([starts]) => starts.some(begins))
  if (!found) throw cursor.syntaxError()
  return found[1]
}

function refuse({ sqlstate, message }: RefusedStatement, sql: string): never {
  throw new SqlError(sqlstate, message(sql))
}
