import { SqlError } from '../errors'

/** What names mean to Redshift, as far as a name alone can tell: the lists that the rules look them up in. */

/** Facts B: words that are reserved in Redshift and not in PostgreSQL. */
export const reservedWords = new Set(
  (
    'aes128 aes256 allowoverwrite az64 backup blanksasnull bytedict bzip2 credentials current_user_id ' +
    'deflate defrag delta delta32k disable emptyasnull enable encode encrypt encryption explicit ' +
    'globaldict256 globaldict64k gzip identity ignore lun luns lzo lzop minus mostly8 mostly16 ' +
    'mostly32 new nulls off offline oid old open parallel partition percent permissions pivot raw ' +
    'readratio recover rejectlog resort respect restore snapshot sysdate system start tag tdes ' +
    'text255 text32k timestamp top truncatecolumns unnest unpivot wallet without'
  ).split(' '),
)

/** PostgreSQL's own reserved words, which Redshift reserves too (facts B: "+ the PG ones"). */
const reservedByPostgres = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column ' +
    'constraint create current_catalog current_date current_role current_time current_timestamp ' +
    'current_user default deferrable desc distinct do else end except false fetch for foreign from ' +
    'grant group having in initially intersect into lateral leading limit localtime localtimestamp ' +
    'not null offset on only or order placing primary references returning select session_user some ' +
    'symmetric table then to trailing true union unique user using variadic when where window with ' +
    'authorization between binary cross freeze full ilike inner is isnull join left like natural ' +
    'notnull outer overlaps right similar verbose'
  ).split(' '),
)

/** Whether a bare word cannot be the name of a column. */
export function isReserved(word: string): boolean {
  return reservedWords.has(word) || reservedByPostgres.has(word)
}

/** Facts B: names of the system's own columns. */
export const systemColumns = new Set(['oid', 'tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])

/** Facts C, Functions: what PostgreSQL 18 has and Redshift refuses. */
const functionsOfPostgres = new Set(
  (
    'string_agg array_agg every xmlagg corr covar_pop covar_samp clock_timestamp justify_days ' +
    'justify_hours justify_interval pg_sleep pg_sleep_for pg_sleep_until transaction_timestamp ' +
    'statement_timestamp div setseed width_bucket generate_subscripts nextval currval setval lastval ' +
    'bit_length overlay convert convert_from convert_to encode format quote_nullable regexp_matches ' +
    'regexp_match regexp_split_to_array regexp_split_to_table unnest cardinality ' +
    'string_to_table row_to_json to_json to_jsonb gen_random_uuid uuidv4 uuidv7 ' +
    'concat_ws make_date make_time make_timestamp make_timestamptz make_interval date_bin any_agg ' +
    'num_nulls num_nonnulls mode set_masklen txid_current starts_with parse_ident random_normal ' +
    'int4range int8range numrange tsrange tstzrange daterange to_tsvector to_tsquery plainto_tsquery ' +
    'ts_rank ts_headline ts_stat ts_rewrite xpath xpath_exists xmlparse set_config dblink'
  ).split(' '),
)
const familiesOfPostgres =
  /^(regr_|(query|table|cursor|schema|database)_to_xml|jsonb?_(?!extract_(path|array_element)_text$|array_length$|parse$|typeof$|serialize)|array_(?!(to_string|upper|lower|dims|append|prepend|cat)$)|range_|xml|pg_(try_)?advisory_|pg_read_|pg_ls_|pg_stat_file|pg_reload|pg_rotate|pg_log|lo_|pg_logical|pg_create|pg_drop|pg_switch|pg_promote|pg_replication|binary_upgrade)/

/** Whether PostgreSQL has such a function and Redshift refuses it. */
export function isOfPostgres(name: string): boolean {
  return functionsOfPostgres.has(name) || familiesOfPostgres.test(name)
}

/** Of these, what clients of a later PostgreSQL ask its catalog with: psql, TypeORM. */
export function isAskedOfCatalog(name: string): boolean {
  return ['unnest', 'format', 'generate_subscripts'].includes(name)
}

const withoutCounterpart =
  /^(json_parse|json_serialize|json_typeof|can_json_parse|json_size|st_|hll|h3_|array_(concat|flatten|length)|subarray|split_to_array|get_array_length|is_(array|object|integer|varchar|char|boolean|decimal|float|scalar|smallint|bigint)$|to_varbyte|from_varbyte|change_(query|session|user)_priority|proc_is_rls_safe|proc_is_ddm_safe|pg_get_(grantee_by_iam_role|iam_role_by_user)|default_iam_role|current_session_arn|get_most_recent_principal|last_user_query_id|user_is_member_of_role|has_assumerole_privilege|explain_model|explode_hier|object_transform|ai_|from_hex|to_hex_varbyte|aws_)/

/** Whether Redshift has such a function and the engine none that could stand for it. */
export function isWithoutCounterpart(name: string): boolean {
  return withoutCounterpart.test(name)
}

/** Facts E, leader-only; the functions of the system catalog among them. */
const leaderOnlyFunctions = new Set(
  (
    'now age isfinite getbit get_byte get_bit set_bit set_byte to_ascii current_schema current_schemas ' +
    'generate_series substr factorial format_type obj_description shobj_description col_description to_regclass ' +
    'array_to_string string_to_array array_upper array_lower array_dims array_append array_prepend ' +
    'array_cat _pg_expandarray pg_my_temp_schema pg_is_other_temp_schema format_encoding'
  ).split(' '),
)
const leaderOnlyFamilies =
  /^(has_.*_privilege|pg_(get|relation|total|table_size|size|database_size|backend|encoding|char_to_encoding|tablespace_location).*|pg_[a-z]+_is_visible)$/

/** Whether such a function runs on the leader node alone. */
export function isLeaderOnly(name: string): boolean {
  return leaderOnlyFunctions.has(name) || leaderOnlyFamilies.test(name)
}

/** Docs r_OPERATOR_SYMBOLS, and those of comparisons and patterns. */
export const knownOperators = new Set(
  '+ - * / % ^ |/ ||/ @ & | # << >> || = <> < <= > >= ~ !~ ~~ !~~ ~~* !~~*'.split(' '),
)

/** What PostgreSQL 8.0 has beside them, as far as the engine has it. */
export const operatorsOfLeaderNode = new Set('~* !~* ~<~ ~<=~ ~>~ ~>=~'.split(' '))

const systemSchemas = ['pg_catalog', 'information_schema', 'redshift_catalog']

/** Whether a name means a relation of the system's. */
export function isSystem(schema: string | undefined, name: string): boolean {
  if (schema !== undefined) return systemSchemas.includes(schema)
  return /^(pg|stl|stv|svl|svv|svcs|sys)_/.test(name)
}

export function isSystemSchema(name: string): boolean {
  return systemSchemas.includes(name)
}

/** The one database of the local Redshift. */
export const databaseName = 'dev'

/** @throws SqlError 0A000 for what is named to be of another database */
export function refuseOtherDatabase(name: string): void {
  if (name !== databaseName) throw new SqlError('0A000', otherDatabase(name))
}

/** The answer to a name of three parts that is of another database. */
export function otherDatabase(name: string): string {
  return `Queries across databases are not carried out by the local Redshift: it has "${databaseName}", and no "${name}".`
}
