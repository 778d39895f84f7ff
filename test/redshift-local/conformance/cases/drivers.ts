import type { Family } from '../case'

/** What drivers send of themselves, by the place in their source. */
export default {
  given: ['create table heard (id bigint)'],
  cases: [
    {
      sql: 'select current_database as TABLE_CAT FROM current_database() ORDER BY TABLE_CAT',
      columns: ['table_cat'],
      fact: 'redshift_connector 2.1.15, cursor.py: get_catalogs',
    },
    {
      sql: "select case typname when 'bool' THEN 1WHEN 'int4' THEN -4when 'int8' then 17ELSE 0END from pg_type where typname in ('bool', 'int4') order by 1",
      rows: [['-4'], ['1']],
      fact: 'redshift_connector 2.1.15, cursor.py: get_columns; a word may stand right behind a number',
    },
    {
      sql: "select prokind from pg_catalog.pg_proc_info p where p.proname = 'upper' and pg_function_is_visible(p.prooid) limit 1",
      rows: [['f']],
      fact: 'redshift_connector 2.1.15, cursor.py: get_procedures',
    },
    {
      sql: "select c.relname from pg_catalog.pg_namespace n, pg_catalog.pg_class c where c.relnamespace = n.oid and c.relname like E'heard'",
      rows: [['heard']],
      localOnly: true,
      fact: 'pgjdbc 42.5.5, PgDatabaseMetaData.java: escapeQuotes; fails on a cluster (StarRocks/starrocks#36828)',
    },
    {
      sql: "select id from heard where id::varchar like E'heard'",
      error: { sqlstate: '42704', message: 'type "e" does not exist' },
      fact: 'npgsql/npgsql#515',
    },
    {
      sql: 'set session characteristics as transaction read only',
      tag: 'SET',
      fact: 'pgjdbc 42.5.5, PgConnection.java: setReadOnly',
    },
    {
      sql: 'SHOW TRANSACTION ISOLATION LEVEL',
      rows: [['serializable']],
      localOnly: true,
      fact: 'pgjdbc 42.5.5, PgConnection.java: getTransactionIsolation; a cluster may have snapshot isolation',
    },
    {
      sql: "SET DateStyle = 'ISO';SET extra_float_digits = 2;show transaction_isolation",
      tag: 'SHOW',
      fact: 'psqlodbc 13.02, connection.c: LIBPQ_connect',
    },
    {
      sql: "SET default_transaction_read_only TO 'off'",
      tag: 'SET',
      fact: 'psycopg2 2.9, connection_int.c: conn_set_session, with autocommit [mem]',
    },
    {
      sql: "set client_encoding to 'UTF8'",
      tag: 'SET',
      fact: 'psqlodbc 13.02, connection.c: CC_send_client_encoding',
    },
    {
      sql: 'insert into heard values (1) returning id',
      error: { sqlstate: '42601' },
      fact: 'pgjdbc 42.5.5, with RETURN_GENERATED_KEYS; Redshift has no RETURNING (facts C)',
    },
    {
      sql: 'savepoint one',
      error: { sqlstate: '0A000', message: 'SAVEPOINT is not supported' },
      fact: 'pgjdbc 42.5.5, PgConnection.java: setSavepoint (facts C)',
    },
    {
      sql: "set search_path to '$user', public; show search_path",
      rows: [['"$user", public']],
      fact: 'r_search_path',
    },
    {
      sql: 'show client_encoding',
      columns: ['client_encoding'],
      fact: 'docs/redshift-facts.md F',
    },
  ],
} satisfies Family
