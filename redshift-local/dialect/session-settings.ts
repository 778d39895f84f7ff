import { SqlError } from '../errors'
import { done } from './catalog-calls'
import { refused } from './check'
import { readModes } from './commands'
import type { ParsedStatement } from './parse'
import { rewritten, type Translation } from './rewrite'
import { Cursor, quoteLiteral } from './tokens'

/** What Redshift calls UTF-8, and what a client is told that asked for no encoding. */
export const defaultEncoding = 'UNICODE'

/** Texts are UTF-8 on both sides of the wire; SQL_ASCII asks for bytes as they are. */
function isEncoding(name: string): boolean {
  return ['utf8', 'unicode', 'sqlascii'].includes(name.replaceAll(/[-_'"]/g, '').toLowerCase())
}

/** Parameters of Redshift that change nothing here: kept by the session, so that SHOW gives them back. */
const kept = new Map(
  Object.entries({
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
    client_encoding: defaultEncoding,
    datashare_break_glass_session_var: '',
    default_geometry_encoding: '1',
    enable_spectrum_oid: 'true',
    interval_forbid_composite_literals: 'on',
    pg_federation_repeatable_read: 'on',
    query_group: 'unset',
    spectrum_enable_pseudo_columns: 'on',
    spectrum_query_maxerror: '-1',
    stored_proc_log_min_messages: 'INFO',
    use_fips_ssl: 'off',
    wlm_query_slot_count: '1',
  }),
)

/** Parameters that the engine has under the same name, with the same effect. */
const engines = [
  'application_name',
  'datestyle',
  'default_transaction_read_only',
  'extra_float_digits',
  'search_path',
  'seed',
  'statement_timeout',
  'timezone',
]

const off = { shown: 'off', accepted: ['off', 'false', 'default', '0', 'no'] }

/** Parameters of which the local Redshift has one value, and its other spellings. */
const fixed = new Map(
  Object.entries({
    enable_case_sensitive_identifier: off,
    enable_case_sensitive_super_attribute: off,
  }),
)

/** What SHOW answers beyond the parameters that can be set. */
const shown = new Map(
  Object.entries({
    server_version: '8.0.2',
    server_encoding: 'UNICODE',
    is_superuser: 'on',
    transaction_isolation: 'serializable',
  }),
)

export function setParameter(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens, 1)
  if (
    cursor.take('session', 'characteristics', 'as', 'transaction') ||
    cursor.take('transaction')
  ) {
    readModes(cursor)
    return done('SET')
  }
  const scope = cursor.take('local') ? 'local ' : ''
  cursor.take('session')
  if (cursor.take('time', 'zone')) return rewritten(statement)
  const name = cursor.name()
  if (cursor.is('.')) return rewritten(statement)
  if (!cursor.take('to')) cursor.expect('=')
  if (engines.includes(name)) return rewritten(statement)
  const values = cursor.rest()
  const value = values.map((token) => token.value).join(' ')
  if (fixed.has(name)) return keepFixed(name, value)
  if (!kept.has(name)) throw unknownSetting(name, value)
  const text = values.length === 1 && value === 'default' ? '' : value
  if (name === 'client_encoding') return setEncoding(text, scope)
  return { main: `set ${scope}redshift.${name} to ${quoteLiteral(text)}`, tag: 'SET' }
}

// Clients want to hear of the encoding by the name that they gave it.
function setEncoding(name: string, scope = ''): Partial<Translation> {
  if (name !== '' && !isEncoding(name)) throw refused('settingValue', 'client_encoding', name)
  const main = `set ${scope}redshift.client_encoding to ${quoteLiteral(name)}`
  return { main, tag: 'SET', reports: { client_encoding: name || defaultEncoding } }
}

function keepFixed(name: string, value: string): Partial<Translation> {
  const isAccepted = fixed.get(name)?.accepted.includes(value.toLowerCase())
  if (!isAccepted) throw refused('settingValue', name, value)
  return done('SET')
}

/**
 * A parameter that a client brings when it connects.
 * @returns its name and value at the engine; undefined for one that Redshift does not know
 * @throws SqlError for a value that the local Redshift does not have
 */
export function settingAtStart(name: string, value: string): [string, string] | undefined {
  const known = name.toLowerCase()
  if (known === 'client_encoding') return [`redshift.${known}`, encodingAtStart(value)]
  if (engines.includes(known)) return [known, value]
  if (fixed.has(known)) keepFixed(known, value)
  return kept.has(known) ? [`redshift.${known}`, value] : undefined
}

function encodingAtStart(value: string): string {
  const name = value.replaceAll(/['"]/g, '')
  if (isEncoding(name)) return name
  const message = `conversion between ${name} and ${defaultEncoding} is not supported`
  throw new SqlError('22023', message, { hint: 'Set client_encoding to UTF8.' })
}

/** The engine's name of a parameter that ALTER USER sets. @throws SqlError for one that Redshift does not know */
export function settingOfUser(name: string): string {
  if (engines.includes(name)) return name
  if (kept.has(name)) return `redshift.${name}`
  throw unknownSetting(name)
}

export function unknownSetting(name: string, value?: string): SqlError {
  if (name === 'client_min_messages' && value !== undefined) {
    return refused('forbiddenSetting', name, value)
  }
  return new SqlError('42704', `unrecognized configuration parameter "${name}"`)
}

export function reset(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens, 1)
  if (cursor.is('all') || cursor.is('session') || cursor.is('time')) return rewritten(statement)
  const name = cursor.name()
  if (cursor.is('.') || engines.includes(name)) return rewritten(statement)
  cursor.expectEnd()
  if (fixed.has(name)) return keepFixed(name, 'default')
  if (!kept.has(name)) throw unknownSetting(name)
  if (name === 'client_encoding') return { ...setEncoding(''), tag: 'RESET' }
  return { main: `set redshift.${name} to ''`, tag: 'RESET' }
}

export function show(statement: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(statement.tokens, 1)
  if (cursor.is('session') || cursor.is('time')) return rewritten(statement)
  if (cursor.take('all')) return showAll(cursor)
  const isIsolation = cursor.take('transaction', 'isolation', 'level')
  const name = isIsolation ? 'transaction_isolation' : cursor.name()
  const isEngines = engines.includes(name) && name !== 'statement_timeout'
  if (cursor.is('.') || isEngines) return rewritten(statement)
  cursor.expectEnd()
  const value = settingOf(name)
  if (value === undefined) throw unknownSetting(name)
  return { main: `select ${value} as ${name}`, tag: 'SHOW' }
}

function showAll(cursor: Cursor): Partial<Translation> {
  cursor.expectEnd()
  const names = [...engines, ...shown.keys(), ...fixed.keys(), ...kept.keys()]
  const rows = names.map((name) => `(${quoteLiteral(name)}, (${settingOf(name)})::text)`)
  const main = `select * from (values ${rows.join(', ')}) as all_settings (name, setting) order by 1`
  return { main, tag: 'SHOW' }
}

/** The value of a parameter, as the engine computes it; undefined where Redshift has none of that name. */
function settingOf(name: string): string | undefined {
  const current = `pg_catalog.current_setting('${name}')`
  // The server that Redshift grew from knew no units.
  if (name === 'statement_timeout')
    return `(extract(epoch from ${current}::interval) * 1000)::bigint`
  if (engines.includes(name)) return current
  const value = shown.get(name) ?? fixed.get(name)?.shown ?? kept.get(name)
  if (value === undefined || !kept.has(name)) return value && quoteLiteral(value)
  const setting = `nullif(pg_catalog.current_setting('redshift.${name}', true), '')`
  return `coalesce(${setting}, ${quoteLiteral(value)})`
}
