-- What sessions ran: the server hands it over, as JSON in a setting, to a statement that reads one of these
-- relations (wire/logged.ts).

create or replace view redshift_catalog.statement as
select (select r.oid::integer from pg_catalog.pg_roles as r where r.rolname = s."user") as userid, s."user" as user_name,
  s.query, s.xid, s.pid, coalesce(nullif(s.label, ''), 'default') as label, s.text,
  timestamp '1970-01-01' + s.start * interval '1 millisecond' as start_time,
  timestamp '1970-01-01' + s."end" * interval '1 millisecond' as end_time,
  s.error is not null as aborted, coalesce(s.rows, 0) as rows, s.error, t.type,
  case
    when t.type in ('DDL', 'UTILITY') then t.type else 'QUERY'
  end as kind
from jsonb_to_recordset(coalesce(nullif(current_setting('redshift.statements', true), ''), '[]')::jsonb)
  as s (query bigint, xid bigint, pid integer, "user" text, label text, text text, start float8, "end" float8, rows bigint,
    error text)
  cross join lateral (
    select case
      when w[1] in ('select', 'with') and s.text ~* '^[^'']*?\minto\M' then 'CTAS'
      when w[1] in ('select', 'with', 'values') then 'SELECT'
      when w[1] in ('insert', 'update', 'delete', 'merge', 'copy', 'unload', 'call') then upper(w[1])
      when w[1] = 'create' and s.text ~* '^create\s+((local\s+)?temp(orary)?\s+)?table\s[^'']*?\mas\s*\(?\s*(select|with)\M'
        then 'CTAS'
      when w[1] in ('create', 'alter', 'drop', 'truncate', 'comment') then 'DDL'
      else 'UTILITY'
      end as type
    from regexp_match(lower(s.text), '^[^a-z]*([a-z]+)') as w
  ) as t;

-- in pieces of so many bytes; nothing is said of the end of a text that is longer than the log's
create or replace function redshift_catalog.pieces(text text, out sequence integer, out piece char(200))
returns setof record language sql immutable parallel safe as $$
  select n, substr(text, n * 200 + 1, 200)
  from generate_series(0, greatest(length(text) - 1, 0) / 200) as n
$$;

create or replace view pg_catalog.stl_query as
select userid, query::integer, label::char(320), xid, pid, current_database()::char(32) as database,
  text::char(4000) as querytxt, start_time as starttime, end_time as endtime, aborted::integer as aborted,
  0 as insert_pristine, 0 as concurrency_scaling_status
from redshift_catalog.statement
where kind = 'QUERY' and end_time is not null;

create or replace view pg_catalog.stl_querytext as
select s.userid, s.xid, s.pid, s.query::integer, p.sequence, p.piece as text
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p
where s.kind = 'QUERY' and s.end_time is not null;

create or replace view pg_catalog.stl_ddltext as
select s.userid, s.xid, s.pid, s.label::char(320), s.start_time as starttime, s.end_time as endtime, p.sequence,
  p.piece as text
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p
where s.kind = 'DDL' and s.end_time is not null;

create or replace view pg_catalog.stl_utilitytext as
select s.userid, s.xid, s.pid, s.label::char(320), s.start_time as starttime, s.end_time as endtime, p.sequence,
  p.piece as text
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p
where s.kind = 'UTILITY' and s.end_time is not null;

create or replace view pg_catalog.svl_statementtext as
select s.userid, s.xid, s.pid, s.label::char(320), s.start_time as starttime, s.end_time as endtime, p.sequence,
  s.kind::varchar(10) as type, p.piece as text
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p
where s.end_time is not null;

create or replace view pg_catalog.svl_qlog as
select userid, query::integer, xid, pid, start_time as starttime, end_time as endtime,
  (extract(epoch from end_time - start_time) * 1000000)::bigint as elapsed, aborted::integer as aborted,
  label::char(320), text::char(60) as substring, null::integer as source_query,
  '0 - concurrency scaling is off'::text as concurrency_scaling_status_txt, null::integer as from_sp_call
from redshift_catalog.statement
where kind = 'QUERY' and end_time is not null;

create or replace view pg_catalog.stv_inflight as
select userid, 0 as slice, query::integer, label::char(30), xid, pid, start_time as starttime,
  text::char(100) as text, 0 as suspended, 0 as insert_pristine, 0 as concurrency_scaling_status
from redshift_catalog.statement
where kind = 'QUERY' and end_time is null;

create or replace view pg_catalog.stv_recents as
select userid, case when end_time is null then 'Running' else 'Done' end::char(20) as status,
  start_time as starttime,
  (extract(epoch from coalesce(end_time, statement_timestamp() at time zone 'UTC') - start_time) * 1000000)::integer as duration,
  user_name::char(50) as user_name, current_database()::char(50) as db_name, text::char(600) as query,
  case when end_time is null then pid else -1 end as pid
from (select * from redshift_catalog.statement where kind = 'QUERY' order by query desc limit 100) as s;

create or replace view pg_catalog.sys_query_history as
select userid as user_id, query as query_id, label::char(320) as query_label, xid as transaction_id, pid as session_id,
  current_database()::char(128) as database_name, type::char(32) as query_type,
  case when end_time is null then 'running' when aborted then 'failed' else 'success' end::char(10) as status,
  false as result_cache_hit, start_time, coalesce(end_time, statement_timestamp() at time zone 'UTC') as end_time,
  e.elapsed as elapsed_time, 0::bigint as queue_time, e.elapsed as execution_time,
  coalesce(error, '')::char(512) as error_message, case type when 'SELECT' then rows else 0 end as returned_rows,
  0::bigint as returned_bytes, text::char(4000) as query_text, version()::char(256) as redshift_version,
  ''::char(150) as usage_limit, 'primary'::varchar(10) as compute_type, 0::bigint as compile_time,
  0::bigint as planning_time, 0::bigint as lock_wait_time, 'default'::char(64) as service_class_name
from redshift_catalog.statement
  cross join lateral (
    select (extract(epoch from coalesce(end_time, statement_timestamp() at time zone 'UTC') - start_time)
      * 1000000)::bigint as elapsed
  ) as e;

create or replace view pg_catalog.sys_query_text as
select s.userid as user_id, s.query as query_id, s.xid as transaction_id, s.pid as session_id, s.start_time, p.sequence,
  p.piece as text
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p;

-- one row per session of a client
create or replace view pg_catalog.stv_sessions as
select (backend_start at time zone 'UTC')::timestamp as starttime, pid as process, usename::char(50) as user_name,
  datname::char(50) as db_name, 0 as timeout_sec
from pg_catalog.pg_stat_activity
where backend_type = 'client backend' and usename <> 'rdsdb';

create or replace view pg_catalog.stv_slices as
select 0 as node, 0 as slice, 0 as localslice, 'D'::char(1) as type;

-- There is one queue, and nothing waits in it.
create or replace view pg_catalog.stl_wlm_query as
select userid, xid, query as task, query::integer, 6 as service_class, 1 as slot_count,
  start_time as service_class_start_time, start_time as queue_start_time, start_time as queue_end_time,
  0::bigint as total_queue_time, start_time as exec_start_time, end_time as exec_end_time,
  (extract(epoch from end_time - start_time) * 1000000)::bigint as total_exec_time,
  end_time as service_class_end_time, 'Completed'::char(16) as final_state, 0::bigint as est_peak_mem,
  'Normal'::char(20) as query_priority, 'default'::char(64) as service_class_name
from redshift_catalog.statement
where kind = 'QUERY' and end_time is not null;

create or replace view pg_catalog.stv_wlm_query_state as
select xid, query as task, query::integer, 6 as service_class, 1 as slot_count, start_time as wlm_start_time,
  'Running'::char(16) as state, 0::bigint as queue_time,
  (extract(epoch from statement_timestamp() at time zone 'UTC' - start_time) * 1000000)::bigint as exec_time,
  'Normal'::char(20) as query_priority
from redshift_catalog.statement
where kind = 'QUERY' and end_time is null;

create or replace view pg_catalog.svv_query_inflight as
select userid, 0 as slice, s.query::integer, s.pid, s.start_time as starttime, 0 as suspended,
  p.piece as text, p.sequence
from redshift_catalog.statement as s, redshift_catalog.pieces(s.text) as p
where s.kind = 'QUERY' and s.end_time is null;
