import { unknownTypes } from './columns'
import { lastName, type Node, type Visit } from './walk'

const systemSchemas = ['pg_catalog', 'information_schema', 'redshift_catalog']

/** Whether a name means a relation of the system's, as far as a name can tell. */
export function isSystem(schema: string | undefined, name: string): boolean {
  if (schema !== undefined) return systemSchemas.includes(schema)
  return /^(pg|stl|stv|svl|svv|svcs|sys)_/.test(name)
}

function isSystemSchema(name: string): boolean {
  return systemSchemas.includes(name)
}

/** Facts C, Functions: what PostgreSQL 18 has and Redshift refuses. */
const names = new Set(
  (
    'string_agg array_agg every xmlagg corr covar_pop covar_samp clock_timestamp justify_days ' +
    'justify_hours justify_interval pg_sleep pg_sleep_for pg_sleep_until transaction_timestamp ' +
    'statement_timestamp div setseed width_bucket generate_subscripts nextval currval setval lastval ' +
    'bit_length overlay convert convert_from convert_to encode format quote_nullable regexp_matches ' +
    'regexp_match regexp_split_to_array regexp_split_to_table unnest cardinality string_to_array ' +
    'array_to_string string_to_table row_to_json to_json to_jsonb gen_random_uuid uuidv4 uuidv7 ' +
    'concat_ws make_date make_time make_timestamp make_timestamptz make_interval date_bin any_agg ' +
    'num_nulls num_nonnulls mode set_masklen txid_current starts_with parse_ident random_normal ' +
    'int4range int8range numrange tsrange tstzrange daterange to_tsvector to_tsquery plainto_tsquery ' +
    'ts_rank ts_headline xpath xmlparse query_to_xml table_to_xml set_config dblink'
  ).split(' '),
)
const families =
  /^(regr_|jsonb?_(?!extract_path_text$|array_length$|parse$|typeof$|serialize)|array_|range_|xml|pg_(try_)?advisory_|pg_read_|pg_ls_|pg_stat_file|pg_reload|pg_rotate|pg_log|lo_|pg_logical|pg_create|pg_drop|pg_switch|pg_promote|pg_replication|binary_upgrade)/
const ofRedshift = new Set(['json_extract_array_element_text'])

function unsupportedFunctions(name: string): boolean {
  return names.has(name) || (families.test(name) && !ofRedshift.has(name))
}

const absent =
  /^(json_parse|json_serialize|json_typeof|can_json_parse|json_size|st_|hll|h3_|array_(concat|flatten|length)|subarray|split_to_array|get_array_length|is_(array|object|integer|varchar|char|boolean|decimal|float|scalar|smallint|bigint)$|to_varbyte|from_varbyte|try_cast|soundex|difference|crc32|bpcharcmp|explode_hier|object_transform|ai_|farmhash|farmfingerprint64|interval_cmp|next_day|from_hex|to_hex_varbyte|aws_)/

/** Functions of Redshift that the engine cannot answer for. */
function functionsNotCarriedOut(name: string): boolean {
  return absent.test(name)
}

/** What Redshift refuses, found at a node of the syntax tree. The test runs every example. */
export interface Refusal {
  name: string
  fact: string
  example: string
  sqlstate: string
  message: string | ((visit: Visit, text: string) => string)
  /** What the example is answered, where `message` depends on the statement. */
  says?: string
  hint?: string
  node: string
  when?: (visit: Visit, text: string) => boolean
}

const grammar = 'C: not in any documented grammar'
const unsupported = 'C: documented unsupported features'

export const refusals: Refusal[] = [
  {
    name: 'ON CONFLICT',
    fact: grammar,
    example: 'insert into t values (1) on conflict do nothing',
    sqlstate: '42601',
    message: 'syntax error at or near "conflict"',
    hint: 'Redshift has no ON CONFLICT, and does not enforce keys: use MERGE, or DELETE … USING and INSERT.',
    node: 'OnConflictClause',
  },
  {
    name: 'RETURNING',
    fact: grammar,
    example: 'insert into t values (1) returning a',
    sqlstate: '42601',
    message: 'syntax error at or near "returning"',
    node: 'ReturningClause',
  },
  {
    name: 'FOR UPDATE',
    fact: grammar,
    example: 'select a from t for update',
    sqlstate: '0A000',
    message: 'SELECT FOR UPDATE/SHARE is not supported',
    node: 'LockingClause',
  },
  {
    name: 'LATERAL',
    fact: grammar,
    example: 'select 1 from t, lateral (select t.a) u',
    sqlstate: '0A000',
    message: 'LATERAL is not supported',
    node: 'RangeSubselect',
    when: ({ node }) => node['lateral'] === true,
  },
  {
    name: 'FILTER',
    fact: grammar,
    example: 'select count(*) filter (where a > 1) from t',
    sqlstate: '42601',
    message: 'syntax error at or near "filter"',
    hint: 'Use an aggregate of CASE WHEN … THEN … END.',
    node: 'FuncCall',
    when: ({ node }) => node['agg_filter'] !== undefined,
  },
  {
    name: 'an order inside an aggregate',
    fact: 'E: LISTAGG takes its order by WITHIN GROUP; no other aggregate takes any',
    example: "select listagg(b, ',' order by b) from t",
    sqlstate: '42601',
    message: 'syntax error at or near "order"',
    node: 'FuncCall',
    when: ({ node }) => node['agg_order'] !== undefined && node['agg_within_group'] !== true,
  },
  {
    name: 'DISTINCT ON',
    fact: 'C: real text',
    example: 'select distinct on (a) a, b from t',
    sqlstate: '0A000',
    message: 'SELECT DISTINCT ON is not supported',
    node: 'SelectStmt',
    when: ({ node }) =>
      (node['distinctClause'] as Node[] | undefined)?.some((it) => Object.keys(it).length > 0) ??
      false,
  },
  {
    name: 'TABLESAMPLE',
    fact: grammar,
    example: 'select a from t tablesample system (10)',
    sqlstate: '42601',
    message: 'syntax error at or near "tablesample"',
    node: 'RangeTableSample',
  },
  {
    name: 'VALUES as a constant table',
    fact: unsupported,
    example: 'select * from (values (1), (2)) v',
    sqlstate: '0A000',
    message: 'A VALUES list used as a constant table is not supported',
    hint: 'Select the rows, with UNION ALL between them.',
    node: 'SelectStmt',
    when: ({ node, parent }) => node['valuesLists'] !== undefined && parent?.type !== 'InsertStmt',
  },
  {
    name: 'a sub-select in a multi-row INSERT',
    fact: 'C: real text',
    example: 'insert into t values (1), ((select max(a) from t))',
    sqlstate: '0A000',
    message: "can't use subqueries in multi-row VALUES",
    node: 'SubLink',
    when: isInMultiRowValues,
  },
  {
    name: 'LIMIT in an arm of a UNION',
    fact: grammar,
    example: '(select a from t limit 1) union all select a from t',
    sqlstate: '0A000',
    message: 'LIMIT in an arm of a set operation is not supported',
    node: 'SelectStmt',
    when: ({ node, field }) => /^[lr]arg$/.test(field) && node['limitCount'] !== undefined,
  },
  {
    name: 'MATERIALIZED',
    fact: grammar,
    example: 'with q as materialized (select 1 as x) select x from q',
    sqlstate: '42601',
    message: 'syntax error at or near "materialized"',
    node: 'CommonTableExpr',
    when: ({ node }) => node['ctematerialized'] !== 'CTEMaterializeDefault',
  },
  {
    name: 'data-modifying WITH',
    fact: grammar,
    example: 'with q as (delete from t) select 1',
    sqlstate: '42601',
    message: 'syntax error: only SELECT can be within WITH',
    node: 'CommonTableExpr',
    when: ({ node }) => (node['ctequery'] as Node)['SelectStmt'] === undefined,
  },
  {
    name: 'an array',
    fact: unsupported,
    example: 'select array[1, 2]',
    sqlstate: '0A000',
    message:
      'Array constructors are not carried out by the local Redshift: they make a SUPER there.',
    node: 'A_ArrayExpr',
  },
  {
    name: 'a subscript',
    fact: unsupported,
    example: 'select b[1] from t',
    sqlstate: '0A000',
    message: 'Subscripted expressions are not supported',
    node: 'A_Indices',
  },
  {
    name: 'a row constructor',
    fact: unsupported,
    example: 'select row(1, 2)',
    sqlstate: '0A000',
    message: 'Row constructors are not supported',
    node: 'RowExpr',
    when: ({ node }) => node['row_format'] === 'COERCE_EXPLICIT_CALL',
  },
  {
    name: 'IS DISTINCT FROM',
    fact: 'C: IS DISTINCT FROM in the list of unsupported functions',
    example: 'select 1 is distinct from 2',
    sqlstate: '42601',
    message: 'syntax error at or near "distinct"',
    node: 'A_Expr',
    when: ({ node }) => /DISTINCT/.test(node['kind'] as string),
  },
  {
    name: 'an outer join in UPDATE … FROM',
    fact: 'C: outer join in UPDATE..FROM',
    example: 'update t set a = 1 from t u left join t v on u.a = v.a where t.a = u.a',
    sqlstate: '0A000',
    message: 'Target table must be part of an equijoin predicate',
    node: 'JoinExpr',
    when: ({ node, parent, field }) =>
      parent?.type === 'UpdateStmt' && field === 'fromClause' && node['jointype'] !== 'JOIN_INNER',
  },
  {
    name: 'UPDATE of several columns from one row',
    fact: 'C: not in any documented grammar: UPDATE … SET column = value [,...]',
    example: 'update t set (a, b) = (select 1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "("',
    node: 'MultiAssignRef',
  },
  {
    name: 'ordered aggregate window without a frame',
    fact: 'OHDSI/Achilles#232, real text',
    example: 'select sum(a) over (order by b) from t',
    sqlstate: '42601',
    message: 'Aggregate window functions with an ORDER BY clause require a frame clause',
    node: 'FuncCall',
    when: ({ node }) => {
      const over = node['over'] as Node | undefined
      if (!over?.['orderClause'] || !framed.has(lastName(node['funcname'] as Node[]))) return false
      return ((over['frameOptions'] as number) & frameGiven) === 0
    },
  },
  {
    name: 'RANGE in a window',
    fact: 'OHDSI/Achilles#232, real text',
    example: 'select sum(a) over (order by b range unbounded preceding) from t',
    sqlstate: '0A000',
    message: 'RANGE clause of window functions not yet implemented',
    node: 'WindowDef',
    when: ({ node }) =>
      ((node['frameOptions'] as number) & (frameGiven | frameRange)) === (frameGiven | frameRange),
  },
  {
    name: 'GROUPS in a window, EXCLUDE',
    fact: 'docs c_Window_functions: frame_clause is ROWS only',
    example: 'select sum(a) over (order by b groups unbounded preceding) from t',
    sqlstate: '42601',
    message: 'syntax error in the frame clause: only ROWS is supported',
    node: 'WindowDef',
    when: ({ node }) => ((node['frameOptions'] as number) & (frameGroups | frameExclusion)) !== 0,
  },
  {
    name: 'a function of PostgreSQL',
    fact: 'C, Functions',
    example: "select string_agg(b, ',') from t",
    sqlstate: '0A000',
    message: ({ node }) => `Function "${lastName(node['funcname'] as Node[])}" not supported.`,
    says: 'Function "string_agg" not supported.',
    node: 'FuncCall',
    when: ({ node }) => unsupportedFunctions(lastName(node['funcname'] as Node[])),
  },
  {
    name: 'a function of Redshift that has no counterpart here',
    fact: 'B, Types: SUPER, GEOMETRY, HLLSKETCH are not carried out',
    example: "select json_parse('{}')",
    sqlstate: '0A000',
    message: ({ node }) =>
      `${lastName(node['funcname'] as Node[]).toUpperCase()} is not carried out by the local Redshift.`,
    says: 'JSON_PARSE is not carried out by the local Redshift.',
    node: 'FuncCall',
    when: ({ node }) => functionsNotCarriedOut(lastName(node['funcname'] as Node[])),
  },
  {
    name: 'a table function other than generate_series',
    fact: 'C: table functions',
    example: "select * from pg_catalog.repeat('a', 2)",
    sqlstate: '0A000',
    message: 'Table functions are not supported',
    node: 'RangeFunction',
    when: ({ node }) => !JSON.stringify(node['functions']).includes('"generate_series"'),
  },
  {
    name: 'an array type',
    fact: 'C, Data types',
    example: "select '{1}'::int[]",
    sqlstate: '0A000',
    message: ({ node }) => `Type "${lastName(node['names'] as Node[])}[]" is not supported.`,
    says: 'Type "int4[]" is not supported.',
    node: 'TypeName',
    when: ({ node }) => node['arrayBounds'] !== undefined,
  },
  {
    name: 'a type of PostgreSQL',
    fact: 'C: real text for uuid',
    example: "select 'a'::uuid",
    sqlstate: '42704',
    message: ({ node }) => `type "${lastName(node['names'] as Node[])}" does not exist`,
    says: 'type "uuid" does not exist',
    node: 'TypeName',
    when: ({ node }) => unknownTypes.has(lastName(node['names'] as Node[])),
  },
  {
    name: 'MERGE with an alias for its target',
    fact: 'D: no alias for the target',
    example:
      'merge into t x using s on x.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "x"',
    node: 'MergeStmt',
    when: ({ node }) => (node['relation'] as Node)['alias'] !== undefined,
  },
  {
    name: 'MERGE from a sub-query',
    fact: 'D: source = table, not a view or sub-query',
    example:
      'merge into t using (select 1 as a) s on t.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "("',
    node: 'MergeStmt',
    when: ({ node }) => (node['sourceRelation'] as Node)['RangeVar'] === undefined,
  },
  {
    name: 'MERGE of a table into itself',
    fact: 'D: source <> target',
    example:
      'merge into t using t s on t.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '0A000',
    message: 'The source and the target of MERGE cannot be the same table.',
    node: 'MergeStmt',
    when: ({ node }) => {
      const [target, source] = [
        node['relation'] as Node,
        (node['sourceRelation'] as Node)['RangeVar'] as Node,
      ]
      return (
        target['relname'] === source['relname'] && target['schemaname'] === source['schemaname']
      )
    },
  },
  {
    name: 'MERGE with a condition or DO NOTHING',
    fact: 'D: no AND cond, no DO NOTHING',
    example:
      'merge into t using s on t.a = s.a when matched and s.a > 1 then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: ({ node }) => `syntax error at or near "${node['condition'] ? 'and' : 'do'}"`,
    says: 'syntax error at or near "and"',
    node: 'MergeWhenClause',
    when: ({ node }) => node['condition'] !== undefined || node['commandType'] === 'CMD_NOTHING',
  },
  {
    name: 'MERGE with clauses other than MATCHED and NOT MATCHED, once each, in this order',
    fact: 'D: exactly one MATCHED and one NOT MATCHED clause in that order (NOT MATCHED alone: dbt emits it)',
    example:
      'merge into t using s on t.a = s.a when not matched then insert values (1, 2) when matched then delete',
    sqlstate: '42601',
    message:
      'MERGE takes WHEN MATCHED THEN and WHEN NOT MATCHED THEN INSERT, once each, in this order',
    node: 'MergeStmt',
    when: ({ node }) => {
      const kinds = (node['mergeWhenClauses'] as Node[]).map(
        (it) => (it['MergeWhenClause'] as Node)['matchKind'] as string,
      )
      return ![
        'MERGE_WHEN_MATCHED,MERGE_WHEN_NOT_MATCHED_BY_TARGET',
        'MERGE_WHEN_NOT_MATCHED_BY_TARGET',
      ].includes(kinds.join())
    },
  },
  {
    name: 'MERGE with WITH',
    fact: 'D: no WITH',
    example:
      'with q as (select 1) merge into t using s on t.a = s.a when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "merge"',
    node: 'MergeStmt',
    when: ({ node }) => node['withClause'] !== undefined,
  },
  {
    name: 'TRUNCATE of several tables, RESTART IDENTITY, CASCADE',
    fact: 'C: only TRUNCATE [TABLE] t',
    example: 'truncate t, s',
    sqlstate: '42601',
    message: 'TRUNCATE takes one table, and nothing after its name',
    node: 'TruncateStmt',
    when: ({ node }) =>
      (node['relations'] as Node[]).length > 1 ||
      node['restart_seqs'] === true ||
      node['behavior'] === 'DROP_CASCADE',
  },
  {
    name: 'EXPLAIN with options',
    fact: 'C: not in the documented grammar, EXPLAIN [VERBOSE] query',
    example: 'explain analyze select 1',
    sqlstate: '0A000',
    message: 'EXPLAIN takes no option but VERBOSE',
    node: 'ExplainStmt',
    when: ({ node }) =>
      JSON.stringify(node['options'] ?? [])
        .replace(/"defname":"verbose"/, '')
        .includes('"defname"'),
  },
  {
    name: 'RULE and TRIGGER privileges',
    fact: 'C: RULE & TRIGGER privileges',
    example: 'grant trigger on t to public',
    sqlstate: '0A000',
    message: 'GRANT/REVOKE of RULE and TRIGGER is not supported',
    node: 'AccessPriv',
    when: ({ node }) => ['rule', 'trigger'].includes(node['priv_name'] as string),
  },
  {
    name: 'FETCH backward',
    fact: 'C: cursors read forward only',
    example: 'fetch backward 1 from c',
    sqlstate: '0A000',
    message: 'FETCH reads forward only',
    node: 'FetchStmt',
    when: ({ node }) => node['direction'] !== undefined && node['direction'] !== 'FETCH_FORWARD',
  },
  {
    name: 'writing to a system table',
    fact: "D: target not system; G: the system relations are the server's own",
    example: 'delete from pg_catalog.pg_class',
    sqlstate: '42501',
    message: ({ node }) => `permission denied: "${node['relname']}" is a system catalog`,
    says: 'permission denied: "pg_class" is a system catalog',
    node: 'RangeVar',
    when: ({ node, parent, field }) =>
      ['relation', 'relations', 'view', 'rel'].includes(field) &&
      writes.has(parent?.type ?? '') &&
      isSystem(node['schemaname'] as string | undefined, node['relname'] as string),
  },
  {
    name: 'renaming a system schema',
    fact: "G: the system relations are the server's own",
    example: 'alter schema pg_catalog rename to x',
    sqlstate: '42501',
    message: 'permission denied: a system catalog cannot be renamed',
    node: 'RenameStmt',
    when: ({ node }) => isSystemSchema((node['subname'] as string | undefined) ?? ''),
  },
  {
    name: 'dropping a system table or schema',
    fact: "G: the system relations are the server's own",
    example: 'drop schema redshift_catalog cascade',
    sqlstate: '42501',
    message: 'permission denied: a system catalog cannot be dropped',
    node: 'DropStmt',
    when: ({ node }) => (node['objects'] as Node[]).some(isSystemObject),
  },
]

function isInMultiRowValues({ parent }: Visit): boolean {
  for (let at = parent; at && at.type !== 'SubLink'; at = at.parent) {
    if (at.field === 'valuesLists') return (at.parent!.node['valuesLists'] as Node[]).length > 1
  }
  return false
}

const writes = new Set(
  'InsertStmt UpdateStmt DeleteStmt MergeStmt TruncateStmt AlterTableStmt RenameStmt CreateStmt IntoClause ViewStmt'.split(
    ' ',
  ),
)

function isSystemObject(object: Node): boolean {
  const items = (object['List'] as { items: Node[] } | undefined)?.items ?? [object]
  const names = items.map((item) => (item['String'] as { sval: string } | undefined)?.sval ?? '')
  const [first = '', second] = names
  return second === undefined
    ? isSystemSchema(first) || isSystem(undefined, first)
    : isSystem(first, second)
}

const framed = new Set(
  'sum avg count min max stddev stddev_samp stddev_pop variance var_samp var_pop first_value last_value nth_value'.split(
    ' ',
  ),
)
// FRAMEOPTION_* of PostgreSQL's parsenodes.h
const [frameGiven, frameRange, frameGroups, frameExclusion] = [
  0x1,
  0x2,
  0x8,
  0x8000 | 0x10000 | 0x20000,
]
