-- What Redshift tells of its loads (facts G). CHAR columns are padded with blanks, as they are there.

create or replace view pg_catalog.stl_load_errors as
select h.user_id as userid, e.slice, h.table_id::integer as tbl, h.start_time as starttime, h.session_id as session,
  e.query::integer as query, e.filename::char(256) as filename, e.line_number, e.colname::char(127) as colname,
  e.type::char(10) as type, e.col_length::char(10) as col_length, e.position, e.raw_line::char(1024) as raw_line,
  e.raw_field_value::char(1024) as raw_field_value, e.err_code, e.err_reason::char(100) as err_reason,
  0 as is_partial, 0::bigint as start_offset, null::bigint as copy_job_id
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.sys_load_error_detail as
select h.user_id, e.query as query_id, null::bigint as transaction_id, h.session_id,
  h.database::char(64) as database_name, h.table_id::integer as table_id, h.start_time,
  e.filename::char(256) as file_name, e.line_number, e.colname::char(127) as column_name,
  e.type::char(10) as column_type, e.col_length::char(10) as column_length, e.position,
  e.err_code as error_code, e.err_reason::char(512) as error_message
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.stl_loaderror_detail as
select h.user_id as userid, e.slice, h.session_id as session, e.query::integer as query,
  e.filename::char(256) as filename, e.line_number,
  null::integer as field, e.colname::char(1024) as colname, e.raw_field_value::char(1024) as value,
  0 as is_null, e.type::char(10) as type, e.col_length::char(10) as col_length
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.sys_load_history as
select h.user_id, h.query as query_id, null::bigint as transaction_id, h.session_id,
  h.database as database_name,
  -- what a killed server left running is over
  case when h.status = 'running'
    and not exists (select 1 from pg_catalog.pg_stat_activity as a where a.pid = h.session_id)
    then 'aborted' else h.status end as status,
  h.table_name, h.start_time, h.end_time,
  (extract(epoch from h.end_time - h.start_time) * 1000000)::bigint as duration,
  h.data_source, h.file_format, h.loaded_rows, h.loaded_bytes,
  f.files as source_file_count, f.bytes as source_file_bytes,
  greatest(f.files, h.files_scanned) as file_count_scanned,
  greatest(f.bytes, h.loaded_bytes) as file_bytes_scanned,
  (select count(*) from redshift_catalog.load_errors as e where e.query = h.query) as error_count,
  null::bigint as copy_job_id
from redshift_catalog.load_history as h
  cross join lateral (
    select count(*)::integer as files, coalesce(sum(l.bytes), 0)::bigint as bytes
    from redshift_catalog.loaded_files as l where l.query = h.query
  ) as f;

create or replace view pg_catalog.sys_load_detail as
select h.user_id, h.query::integer as query_id, l.name::char(256) as file_name, l.bytes as bytes_scanned,
  l.lines::integer as lines_scanned, h.end_time as record_time, 1 as splits_scanned, h.start_time, h.end_time
from redshift_catalog.loaded_files as l join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.stl_load_commits as
select h.user_id as userid, h.query::integer as query, 0 as slice, h.table_name::char(256) as name,
  l.name::char(256) as filename, l.bytes as byte_offset, l.lines::integer as lines_scanned,
  (select count(*)::integer from redshift_catalog.load_errors as e
    where e.query = h.query and e.filename = l.name) as errors,
  h.end_time as curtime, 1 as status, h.file_format::char(16) as file_format,
  0 as is_partial, 0::bigint as start_offset
from redshift_catalog.loaded_files as l join redshift_catalog.load_history as h using (query)
where h.status = 'completed';
