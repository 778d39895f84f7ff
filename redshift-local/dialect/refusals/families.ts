import { Cursor, isWord, type Token } from '../tokens'
import { carriedOutByRedshift, notCarriedOut, type StatementRefusal } from './refusal'

/** A statement that begins so, named by these words. */
const lacking = (start: string): StatementRefusal => ({
  starts: [start],
  fact: carriedOutByRedshift,
  example: `${start} x`,
  sqlstate: '0A000',
  message: notCarriedOut(start.toUpperCase()),
})

const commands = [
  'call',
  'use',
  'execute immediate',
  'analyze compression',
  'analyse compression',
  'alter system',
  'grant assumerole',
  'revoke assumerole',
  ...['create', 'drop', 'alter', 'refresh'].map((verb) => `${verb} materialized view`),
  ...['create', 'create or replace', 'drop', 'alter', 'show'].map((verb) => `${verb} external`),
  ...['create', 'create or replace', 'drop', 'alter'].flatMap((verb) =>
    ['procedure', 'function', 'library', 'model', 'template', 'identity provider'].map(
      (object) => `${verb} ${object}`,
    ),
  ),
  ...['create', 'drop', 'alter'].map((verb) => `${verb} database`),
  ...['create', 'alter', 'drop', 'desc', 'show'].map((verb) => `${verb} datashare`),
  'show datashares',
  ...['create', 'alter', 'drop', 'list', 'run', 'show'].map((verb) => `copy job ${verb}`),
  'desc identity provider',
  ...['create', 'create or replace', 'alter', 'drop', 'attach', 'detach'].flatMap((verb) => [
    `${verb} rls policy`,
    `${verb} masking policy`,
  ]),
  ...[
    'function',
    'functions',
    'procedure',
    'procedures',
    'model',
    'models',
    'policies',
    'template',
    'templates',
  ].map((object) => `show ${object}`),
]

/** The statements that Redshift has and the local one does not carry out, each refused by its name. */
export const familyRefusals: StatementRefusal[] = [
  ...commands.map(lacking),
  {
    starts: ['grant', 'revoke'],
    fact: 'docs r_GRANT: rights on datashares, models, copy jobs and external tables, and scoped ones',
    example: 'grant select for tables in schema s to role r',
    sqlstate: '0A000',
    message: ({ tokens }) =>
      notCarriedOut(`${tokens[0]!.value.toUpperCase()} ${rightNotCarriedOut(tokens)!}`),
    answer: 'GRANT … FOR … IN is not carried out by the local Redshift.',
    when: ({ tokens }) => rightNotCarriedOut(tokens) !== undefined,
  },
  {
    starts: ['drop schema'],
    fact: `${carriedOutByRedshift}; docs r_DROP_SCHEMA`,
    example: 'drop schema x drop external database',
    sqlstate: '0A000',
    message: notCarriedOut('DROP EXTERNAL DATABASE'),
    when: ({ tokens }) => tokens.some((_, i) => new Cursor(tokens, i).is('drop', 'external')),
  },
  ...[
    'set table properties',
    'set location',
    'set file format',
    'add partition',
    'add if not exists partition',
    'drop partition',
    'partition',
  ].map((action) => ({
    starts: [`alter table NAME ${action}`],
    fact: `${carriedOutByRedshift}; docs r_ALTER_TABLE_external-table`,
    example: `alter table t ${action} (a = 1)`,
    sqlstate: '0A000',
    message: notCarriedOut(`ALTER TABLE ${action.toUpperCase()}`),
  })),
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
  const object = [
    'function',
    'procedure',
    'datashare',
    'model',
    'external table',
    'external column',
    'template',
  ]
  const named = object.find((words) => has('on', ...words.split(' ')))
  if (named) return `ON ${named.toUpperCase()}`
  if (has('account') || has('namespace')) return 'ON DATASHARE'
  const grantee = ['masking policy', 'rls policy', 'iam_role'].find((words) =>
    has(...words.split(' ')),
  )
  if (grantee) return `… TO ${grantee.toUpperCase()}`
  if (has('create', 'model')) return 'CREATE MODEL'
  const scopes = ['schemas', 'tables', 'functions', 'procedures', 'languages', 'copy jobs']
  return scopes.some((words) => has('for', ...words.split(' '), 'in')) ? '… FOR … IN' : undefined
}
