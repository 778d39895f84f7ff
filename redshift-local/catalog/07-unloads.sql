-- What Redshift tells of its unloads (facts G).

create or replace view pg_catalog.stl_unload_log as
select h.user_id as userid, h.query::integer as query, f.slice, h.session_id as pid, f.path::char(1280) as path,
  f.start_time, f.end_time, f.lines as line_count, f.bytes as transfer_size, h.file_format::char(10) as file_format
from redshift_catalog.unloaded_files as f join redshift_catalog.unload_history as h using (query);

create or replace view pg_catalog.svcs_unload_log as select * from pg_catalog.stl_unload_log;

create or replace view pg_catalog.sys_unload_history as
select h.user_id, h.query as query_id, null::bigint as transaction_id, h.session_id,
  h.database as database_name,
  -- what a killed server left running is over
  case when h.status = 'running'
    and not exists (select 1 from pg_catalog.pg_stat_activity as a where a.pid = h.session_id)
    then 'aborted' else h.status end as status,
  h.start_time, h.end_time,
  (extract(epoch from h.end_time - h.start_time) * 1000000)::bigint as duration,
  h.file_format, h.compression_type, h.location as unloaded_location, h.unloaded_rows,
  f.files as unloaded_files_count, f.bytes as unloaded_files_size, h.error_message
from redshift_catalog.unload_history as h
  cross join lateral (
    select count(*) as files, coalesce(sum(u.bytes), 0)::bigint as bytes
    from redshift_catalog.unloaded_files as u where u.query = h.query
  ) as f;

create or replace view pg_catalog.sys_unload_detail as
select h.user_id, h.query as query_id, null::bigint as transaction_id, h.session_id,
  h.database as database_name, f.path::char(1280) as file_name, f.start_time, f.end_time,
  f.lines as unloaded_rows, f.bytes as transfer_size, h.file_format::char(10) as file_format
from redshift_catalog.unloaded_files as f join redshift_catalog.unload_history as h using (query);
