import { SqlError } from '../errors'
import { carryOut, type Source, type Statement } from './rewrite'
import { readModes } from './statements'
import { Cursor, quoteLiteral } from './tokens'

/** Parameters of Redshift that change nothing here: kept by the session, so that SHOW gives them back. */
const kept: Record<string, string> = {
  analyze_threshold_percent: '10',
  auto_analyze: 'on',
  describe_field_name_in_uppercase: 'off',
  downcase_delimited_identifier: 'on',
  enable_numeric_rounding: 'on',
  enable_result_cache_for_session: 'on',
  enable_vacuum_boost: 'off',
  error_on_nondeterministic_update: 'off',
  json_serialization_enable: 'off',
  json_serialization_parse_nested_strings: 'off',
  max_concurrency_scaling_clusters: '1',
  max_cursor_result_set_size: 'default',
  mv_enable_aqmv_for_session: 'on',
  navigate_super_null_on_error: 'on',
  parse_super_null_on_error: 'off',
  cast_super_null_on_error: 'on',
  query_group: 'unset',
  spectrum_enable_pseudo_columns: 'on',
  spectrum_query_maxerror: '-1',
  stored_proc_log_min_messages: 'INFO',
  use_fips_ssl: 'off',
  wlm_query_slot_count: '1',
}

/** Parameters that the engine has under the same name, with the same effect. */
const engines = [
  'application_name',
  'datestyle',
  'extra_float_digits',
  'search_path',
  'statement_timeout',
  'timezone',
]

const off = { shown: 'off', accepted: ['off', 'false', 'default', '0', 'no'] }

/** Parameters of which the local Redshift has one value, and its other spellings. */
const fixed: Record<string, { shown: string; accepted: string[] }> = {
  // Texts are UTF-8 on both sides of the wire; SQL_ASCII asks for bytes as they are.
  client_encoding: {
    shown: 'UNICODE',
    accepted: ['utf8', 'utf-8', 'unicode', 'sql_ascii', 'default'],
  },
  enable_case_sensitive_identifier: off,
  enable_case_sensitive_super_attribute: off,
}

/** What SHOW answers beyond the parameters that can be set. */
const shown: Record<string, string> = {
  server_version: '8.0.2',
  server_encoding: 'UNICODE',
  is_superuser: 'on',
}

export function setParameter(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 1)
  if (
    cursor.take('session', 'characteristics', 'as', 'transaction') ||
    cursor.take('transaction')
  ) {
    readModes(cursor)
    return { main: 'do $redshift$begin end$redshift$', tag: 'SET' }
  }
  if (cursor.take('session', 'authorization')) return carryOut(source)
  const scope = cursor.take('local') ? 'local ' : ''
  cursor.take('session')
  if (cursor.take('time', 'zone')) return carryOut(source)
  const name = cursor.name()
  if (cursor.is('.')) return carryOut(source)
  if (!cursor.take('to')) cursor.expect('=')
  if (engines.includes(name)) return carryOut(source)
  const values = cursor.rest()
  const value = values.map((token) => token.value).join(' ')
  if (name in fixed) return keepFixed(name, value)
  if (!(name in kept)) throw unknown(name, value)
  const text = values.length === 1 && value === 'default' ? '' : value
  return { main: `set ${scope}redshift.${name} to ${quoteLiteral(text)}`, tag: 'SET' }
}

function keepFixed(name: string, value: string): Partial<Statement> {
  if (!fixed[name]?.accepted.includes(value.toLowerCase())) {
    throw new SqlError('0A000', `SET ${name} TO ${value} is not carried out by the local Redshift.`)
  }
  return { main: 'do $redshift$begin end$redshift$', tag: 'SET' }
}

/** Facts C, set GUC unknown / forbidden, real text. */
function unknown(name: string, value?: string): SqlError {
  if (name === 'client_min_messages' && value !== undefined) {
    return new SqlError('42501', `permission denied to set parameter "${name}" to "${value}"`)
  }
  return new SqlError('42704', `unrecognized configuration parameter "${name}"`)
}

export function reset(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 1)
  if (cursor.is('all') || cursor.is('session') || cursor.is('time')) return carryOut(source)
  const name = cursor.name()
  if (cursor.is('.') || engines.includes(name)) return carryOut(source)
  cursor.expectEnd()
  if (name in fixed) return keepFixed(name, 'default')
  if (!(name in kept)) throw unknown(name)
  return { main: `set redshift.${name} to ''`, tag: 'RESET' }
}

export function show(source: Source): Partial<Statement> {
  const cursor = new Cursor(source.tokens, 1)
  if (cursor.is('transaction') || cursor.is('session') || cursor.is('time')) return carryOut(source)
  const name = cursor.name()
  if (cursor.is('.') || engines.includes(name) || name === 'transaction_isolation')
    return carryOut(source)
  cursor.expectEnd()
  const constant = shown[name] ?? fixed[name]?.shown
  if (constant !== undefined)
    return { main: `select ${quoteLiteral(constant)} as ${name}`, tag: 'SHOW' }
  const value = kept[name]
  if (value === undefined) throw unknown(name)
  const setting = `nullif(pg_catalog.current_setting('redshift.${name}', true), '')`
  return { main: `select coalesce(${setting}, ${quoteLiteral(value)}) as ${name}`, tag: 'SHOW' }
}
