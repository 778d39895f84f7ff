import { isSystem } from '../names'
import { textOf } from '../parse'
import { Cursor, isWord } from '../tokens'
import { inNoGrammar, type StatementRefusal } from './refusal'

const unsupported = (what: string, ...more: string[]): StatementRefusal => ({
  starts: [what.toLowerCase(), ...more],
  fact: inNoGrammar,
  example: `${what} x`,
  sqlstate: '0A000',
  message: `${what} is not supported`,
})

/** The same for several that are named by their own first words. */
const allUnsupported = (verbs: string, objects: string): StatementRefusal[] =>
  verbs
    .split(',')
    .flatMap((verb) => objects.split(',').map((object) => unsupported(`${verb} ${object}`)))

/** What Redshift refuses by the words that a statement begins with. */
export const statementRefusals: StatementRefusal[] = [
  {
    starts: ['create index', 'create unique index'],
    fact: 'C: real text',
    example: 'CREATE INDEX my_idx ON test_table (data)',
    sqlstate: '0A000',
    message: (statement) => `SQL command "${textOf(statement)}" not supported on Redshift tables`,
    answer:
      'SQL command "CREATE INDEX my_idx ON test_table (data)" not supported on Redshift tables',
  },
  {
    starts: ['create type'],
    fact: 'C: real text',
    example: "CREATE TYPE myenum AS ENUM ('a')",
    sqlstate: '42601',
    message: ({ tokens }) => {
      const [name = '', as = '', what = ''] = tokens.slice(2, 5).map(({ text }) => text)
      return `syntax error at or near "${what}" in context "TYPE ${name} ${as} ${what}"`
    },
    answer: 'syntax error at or near "ENUM" in context "TYPE myenum AS ENUM"',
  },
  unsupported('CREATE GLOBAL TEMPORARY TABLE', 'create global temp table'),
  unsupported('PREPARE TRANSACTION', 'commit prepared', 'rollback prepared'),
  unsupported('SAVEPOINT'),
  unsupported('RELEASE'),
  {
    starts: ['rollback', 'abort'],
    fact: 'C, Functions: ROLLBACK TO SAVEPOINT',
    example: 'rollback to savepoint x',
    sqlstate: '0A000',
    message: 'ROLLBACK TO SAVEPOINT is not supported',
    when: ({ tokens }) => tokens.some((token) => isWord(token, 'to')),
  },
  ...allUnsupported(
    'CREATE,CREATE OR REPLACE,ALTER,DROP',
    'SEQUENCE,TRIGGER,EVENT TRIGGER,RULE,EXTENSION,DOMAIN,TABLESPACE,AGGREGATE,OPERATOR,CAST,COLLATION,' +
      'CONVERSION,LANGUAGE,TRUSTED LANGUAGE,TEXT SEARCH,FOREIGN,SERVER,PUBLICATION,SUBSCRIPTION,STATISTICS,' +
      'ACCESS METHOD,TRANSFORM,POLICY,CONSTRAINT TRIGGER,ROUTINE',
  ),
  ...allUnsupported('ALTER,DROP', 'INDEX,TYPE'),
  ...allUnsupported('ALTER', 'LARGE OBJECT'),
  ...allUnsupported('CREATE', 'TEMP VIEW,TEMPORARY VIEW,RECURSIVE VIEW'),
  unsupported('DROP OWNED'),
  unsupported('REINDEX'),
  unsupported('CLUSTER'),
  unsupported('DO'),
  unsupported('LISTEN'),
  unsupported('NOTIFY'),
  unsupported('UNLISTEN'),
  unsupported('MOVE'),
  unsupported('CHECKPOINT'),
  unsupported('LOAD'),
  unsupported('REASSIGN'),
  unsupported('SECURITY LABEL'),
  unsupported('IMPORT'),
  unsupported('DISCARD'),
  {
    starts: ['alter table'],
    fact: "G: the system relations are the server's own",
    example: 'alter table pg_catalog.pg_class rename to x',
    sqlstate: '42501',
    message: ({ tokens }) =>
      `permission denied: "${new Cursor(tokens, 2).qualifiedName().name}" is a system catalog`,
    answer: 'permission denied: "pg_class" is a system catalog',
    when: ({ tokens }) => {
      const { schema, name } = new Cursor(tokens, 2).qualifiedName()
      return isSystem(schema, name)
    },
  },
  {
    starts: ['alter table NAME set'],
    fact: 'B, ALTER TABLE: for external tables only',
    example: 'alter table t set schema x',
    sqlstate: '0A000',
    message: 'ALTER TABLE SET is not supported',
  },
  {
    starts: ['alter table NAME alter interleaved sortkey'],
    fact: 'B, ALTER TABLE: ALTER [COMPOUND] SORTKEY',
    example: 'alter table t alter interleaved sortkey (a, b)',
    sqlstate: '0A000',
    message: 'ALTER INTERLEAVED SORTKEY is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME set not null',
      'alter table NAME alter NAME set not null',
    ],
    fact: 'B, ALTER TABLE, real text',
    example: 'alter table t alter column a set not null',
    sqlstate: '0A000',
    message: 'ALTER COLUMN SET NOT NULL is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME drop not null',
      'alter table NAME alter NAME drop not null',
    ],
    fact: 'B, ALTER TABLE: SET/DROP NOT NULL do not exist',
    example: 'alter table t alter a drop not null',
    sqlstate: '0A000',
    message: 'ALTER COLUMN DROP NOT NULL is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME set default',
      'alter table NAME alter column NAME drop default',
      'alter table NAME alter NAME set default',
      'alter table NAME alter NAME drop default',
    ],
    fact: 'B, ALTER TABLE, real text',
    example: 'alter table t alter column a drop default',
    sqlstate: '0A000',
    message: 'ALTER COLUMN SET/DROP DEFAULT is not supported',
  },
]
