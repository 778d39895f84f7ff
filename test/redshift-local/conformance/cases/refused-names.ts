import type { Case, Family } from '../case'

const notOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'
const later = 'C: Redshift grew from PostgreSQL 8.0, which has none of the name'
const leaderNode = 'docs c_SQL_functions_leader_node_only'

/** Functions that the engine has and Redshift does not know. */
const unknownFunctions: [sql: string, call: string][] = [
  ['select bit_xor(a) from t', 'bit_xor(integer)'],
  ['select bit_count(a) from t', 'bit_count(integer)'],
  ['select gcd(a, 2), lcm(a, 2) from t', 'gcd(integer, integer)'],
  ['select erf(a) from t', 'erf(integer)'],
  ['select sinh(1)', 'sinh(integer)'],
  ['select log10(100)', 'log10(integer)'],
  ['select sind(30)', 'sind(integer)'],
  ['select scale(1.5)', 'scale(numeric)'],
  ['select trim_scale(1.50)', 'trim_scale(numeric)'],
  ['select casefold(b) from t', 'casefold(character varying)'],
  ['select unistr(b) from t', 'unistr(character varying)'],
  ['select string_to_table(b, 1) from t', ''],
  ['select regexp_like(b, b) from t', 'regexp_like(character varying, character varying)'],
  ['select to_bin(a) from t', 'to_bin(integer)'],
  ['select date_subtract(d, d) from t', 'date_subtract(date, date)'],
  ['select isempty(b) from t', 'isempty(character varying)'],
  ['select box(point(1, 2), point(3, 4)) from t', ''],
  ['select no_such_function(a, b) from t', 'no_such_function(integer, character varying)'],
]

/** Functions of which the documentation says that they are not supported. */
const unsupportedFunctions = [
  "string_agg(b, ',')",
  'array_agg(a)',
  'every(a = 1)',
  'corr(a, a)',
  'covar_pop(a, a)',
  'covar_samp(a, a)',
  'regr_slope(a, a)',
  'clock_timestamp()',
  'transaction_timestamp()',
  "justify_days(interval '35 days')",
  "justify_hours(interval '35 hours')",
  'pg_sleep(0)',
  'div(7, 2)',
  'setseed(0.5)',
  'width_bucket(1, 1, 2, 3)',
  "bit_length('a')",
  "convert_from('a', 'utf8')",
  "encode('a', 'hex')",
  "format('%s', 'a')",
  "quote_nullable('a')",
  "regexp_matches('a', 'a')",
  "regexp_split_to_array('a', 'a')",
  "regexp_split_to_table('a', 'a')",
  "nextval('x')",
  'json_agg(a)',
  'jsonb_build_object()',
  'to_json(a)',
  'gen_random_uuid()',
  'uuidv7()',
  'make_date(2020, 1, 1)',
  "to_tsvector('a')",
  'int4range(1, 2)',
  "xpath('/a', '<a/>')",
  'row_to_json(t)',
  'random_normal()',
  'concat_ws(b, b)',
]

const leaderOnly = [
  'substr(b, 1, 1)',
  'factorial(a)',
  'now()',
  'age(d)',
  'current_schema()',
  'current_schemas(true)',
  "has_table_privilege('t', 'select')",
  'isfinite(d)',
  "to_ascii(b, 'latin1')",
  'pg_get_userbyid(a)',
  'array_to_string(current_schemas(true), b)',
]

/** Types that came after PostgreSQL 8.0. */
const unknownTypes =
  'uuid json jsonb xml tsvector tsquery int4range int8range numrange tsrange daterange int4multirange ' +
  'pg_lsn pg_snapshot xid8 jsonpath macaddr8 regnamespace regrole regconfig hstore citext'

const leaderTypes = 'inet cidr macaddr money point box path polygon circle bytea oid name regclass'

const operators: [sql: string, operator: string][] = [
  ["select a from t where b @@ 'x'", '@@'],
  ["select b -> 'x' from t", '->'],
  ["select b ->> 'x' from t", '->>'],
  ["select b #> 'x' from t", '#>'],
  ["select a from t where b @> 'x'", '@>'],
  ["select a from t where b <@ 'x'", '<@'],
  ["select a from t where b && 'x'", '&&'],
  ["select a from t where b ? 'x'", '?'],
  ["select a from t where b ?| 'x'", '?|'],
  ['select a <-> 1 from t', '<->'],
  ["select a from t where b ^@ 'x'", '^@'],
  ["select a from t where b -|- 'x'", '-|-'],
]

const systemColumns = ['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid', 't.ctid']

export default {
  given: [
    'create table t (a int, b varchar(10), d date)',
    "insert into t values (1, 'a', '2020-01-01'), (2, 'b', '2020-01-02')",
  ],
  cases: [
    ...unknownFunctions.map(([sql, call]): Case => ({
      sql,
      error: call
        ? { sqlstate: '42883', message: `function ${call} does not exist` }
        : { sqlstate: sql.includes('string_to_table') ? '0A000' : '42883' },
      fact: later,
    })),
    ...unsupportedFunctions.map((call): Case => ({
      sql: `select ${call} from t`,
      error: {
        sqlstate: '0A000',
        message: `Function "${/^\w+/.exec(call)![0]}" not supported.`,
      },
      fact: 'docs c_unsupported-postgresql-functions',
      localOnly: true,
    })),
    ...leaderOnly.map((call): Case => ({
      sql: `select ${call} from t`,
      error: { sqlstate: '0A000', message: notOnTables },
      fact: leaderNode,
    })),
    ...['substr', 'current_schema', 'generate_series'].map((name): Case => ({
      sql: `insert into t (b) select ${name === 'substr' ? "substr('ab', 1, 1)" : name === 'generate_series' ? 'generate_series(1, 3)' : 'current_schema()'}`,
      error: { sqlstate: '0A000', message: notOnTables },
      fact: `${leaderNode}: a table is filled on the compute nodes`,
    })),
    {
      sql: 'create table u as select * from generate_series(1, 3)',
      error: { sqlstate: '0A000', message: notOnTables },
      fact: 'C, Functions: GENERATE_SERIES',
    },
    ...unknownTypes.split(' ').map((type): Case => ({
      sql: `select b::${type} from t`,
      error: { sqlstate: '42704', message: `type "${type}" does not exist` },
      fact: later,
    })),
    ...leaderTypes.split(' ').map((type): Case => ({
      sql: `select b::${type} from t`,
      error: { sqlstate: '0A000', message: notOnTables },
      fact: 'docs c_unsupported-postgresql-datatypes',
    })),
    ...operators.map(([sql, operator]): Case => ({
      sql,
      error: { sqlstate: '42883', message: `operator does not exist: ${operator}` },
      fact: 'docs r_OPERATOR_SYMBOLS and the conditions: the operators are all',
      localOnly: true,
    })),
    ...['~*', '!~*', '~<~', '~>=~'].map((operator): Case => ({
      sql: `select a from t where b ${operator} 'x'`,
      error: { sqlstate: '0A000', message: notOnTables },
      fact: 'docs pattern-matching-conditions-posix: ~ and !~',
    })),
    ...systemColumns.map((column): Case => ({
      sql: `select ${column} from t`,
      error: {
        sqlstate: '42703',
        message: `column "${column.replace('t.', '')}" does not exist`,
      },
      fact: 'docs c_unsupported-postgresql-features: no system columns',
    })),
    ...[
      ['select 7 % 3, 2 ^ 3, |/ 4, ||/ 8, @ -1', ['1', '8', '2', '2', '1']],
      ['select 5 & 3, 5 | 3, 1 << 2, 8 >> 1, ~5', ['1', '7', '4', '4', '-6']],
      ["select 'ab' ~ 'b$', 'ab' !~ 'b$', 'ab' like 'a%', 'AB' ilike 'a%'", ['t', 'f', 't', 't']],
      ["select substr('abc', 2, 1)", ['b']],
      ['select any_value(a) from t where a = 1', ['1']],
      [
        'select bit_and(a), bit_or(a), bool_and(a > 0), bool_or(a > 1) from t',
        ['0', '3', 't', 't'],
      ],
      ["select int4('5') + float8('2')", ['7']],
      ["select b similar to 'a%' from t where a = 1", ['t']],
      ["select b like 'a^%' escape '^' from t where a = 1", ['f']],
    ].map(([sql, row]): Case => ({
      sql: sql as string,
      rows: [row as string[]],
      fact: 'docs c_SQL_functions, r_OPERATOR_SYMBOLS: these are there',
    })),
  ],
} satisfies Family
