import { SqlError } from '../errors'
import { alterTable } from './alter-table'
import { call, createTable, type Design, withDefaults } from './create-table'
import { carryOut, type SessionView, type Source, sourceOf, type Statement } from './rewrite'
import { reset, setParameter, show } from './session-settings'
import { Cursor, isWord, quoteFully, quoteName, type Token, tokenize } from './tokens'

/** Facts D: TRUNCATE commits the transaction that it is in. */
function truncate(source: Source): Partial<Statement> {
  return { ...carryOut(source), after: ['commit'] }
}

const vacuums = [['full'], ['sort', 'only'], ['delete', 'only'], ['reindex'], ['recluster']]

/** Facts D: VACUUM [FULL|SORT ONLY|DELETE ONLY|REINDEX|RECLUSTER] [t] [TO n PERCENT] [BOOST]. */
function vacuum({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  vacuums.some((words) => cursor.take(...words))
  const named = !cursor.isAtEnd && !cursor.is('to') && !cursor.is('boost')
  const table = named ? quoteFully(cursor.qualifiedName()) : ''
  if (cursor.take('to')) {
    cursor.integer()
    cursor.expect('percent')
  }
  cursor.take('boost')
  cursor.expectEnd()
  return { main: `vacuum ${table}`.trim(), tag: 'VACUUM', notInBlock: 'VACUUM' }
}

/** Facts D: ANALYZE [VERBOSE] [t[(c,..)]] [PREDICATE COLUMNS|ALL COLUMNS]. */
function analyze({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  if (cursor.is('compression')) {
    throw new SqlError('0A000', 'ANALYZE COMPRESSION is not carried out by the local Redshift.')
  }
  cursor.take('verbose')
  const named = !cursor.isAtEnd && !cursor.is('predicate') && !cursor.is('all')
  const table = named ? ` ${quoteFully(cursor.qualifiedName())}` : ''
  const columns = named && cursor.is('(') ? ` (${cursor.names().map(quoteName).join(', ')})` : ''
  if (!cursor.take('predicate', 'columns')) cursor.take('all', 'columns')
  cursor.expectEnd()
  return { main: `analyze${table}${columns}`, tag: 'ANALYZE' }
}

// The engine locks only within a transaction block, and Redshift anywhere: a block of code is one. But
// that takes the transaction's snapshot before it waits, and LOCK in Redshift takes none (facts D).
function lock({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  cursor.take('table')
  const tables = [cursor.qualifiedName()]
  while (cursor.take(',')) tables.push(cursor.qualifiedName())
  cursor.expectEnd()
  const names = tables.map(quoteFully).join(', ')
  return {
    main: `do $redshift$begin lock table ${names}; end$redshift$`,
    mainInBlock: `lock table ${names}`,
    tag: 'LOCK TABLE',
  }
}

function cancel({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens, 1)
  const pid = cursor.integer()
  if (cursor.token?.kind === 'string') cursor.next()
  cursor.expectEnd()
  const main = `do $redshift$begin perform pg_catalog.pg_cancel_backend(${pid}); end$redshift$`
  return { main, tag: 'CANCEL' }
}

/** COPY is parsed and run by copy/. */
function copy({ tokens }: Source): Partial<Statement> {
  return { copy: tokens }
}

/** SELECT, and SELECT … INTO, which makes a table. */
function select(source: Source): Partial<Statement> {
  const into = madeBy(source)
  const { main } = carryOut(source)
  if (!into) return { main }
  const design = withDefaults({ ...into, fromQuery: true })
  return { main, tag: 'SELECT', after: [call('record_table', design)] }
}

function madeBy({ tokens }: Source): Design | undefined {
  let depth = 0
  const at = tokens.findIndex((token) => {
    if (isWord(token, '(')) depth++
    if (isWord(token, ')')) depth--
    return depth === 0 && isWord(token, 'into')
  })
  if (at < 0) return undefined
  const cursor = new Cursor(tokens, at + 1)
  const temporary = cursor.take('temp') || cursor.take('temporary')
  cursor.take('table')
  const { schema, name } = cursor.qualifiedName()
  const place = temporary || name.startsWith('#') ? 'pg_temp' : schema
  return place === undefined ? { table: name } : { table: name, schema: place }
}

/** Facts C: FROM may be left out. */
function deleteFrom(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 1)
  if (cursor.is('from')) return carryOut(source)
  const rest = source.sql.slice(cursor.start, source.end)
  return carryOut(sourceOf(`delete from ${rest}`, source.session))
}

function createView(source: Source): Partial<Statement> {
  const last = source.tokens.slice(-4)
  if (['with', 'no', 'schema', 'binding'].every((word, i) => isWord(last[i], word))) {
    throw new SqlError('0A000', 'WITH NO SCHEMA BINDING is not carried out by the local Redshift.')
  }
  return carryOut(source)
}

const levels = [
  ['serializable'],
  ['snapshot'],
  ['read', 'committed'],
  ['read', 'uncommitted'],
  ['repeatable', 'read'],
]

/** Facts D: every isolation level is taken, and none has an effect. */
function begin({ tokens }: Source): Partial<Statement> {
  const cursor = new Cursor(tokens)
  const isStart = cursor.take('start')
  if (isStart) cursor.expect('transaction')
  else if (cursor.take('begin') && !cursor.take('work')) cursor.take('transaction')
  const readOnly = readModes(cursor)
  const tag = isStart ? 'START TRANSACTION' : 'BEGIN'
  return { main: readOnly ? 'begin read only' : 'begin', tag, transaction: 'begin' }
}

/** Reads ISOLATION LEVEL … and READ ONLY | READ WRITE; true for READ ONLY. */
export function readModes(cursor: Cursor): boolean {
  let readOnly = false
  while (!cursor.isAtEnd) {
    cursor.take(',')
    if (cursor.take('isolation', 'level')) {
      if (!levels.some((level) => cursor.take(...level))) throw cursor.syntaxError()
    } else if (cursor.take('read', 'only')) readOnly = true
    else if (cursor.take('read', 'write')) readOnly = false
    else throw cursor.syntaxError()
  }
  return readOnly
}

function commit({ tokens }: Source): Partial<Statement> {
  endOfTransaction(tokens)
  return { main: 'commit', tag: 'COMMIT', transaction: 'commit' }
}

function rollback({ tokens }: Source): Partial<Statement> {
  if (tokens.some((token) => token.value === 'to')) {
    throw new SqlError('0A000', 'ROLLBACK TO SAVEPOINT is not supported')
  }
  endOfTransaction(tokens)
  return { main: 'rollback', tag: 'ROLLBACK', transaction: 'rollback' }
}

function endOfTransaction(tokens: Source['tokens']): void {
  const cursor = new Cursor(tokens, 1)
  if (!cursor.take('work')) cursor.take('transaction')
  cursor.expectEnd()
}

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
interface RefusedStatement {
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
function handlerOf(cursor: Cursor): Handler {
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

export type { SessionView, Statement } from './rewrite'

/**
 * What the engine is to run for each statement of a text in Redshift's SQL.
 * @throws SqlError for what Redshift refuses, or what the local Redshift cannot carry out, by name
 */
export function translate(sql: string, session: SessionView): Statement[] {
  const statements = split(tokenize(sql))
  if (statements.length === 0) return [{ sql, before: [], main: '', after: [] }]
  return statements.map((tokens) => translateOne(sourceOf(sql, session, tokens)))
}

function split(tokens: Token[]): Token[][] {
  const statements: Token[][] = []
  let from = 0
  for (let i = 0; i <= tokens.length; i++) {
    if (i < tokens.length && !isWord(tokens[i], ';')) continue
    if (i > from) statements.push(tokens.slice(from, i))
    from = i + 1
  }
  return statements
}

function translateOne(source: Source): Statement {
  const sql = source.sql.slice(source.start, source.end)
  const carryOut = handlerOf(new Cursor(source.tokens))
  return { sql, before: [], main: '', after: [], ...carryOut(source) }
}
