import { Cursor, isWord, type Token } from '../tokens'
import { carriedOutByRedshift, notCarriedOut, type StatementRefusal } from './refusal'

const lacking = (what: string, ...more: string[]): StatementRefusal => ({
  starts: [what.toLowerCase(), ...more],
  fact: carriedOutByRedshift,
  example: `${what} x`,
  sqlstate: '0A000',
  message: notCarriedOut(what),
})

/** The statements that Redshift has and the local one does not carry out, each refused by its name. */
export const familyRefusals: StatementRefusal[] = [
  lacking('UNLOAD'),
  lacking('CALL'),
  lacking(
    'CREATE MATERIALIZED VIEW',
    'drop materialized view',
    'refresh materialized view',
    'alter materialized view',
  ),
  lacking('CREATE EXTERNAL', 'drop external', 'alter external'),
  lacking('CREATE PROCEDURE', 'create or replace procedure', 'drop procedure', 'alter procedure'),
  lacking('CREATE FUNCTION', 'create or replace function', 'drop function', 'alter function'),
  lacking('CREATE LIBRARY', 'create or replace library', 'drop library'),
  lacking('CREATE DATABASE', 'drop database', 'alter database'),
  lacking('CREATE MODEL', 'drop model', 'show model'),
  lacking('CREATE DATASHARE', 'alter datashare', 'drop datashare'),
  lacking('CREATE RLS POLICY', 'create masking policy', 'attach', 'detach'),
  lacking('PREPARE TRANSACTION'),
  lacking('GRANT ASSUMEROLE', 'revoke assumerole'),
  {
    starts: ['grant', 'revoke'],
    fact: 'docs r_GRANT: rights on datashares, models, copy jobs and external tables, and scoped ones',
    example: 'grant select for tables in schema s to role r',
    sqlstate: '0A000',
    message: ({ tokens }) => notCarriedOut(`GRANT ${rightNotCarriedOut(tokens)!}`),
    answer: 'GRANT … FOR … IN is not carried out by the local Redshift.',
    when: ({ tokens }) => rightNotCarriedOut(tokens) !== undefined,
  },
  lacking('ANALYZE COMPRESSION', 'analyse compression'),
  {
    starts: ['create view', 'create or replace view'],
    fact: carriedOutByRedshift,
    example: 'create view v as select a from public.t with no schema binding',
    sqlstate: '0A000',
    message: notCarriedOut('WITH NO SCHEMA BINDING'),
    when: ({ tokens }) => new Cursor(tokens.slice(-4)).is('with', 'no', 'schema', 'binding'),
  },
  {
    starts: ['alter table NAME append from'],
    fact: carriedOutByRedshift,
    example: 'alter table t append from s',
    sqlstate: '0A000',
    message: notCarriedOut('ALTER TABLE APPEND'),
  },
  {
    starts: ['alter table NAME row level security'],
    fact: carriedOutByRedshift,
    example: 'alter table t row level security on',
    sqlstate: '0A000',
    message: notCarriedOut('ROW LEVEL SECURITY'),
  },
]

/** What a GRANT or REVOKE is of, where it is none that the engine or the catalog has. */
function rightNotCarriedOut(tokens: Token[]): string | undefined {
  const has = (...words: string[]) =>
    tokens.some((_, i) => words.every((word, n) => isWord(tokens[i + n], word)))
  const object = ['datashare', 'model', 'copy job', 'external table', 'external column', 'template']
  const named = object.find((words) => has('on', ...words.split(' ')))
  if (named) return `ON ${named.toUpperCase()}`
  if (has('account') || has('namespace')) return 'ON DATASHARE'
  const scopes = ['schemas', 'tables', 'functions', 'procedures', 'languages', 'copy jobs']
  return scopes.some((words) => has('for', ...words.split(' '), 'in')) ? '… FOR … IN' : undefined
}
