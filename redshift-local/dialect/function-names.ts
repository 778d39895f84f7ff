/**
 * The functions that a statement can call: those that the Developer Guide documents, and those of PostgreSQL
 * 8.0 that the leader node still has. All others of the engine are hidden (facts C, functions).
 */

/** Docs c_SQL_functions and the pages below it. */
export const documentedFunctions = wordSet(
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
  'current_aws_account current_database current_namespace current_session_arn current_setting current_user db_collation ' +
    'current_user_id default_iam_role get_most_recent_principal last_user_query_id session_user slice_num ' +
    'user user_is_member_of user_is_member_of_role role_is_member_of version change_query_priority ' +
    'change_session_priority change_user_priority',
)

/** Of SUPER, VARBYTE, sketches, shapes and models: documented, and not carried out. */
const ofTypesThatLack =
  /^(st_|h3_|hll(_|$)|ai_|array_(?!to_string$|dims$|lower$|upper$|agg$|append$|prepend$|cat$)|arrays_overlap$|is_(array|object|integer|varchar|char|boolean|decimal|float|scalar|smallint|bigint)$|(add|drop|has|supports)bbox$|geometrytype$)/
const namesOfTypesThatLack = wordSet(
  'array split_to_array subarray get_array_length can_json_parse json_parse json_serialize ' +
    'json_serialize_to_varbyte json_size json_typeof decimal_precision decimal_scale size object ' +
    'object_transform get_number_attributes lower_attribute_names upper_attribute_names from_hex ' +
    'from_varbyte to_varbyte explain_model explode_hierarchical',
)

/** Whether Redshift has such a function for a type, or a kind of object, that the local one has not. */
export function isOfLackingType(name: string): boolean {
  return namesOfTypesThatLack.has(name) || ofTypesThatLack.test(name)
}

/** Conversions that every node has under the name of a type, undocumented as they are. */
const conversions = wordSet(
  'bool bpchar char date float4 float8 int2 int4 int8 interval numeric text textcat time timestamp ' +
    'timestamptz timetz varchar',
)

/** What the parser makes of SIMILAR TO and ESCAPE. */
const ofGrammar = wordSet('like_escape similar_to_escape')

/** PostgreSQL 8.0's own: they run on the leader node. */
const ofLeaderNode = wordSet(
  'aclcontains aclitemeq makeaclitem array_append array_cat array_dims array_lower array_prepend ' +
    'array_to_string array_upper string_to_array oidvectortypes getdatabaseencoding getpgusername ' +
    'inet_client_addr inet_client_port inet_server_addr inet_server_port current_query set_config name oid ' +
    'regclass regproc regtype nameeq namene texteq textne text_lt text_gt int4larger int4smaller dsqrt dpow ' +
    'dcbrt dround dtrunc overlaps substr factorial',
)

/** Whether a call of this name can mean something to Redshift. */
export function isKnownFunction(name: string): boolean {
  return runsOnTables(name) || ofLeaderNode.has(name)
}

/** Whether the compute nodes have it, as far as its name tells. */
export function runsOnTables(name: string): boolean {
  return documentedFunctions.has(name) || conversions.has(name) || ofGrammar.has(name)
}

function wordSet(...words: string[]): Set<string> {
  return new Set(words.flatMap((line) => line.split(' ')))
}
