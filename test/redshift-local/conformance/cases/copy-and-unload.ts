import type { Case, Family } from '../case'

const copy = (options: string, from = 's3://no-such-bucket/k') => `copy t from '${from}' ${options}`
const unload = (options: string, query = 'select * from t') =>
  `unload ('${query}') to 's3://no-such-bucket/k' ${options}`

/** A COPY or UNLOAD that the local Redshift refuses by a name. */
const lacking = (sql: string, name: string): Case => ({
  sql,
  error: { sqlstate: '0A000', message: `${name} is not supported by the local Redshift` },
  localOnly: true,
  fact: 'A1, A10: what is not carried out is refused by its name',
})

/** What does not go together, in words of ours. */
const conflict = (sql: string, message: string): Case => ({
  sql,
  error: { sqlstate: '0A000', message },
  localOnly: true,
  fact: 'A1, A9, A10: what each format forbids',
})

const syntax = (sql: string, message: string): Case => ({
  sql,
  error: { sqlstate: '42601', message },
  fact: 'r_COPY, r_UNLOAD: grammar',
})

const credentials =
  "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or " +
  "'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'"

const families: Case[] = [
  ...['AVRO', 'PARQUET', 'ORC', 'SHAPEFILE', 'LZOP', 'ZSTD', 'ENCRYPTED', 'SSH'].map((name) =>
    lacking(copy(`iam_role default ${name}`), `COPY option ${name}`),
  ),
  ...['AVRO', 'PARQUET', 'ORC', 'SHAPEFILE'].map((name) =>
    lacking(copy(`iam_role default format as ${name}`), `COPY option ${name}`),
  ),
  ...['dynamodb', 'emr', 'ssh'].map((source) =>
    lacking(copy('iam_role default', `${source}://x`), `COPY from ${source}`),
  ),
  lacking(copy("iam_role default json 'noshred'"), "JSON 'noshred'"),
  ...['PARQUET', 'BZIP2', 'ZSTD', 'ENCRYPTED', 'ROWGROUPSIZE', 'KMS_KEY_ID'].map((name) =>
    lacking(unload(`iam_role default ${name}`), `UNLOAD option ${name}`),
  ),
  lacking(unload('iam_role default format as parquet'), 'UNLOAD option PARQUET'),
]

const conflicts: Case[] = [
  ...[
    ['delimiter', "','"],
    ['escape', ''],
    ['fillrecord', ''],
    ['ignoreblanklines', ''],
    ['null', "as ''"],
    ['removequotes', ''],
  ].map(([keyword, argument]) =>
    conflict(
      copy(`iam_role default json ${keyword} ${argument}`),
      `COPY option ${keyword!.toUpperCase()} cannot be used with FORMAT JSON`,
    ),
  ),
  ...['escape', 'removequotes'].map((keyword) =>
    conflict(
      copy(`iam_role default ${keyword} csv`),
      `COPY option ${keyword.toUpperCase()} cannot be used with FORMAT CSV`,
    ),
  ),
  conflict(
    copy("iam_role default fixedwidth '0:3' delimiter ','"),
    'COPY option DELIMITER cannot be used with FORMAT FIXEDWIDTH',
  ),
  conflict(copy("iam_role default quote '%'"), 'COPY option QUOTE is only for FORMAT CSV'),
  ...[
    ['header', ''],
    ['delimiter', "','"],
    ['addquotes', ''],
    ['escape', ''],
    ['null', "as ''"],
  ].map(([keyword, argument]) =>
    conflict(
      unload(`iam_role default json ${keyword} ${argument}`),
      `UNLOAD option ${keyword!.toUpperCase()} cannot be used with JSON`,
    ),
  ),
  ...['header', 'addquotes'].map((keyword) =>
    conflict(
      unload(`iam_role default fixedwidth '0:3' ${keyword}`),
      `UNLOAD option ${keyword.toUpperCase()} cannot be used with FIXEDWIDTH`,
    ),
  ),
  conflict(
    unload('iam_role default csv addquotes'),
    'UNLOAD option ADDQUOTES cannot be used with CSV',
  ),
]

export default {
  given: ['create table t (a int, b varchar(10))'],
  cases: [
    ...families,
    ...conflicts,
    syntax(copy('iam_role default csv json'), 'conflicting or redundant options'),
    syntax(copy('iam_role default gzip bzip2'), 'conflicting or redundant options'),
    syntax(copy('iam_role default delimiter'), 'syntax error at end of input'),
    syntax(copy('iam_role default delimeter'), 'syntax error at or near "delimeter"'),
    syntax('copy t', 'syntax error at end of input'),
    syntax('copy t from stdin', 'syntax error at or near "stdin"'),
    syntax(unload('iam_role default allowoverwrite cleanpath'), 'conflicting or redundant options'),
    syntax(unload('iam_role default header header'), 'conflicting or redundant options'),
    syntax(unload('iam_role default partition (a)'), 'syntax error at or near "("'),
    syntax("unload (select 1) to 's3://b/k' iam_role default", 'syntax error at or near "select"'),
    syntax("unload ('select 1') iam_role default", 'syntax error at or near "iam_role"'),
    syntax(unload('iam_role default', ''), 'syntax error at end of input'),
    syntax(unload('iam_role default', 'delete from t'), 'syntax error at or near "delete"'),
    syntax(unload('iam_role default', 'select 1; select 2'), 'syntax error at or near ";"'),
    {
      sql: copy("iam_role 'myRedshiftRole'"),
      error: { sqlstate: 'XX000', message: credentials },
      fact: 'A1: the form of an authorization',
    },
    {
      sql: copy("credentials 'aws_access_key_id=x'"),
      error: { sqlstate: 'XX000', message: credentials },
      fact: 'A1: the form of an authorization',
    },
    {
      sql: copy('iam_role default').replace('copy t ', 'copy nowhere '),
      error: { sqlstate: '42P01', message: 'Cannot COPY into nonexistent table nowhere' },
      fact: 'A6',
    },
    {
      sql: copy('iam_role default').replace('copy t ', 'copy t (c) '),
      error: { sqlstate: '42703', message: 'column "c" of relation "t" does not exist' },
      fact: 'copy-parameters-column-mapping',
    },
    {
      sql: unload('iam_role default', 'select * from t limit 10'),
      error: { sqlstate: '0A000', message: 'Limit clause is not supported' },
      fact: 'A10: no LIMIT in the outer SELECT',
    },
    {
      sql: unload('iam_role default', 'select * from nowhere'),
      error: { sqlstate: '42P01' },
      fact: 'A10: the query is one as any other',
    },
    {
      sql: unload('iam_role default partition by (c)'),
      error: { sqlstate: '42703', message: 'column "c" does not exist' },
      localOnly: true,
      fact: 'A10: PARTITION BY takes columns of the query',
    },
    {
      sql: unload('iam_role default partition by (a, b)'),
      error: { sqlstate: '0A000' },
      fact: 'A10: one column at least is no partition',
    },
    ...['4 mb', '6.3 gb', '0'].map((size) => ({
      sql: unload(`iam_role default maxfilesize ${size}`),
      error: { sqlstate: '22023' },
      localOnly: true as const,
      fact: 'A10: MAXFILESIZE is 5 MB to 6.2 GB',
    })),
    {
      sql: copy("iam_role default delimiter '||'"),
      error: { sqlstate: '0A000', message: 'COPY delimiter must be a single one-byte character' },
      localOnly: true,
      fact: 'A9: DELIMITER is one ASCII character',
    },
    {
      sql: 'select pg_last_copy_id() < 0, pg_last_unload_id(), pg_last_unload_count()',
      rows: [['t', '-1', '0']],
      fact: 'A6, A10: where there was none',
    },
    {
      sql: 'select count(*) from stl_unload_log where query = pg_last_unload_id()',
      rows: [['0']],
      fact: 'G',
    },
  ],
} satisfies Family
