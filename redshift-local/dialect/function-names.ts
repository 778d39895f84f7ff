import { wordSet } from './names'

/**
 * What the name of a function means to Redshift. A statement can call those that the Developer Guide documents, and
 * those of PostgreSQL 8.0 that the leader node still has; all others of the engine are refused or hidden (facts C,
 * functions).
 */

/** Docs c_SQL_functions and the pages below it, as far as they are carried out. */
const documentedFunctions = wordSet(
  // aggregates, window functions
  'any_value avg count listagg max median min percentile_cont percentile_disc stddev stddev_pop stddev_samp ' +
    'sum var_pop var_samp variance bit_and bit_or bool_and bool_or cume_dist dense_rank first_value lag ' +
    'last_value lead nth_value ntile percent_rank rank ratio_to_report row_number grouping grouping_id',
  // conditions, conversions
  'nvl nvl2 decode convert try_cast to_char to_date to_number to_timestamp text_to_int_alt text_to_numeric_alt',
  // dates and times
  'add_months convert_timezone current_date dateadd date_add datediff date_diff date_cmp date_cmp_timestamp ' +
    'date_cmp_timestamptz date_part date_part_year date_trunc extract getdate interval_cmp last_day ' +
    'months_between next_day sysdate timeofday timestamp_cmp timestamp_cmp_date timestamp_cmp_timestamptz ' +
    'timestamptz_cmp timestamptz_cmp_date timestamptz_cmp_timestamp timezone trunc',
  // hashes
  'checksum crc32 farmfingerprint64 fnv_hash func_sha1 md5 murmur3_32_hash sha sha1 sha2',
  // JSON
  'is_valid_json is_valid_json_array json_array_length json_extract_array_element_text json_extract_path_text',
  // numbers
  'abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees dexp dlog1 dlog10 exp floor ln log mod pi pow ' +
    'power radians random round sign sin sqrt tan',
  // texts
  'ascii bpcharcmp btrim bttext_pattern_cmp char_length character_length charindex chr collate concat ' +
    'difference initcap left len length lower lpad ltrim octetindex octet_length position quote_ident ' +
    'quote_literal regexp_count regexp_instr regexp_replace regexp_substr repeat replace replicate reverse ' +
    'right rpad rtrim soundex split_part strpos strtol substring textlen to_hex translate upper',
  // the system
  'current_aws_account current_database current_namespace current_setting current_user current_user_id ' +
    'db_collation session_user slice_num user user_is_member_of role_is_member_of version',
)

/** Documented, and not carried out: of SUPER, VARBYTE, sketches, shapes and models, and of AWS's accounts. */
const lackingFunctions = wordSet(
  'array arrays_overlap split_to_array subarray get_array_length can_json_parse json_parse json_serialize ' +
    'json_serialize_to_varbyte json_size json_typeof decimal_precision decimal_scale size object ' +
    'object_transform get_number_attributes lower_attribute_names upper_attribute_names from_hex ' +
    'from_varbyte to_varbyte explain_model explode_hierarchical geometrytype',
  'change_query_priority change_session_priority change_user_priority current_session_arn default_iam_role ' +
    'get_most_recent_principal has_assumerole_privilege last_user_query_id pg_get_grantee_by_iam_role ' +
    'pg_get_iam_role_by_user proc_is_ddm_safe proc_is_rls_safe user_is_member_of_role',
)
const lackingFamilies =
  /^(st_|h3_|hll|ai_|aws_|array_(?!(to_string|dims|lower|upper|agg|append|prepend|cat)$)|is_(array|object|integer|varchar|char|boolean|decimal|float|scalar|smallint|bigint)$|(add|drop|has|supports)bbox$)/

/** Whether Redshift has such a function and the engine none that could stand for it. */
export function isLackingFunction(name: string): boolean {
  return lackingFunctions.has(name) || lackingFamilies.test(name)
}

/** Facts C, Functions: what PostgreSQL 18 has and Redshift refuses. */
const functionsOfPostgres = wordSet(
  'string_agg array_agg every corr covar_pop covar_samp clock_timestamp justify_days ' +
    'justify_hours justify_interval pg_sleep pg_sleep_for pg_sleep_until transaction_timestamp ' +
    'statement_timestamp div setseed width_bucket generate_subscripts nextval currval setval lastval ' +
    'bit_length overlay convert convert_from convert_to encode format quote_nullable regexp_matches ' +
    'regexp_match regexp_split_to_array regexp_split_to_table unnest cardinality ' +
    'string_to_table row_to_json to_json to_jsonb gen_random_uuid uuidv4 uuidv7 ' +
    'concat_ws make_date make_time make_timestamp make_timestamptz make_interval date_bin any_agg ' +
    'num_nulls num_nonnulls mode set_masklen txid_current starts_with parse_ident random_normal ' +
    'int4range int8range numrange tsrange tstzrange daterange to_tsvector to_tsquery plainto_tsquery ' +
    'ts_rank ts_headline ts_stat ts_rewrite xpath xpath_exists set_config dblink',
)
const familiesOfPostgres =
  /^(regr_|(query|table|cursor|schema|database)_to_xml|jsonb?_(?!extract_(path|array_element)_text$|array_length$|parse$|typeof$|serialize)|range_|xml|pg_(try_)?advisory_|pg_read_|pg_ls_|pg_stat_file|pg_reload|pg_rotate|pg_log|lo_|pg_logical|pg_create|pg_drop|pg_switch|pg_promote|pg_replication|binary_upgrade)/

/** Whether PostgreSQL has such a function and Redshift refuses it. */
export function isOfPostgres(name: string): boolean {
  return functionsOfPostgres.has(name) || familiesOfPostgres.test(name)
}

/** Of these, what clients of a later PostgreSQL ask its catalog with: psql, TypeORM. */
export function isAskedOfCatalog(name: string): boolean {
  return ['unnest', 'format', 'generate_subscripts'].includes(name)
}

/** Conversions that every node has under the name of a type, undocumented as they are. */
const conversions = wordSet(
  'bool bpchar char date float4 float8 int2 int4 int8 interval numeric text textcat time timestamp ' +
    'timestamptz timetz varchar',
)

/** What the parser makes of SIMILAR TO and ESCAPE. */
const ofGrammar = wordSet('like_escape similar_to_escape')

/** Facts E, leader-only; the functions of the system catalog among them. */
const leaderOnlyFunctions = wordSet(
  'now age isfinite getbit get_byte get_bit set_bit set_byte to_ascii current_schema current_schemas ' +
    'generate_series substr factorial format_type obj_description shobj_description col_description to_regclass ' +
    'array_to_string string_to_array array_upper array_lower array_dims array_append array_prepend ' +
    'array_cat _pg_expandarray pg_my_temp_schema pg_is_other_temp_schema format_encoding',
)
const leaderOnlyFamilies =
  /^(has_.*_privilege|pg_(get|relation|total|table_size|size|database_size|backend|encoding|char_to_encoding|tablespace_location).*|pg_[a-z]+_is_visible)$/

/** Whether such a function runs on the leader node alone, in FROM as well. */
export function isLeaderOnly(name: string): boolean {
  return leaderOnlyFunctions.has(name) || leaderOnlyFamilies.test(name)
}

/** More of PostgreSQL 8.0's own: they run on the leader node, but not in FROM. */
const expressionsOfLeaderNode = wordSet(
  'aclcontains aclitemeq makeaclitem oidvectortypes getdatabaseencoding getpgusername ' +
    'inet_client_addr inet_client_port inet_server_addr inet_server_port current_query name oid ' +
    'regclass regproc regtype nameeq namene texteq textne text_lt text_gt int4larger int4smaller dsqrt dpow ' +
    'dcbrt dround dtrunc overlaps',
)

/** Whether a call of this name can mean something to Redshift. */
export function isKnownFunction(name: string): boolean {
  return runsOnTables(name) || isLeaderOnly(name) || expressionsOfLeaderNode.has(name)
}

/** Whether the compute nodes have it, as far as its name tells. */
export function runsOnTables(name: string): boolean {
  return documentedFunctions.has(name) || conversions.has(name) || ofGrammar.has(name)
}
