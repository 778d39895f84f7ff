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

export function unsupportedFunctions(name: string): boolean {
  return names.has(name) || (families.test(name) && !ofRedshift.has(name))
}

const absent =
  /^(json_parse|json_serialize|json_typeof|can_json_parse|json_size|st_|hll|h3_|array_(concat|flatten|length)|subarray|split_to_array|get_array_length|is_(array|object|integer|varchar|char|boolean|decimal|float|scalar|smallint|bigint)$|to_varbyte|from_varbyte|try_cast|soundex|difference|crc32|bpcharcmp|explode_hier|object_transform|ai_|farmhash|farmfingerprint64|interval_cmp|next_day|from_hex|to_hex_varbyte|aws_)/

/** Functions of Redshift that the engine cannot answer for. */
export function functionsNotCarriedOut(name: string): boolean {
  return absent.test(name)
}
