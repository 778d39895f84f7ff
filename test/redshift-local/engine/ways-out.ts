/** A way that SQL might lead out of the database. */
export interface Way {
  /** One session's statements; the last is to be refused. */
  sql: string[]
  /** The SQLSTATE; undefined where it may be answered, and must not show or do anything. */
  says: string | undefined
  /** What the start-up message asks for. */
  startup?: { options?: string; replication?: string }
}

/** What the ways lead to. */
export interface Targets {
  /** A file that the engine's own account can read and write. */
  secret: string
  /** A file that is not there, in a folder where the engine's account may write. */
  written: string
  /** A session of the engine's superuser. */
  pid: number
}

const denied = '42501'
const noFeature = '0A000'
const missing = '42704'
const badValue = '22023'
const tooMany = '53300' // of none

const way = (says: string | undefined, ...sql: string[]): Way => ({ says, sql })
const starting = (options: string): Way => ({
  says: denied,
  sql: ['select 1'],
  startup: { options },
})
const inBody = (says: string | undefined, rest: string, body = 'select 1'): Way =>
  way(says, `create function way() returns text ${rest} as $way$${body}$way$`, 'select way()')

/** By what they aim at. */
export function waysOut({ secret, written, pid }: Targets): Record<string, Way[]> {
  const read = `select pg_read_file('${secret}')`
  const quoted = `'${read.replaceAll("'", "''")}'`
  const entity = `<!DOCTYPE x [<!ENTITY e SYSTEM "file://${secret}">]><x>&e;</x>`
  return {
    'a file, by a function': [
      way(denied, read),
      way(denied, `select pg_read_binary_file('${secret}')`),
      way(denied, `select pg_ls_dir('.')`),
      way(denied, `select pg_stat_file('${secret}')`),
      way(denied, 'select pg_ls_logdir()'),
      way(denied, 'select pg_ls_waldir()'),
      way(denied, 'select pg_ls_tmpdir()'),
      way(denied, 'select pg_current_logfile()'),
      way(denied, 'select * from pg_hba_file_rules'),
      way(denied, 'select * from pg_file_settings'),
      way(denied, 'show data_directory'),
      way(denied, `select lo_import('${secret}')`),
      way(denied, `select lo_export(lo_from_bytea(0, 'x'), '${written}')`),
      way(denied, 'select pg_export_snapshot()'),
    ],
    'a file, by SQL in a text': [
      way(denied, `select query_to_xml(${quoted}, true, true, '')`),
      way(denied, `select query_to_xmlschema(${quoted}, true, true, '')`),
      way(denied, `select query_to_xml_and_xmlschema(${quoted}, true, true, '')`),
      way(denied, `select ts_stat('${read.replaceAll("'", "''")}::tsvector')`),
      way(
        denied,
        `select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, pg_read_file(''${secret}'')::tsquery')`,
      ),
      way(denied, `do $way$ begin perform pg_read_file('${secret}'); end $way$`),
      inBody(denied, 'language sql security definer', read),
      inBody(denied, 'language plpgsql', `begin return pg_read_file('${secret}'); end`),
      way(denied, `create view way as ${read}`, 'select * from way'),
      way(undefined, `select xmlparse(document '${entity}')`),
      way(undefined, `select xpath('/x', '${entity}')`),
      way(undefined, `select xpath('document("file://${secret}")', '<x/>')`),
    ],
    'a file or a program, by COPY': [
      way(denied, 'create temp table way (line text)', `copy way from '${secret}'`),
      way(denied, `copy (select 1) to '${written}'`),
      way(denied, 'create temp table way (line text)', `copy way from program 'cat ${secret}'`),
      way(denied, `copy (select 1) to program 'cat > ${written}'`),
    ],
    'a file, by a name': [
      way(badValue, "create text search dictionary way (template = synonym, synonyms = '../../x')"),
      way(badValue, `set timezone = '${secret}'`),
      way(badValue, `set timezone_abbreviations = '../../x'`),
      way(denied, `create tablespace way location '${written}'`),
    ],
    'a program, by code': [
      inBody(denied, 'language c', '/lib/x86_64-linux-gnu/libc.so.6'),
      inBody(denied, 'language internal', 'pg_read_file_all'),
      way(noFeature, 'create extension plperl'),
      way(noFeature, 'create extension pltcl'),
      way(noFeature, 'create extension plpython3u'),
      way(noFeature, 'create extension file_fdw'),
      way(noFeature, 'create extension dblink'),
      way(noFeature, 'create extension postgres_fdw'),
      way(noFeature, 'create extension hstore'),
      way(denied, `load '${secret}'`),
      way(denied, 'create language way handler plpgsql_call_handler'),
      way(denied, 'create foreign data wrapper way'),
      way(denied, "create subscription way connection 'host=/tmp' publication p"),
      way(denied, 'create access method way type index handler bthandler'),
      way(denied, 'create cast (text as integer) without function'),
      way(denied, 'create type way', 'create type way (input = textin, output = textout)'),
      way(denied, 'create text search template way (lexize = dsimple_lexize)'),
      way(
        denied,
        'create text search parser way (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)',
      ),
      way(denied, 'create operator class way for type text using btree as storage text'),
    ],
    'another role': [
      way(denied, 'set role rdsdb'),
      way(denied, 'set session authorization rdsdb'),
      way(denied, 'reset role', 'reset session authorization', read),
      way(denied, 'set role pg_read_server_files'),
      way(denied, "select set_config('role', 'rdsdb', false)"),
      way(denied, 'grant pg_execute_server_program to awsuser'),
      way(denied, 'grant rdsdb to awsuser'),
      way(denied, 'alter role awsuser superuser'),
      way(denied, 'alter role awsuser createrole'),
      way(denied, 'alter role rdsdb nosuperuser'),
      way(denied, 'create role way superuser'),
      way(denied, 'create database way'),
      way(denied, "update pg_authid set rolsuper = true where rolname = 'awsuser'"),
      way(denied, 'select * from pg_authid'),
      way(denied, 'insert into pg_auth_members select 1, 10, oid, 10 from pg_roles'),
      way(denied, 'create temp table way (a int)', 'alter table way owner to rdsdb'),
      way(
        denied,
        'create function way() returns int language sql as $$ select 1 $$',
        'alter function way() owner to rdsdb',
      ),
      way(denied, 'create schema way authorization rdsdb'),
      way(denied, 'reassign owned by rdsdb to awsuser'),
      starting('-c role=rdsdb'),
      starting('-c session_authorization=rdsdb'),
    ],
    'another role, by what makes users': [
      way(
        missing,
        `select redshift_catalog.alter_principal('user', 'rdsdb', '{"password": "Abcd1234"}')`,
      ),
      way(missing, "select redshift_catalog.drop_principal('user', 'rdsdb')"),
      way(missing, "select redshift_catalog.rename_principal('user', 'rdsdb', 'way')"),
      way(missing, "select redshift_catalog.set_for_user('rdsdb', 'search_path', 'way')"),
      way(
        missing,
        "select redshift_catalog.set_for_user('awsuser', 'session_preload_libraries', 'x')",
      ),
      way(missing, "select redshift_catalog.set_group('way', array['rdsdb'], true)"),
      way('42710', "select redshift_catalog.create_principal('user', 'rdsdb', '{}')"),
      way('42939', "select redshift_catalog.create_principal('user', 'pg_way', '{}')"),
      way(denied, `select redshift_catalog.apply_options('user', 'rdsdb', '{"password": "x"}')`),
      way(
        denied,
        "select redshift_catalog.create_principal('user', 'way', '{}')",
        'set role way',
        `select redshift_catalog.drop_principal('user', 'awsuser')`,
      ),
      way('42501', "select redshift_catalog.drop_principal('user', 'awsuser')"),
      way('42501', 'grant pg_read_server_files to awsuser'),
    ],
    'a setting of the server': [
      way(denied, "alter system set log_statement = 'all'"),
      way(denied, "set session_preload_libraries = 'auto_explain'"),
      way(denied, "set log_statement = 'all'"),
      way(denied, "set dynamic_library_path = '/tmp'"),
      way(denied, "set extension_control_path = '$system'"),
      way(denied, 'set allow_system_table_mods = on'),
      way(denied, 'set session_replication_role = replica'),
      way(denied, "update pg_settings set setting = 'all' where name = 'log_statement'"),
      way(denied, 'alter database dev set statement_timeout = 1'),
      way(denied, 'alter database dev allow_connections false'),
      way(denied, 'alter role rdsdb set statement_timeout = 1'),
      way(denied, 'alter role all set statement_timeout = 1'),
      way(denied, "alter role awsuser set log_statement = 'all'"),
      way(denied, 'grant set on parameter log_statement to awsuser'),
      way(denied, 'select pg_reload_conf()'),
      way(denied, 'select pg_rotate_logfile()'),
      way(denied, 'select pg_switch_wal()'),
      way(denied, 'checkpoint'),
      way(denied, 'select pg_stat_reset()'),
      starting('-c session_preload_libraries=auto_explain'),
      starting('-c log_statement=all'),
      starting('-c allow_system_table_mods=on'),
    ],
    'another session': [
      way(denied, `select pg_terminate_backend(${pid})`),
      way(denied, `select pg_cancel_backend(${pid})`),
      way(denied, `select pg_log_backend_memory_contexts(${pid})`),
      way(denied, 'begin', 'lock table pg_authid'),
      way(denied, 'select pg_advisory_lock(54390001)'),
      way(denied, 'select pg_logical_emit_message(false, $$way$$, $$out$$)'),
      way(denied, "select pg_create_physical_replication_slot('way')"),
      way(denied, "select pg_replication_origin_create('way')"),
      way(denied, 'create publication way for all tables'),
      { says: tooMany, sql: ['IDENTIFY_SYSTEM'], startup: { replication: 'database' } },
    ],
    "the catalog, which the superuser's code is in": [
      way(
        denied,
        'create event trigger way on sql_drop execute function redshift_catalog.forget_dropped()',
      ),
      way(denied, 'alter event trigger redshift_forget_dropped disable'),
      way(denied, 'create table pg_catalog.way (a int)'),
      way(denied, 'create function pg_catalog.way() returns int language sql as $$ select 1 $$'),
      way(denied, 'create table redshift_catalog.way (a int)'),
      way(denied, 'create or replace view pg_catalog.svv_tables as select 1 as a'),
      way(
        denied,
        "create or replace function redshift_catalog.lengthen_texts(relation oid) returns void language sql as ''",
      ),
      way(denied, 'alter function redshift_catalog.lengthen_texts(oid) reset search_path'),
      way(
        denied,
        'insert into redshift_catalog.file_lists values (1, array[$$way$$], array[1], array[1])',
      ),
      way(denied, 'create rule way as on insert to redshift_catalog.load_history do also select 1'),
      way(
        denied,
        'create trigger way before insert on redshift_catalog.load_history execute function suppress_redundant_updates_trigger()',
      ),
      way(denied, "update pg_proc set prosecdef = true where proname = 'way'"),
      way(denied, "comment on schema redshift_catalog is 'way'"),
    ],
  }
}
