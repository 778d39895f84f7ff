-- What Redshift tells of the users' tables (facts G).

-- a table of a user: not of the system, nor of the local Redshift itself
create or replace view redshift_catalog.user_table as
select c.oid as table_id, n.nspname as schema, c.relname as name, c.relpersistence = 't' as temporary,
  coalesce(d.diststyle, 'auto') as diststyle,
  case coalesce(d.diststyle, 'auto') when 'auto' then 'AUTO(ALL)' when 'key' then format('KEY(%s)', (
      select a.attname from redshift_catalog.column_design as k
        join pg_attribute as a on a.attrelid = k.table_id and a.attnum = k.attnum
      where k.table_id = c.oid and k.distkey))
    else upper(d.diststyle) end as shown_diststyle,
  coalesce(d.sortstyle, 'auto') as sortstyle, coalesce(d.backup, true) as backup, d.created
from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  left join redshift_catalog.table_design as d on d.table_id = c.oid
where c.relkind = 'r'
  and n.nspname not in ('pg_catalog', 'information_schema', 'redshift_catalog', 'pg_toast');

create or replace function redshift_catalog.row_count(table_id oid) returns bigint
language plpgsql stable as $$
declare
  result bigint;
begin
  -- the planner may ask for tables that a view leaves out
  if not has_table_privilege(table_id, 'select') then return null; end if;
  execute format('select count(*) from %s', table_id::regclass) into result;
  return result;
end
$$;

create or replace view pg_catalog.pg_table_def as
select t.schema as schemaname, t.name as tablename, a.attname as "column",
  format_type(a.atttypid, a.atttypmod) as type,
  (case coalesce(d.encoding, 'raw') when 'raw' then 'none' else d.encoding end)::char(32) as encoding,
  coalesce(d.distkey, false) as distkey, coalesce(d.sortkey, 0) as sortkey, a.attnotnull as "notnull"
from redshift_catalog.user_table as t
  join pg_attribute as a on a.attrelid = t.table_id and a.attnum > 0 and not a.attisdropped
  left join redshift_catalog.column_design as d on d.table_id = t.table_id and d.attnum = a.attnum
where t.schema = any (current_schemas(true))
order by t.schema, t.name, a.attnum;

-- how tables are distributed, the empty ones included: by the numbers of the page on PG_CLASS_INFO
create or replace view pg_catalog.pg_class_info as
select c.oid as reloid, c.relname, c.relnamespace, c.relowner, c.relkind, c.relnatts,
  case t.diststyle when 'even' then 0 when 'key' then 1 when 'all' then 8 else 9 end as reldiststyle,
  t.created as relcreationtime,
  case t.diststyle when 'even' then 0 when 'key' then 1 when 'all' then 8 else 10 end as releffectivediststyle
from redshift_catalog.user_table as t join pg_class as c on c.oid = t.table_id;

create or replace view pg_catalog.svv_table_info as
select current_database()::text as database, t.schema::text as schema, t.table_id, t.name::text as "table",
  (case when exists (
    select from redshift_catalog.column_design as d where d.table_id = t.table_id and d.encoding <> 'raw'
  ) then 'Y' else 'N' end)::text as encoded,
  t.shown_diststyle as diststyle,
  case t.sortstyle when 'auto' then 'AUTO(SORTKEY)' else (
      select case when t.sortstyle = 'interleaved' then 'INTERLEAVED' else a.attname::text end
      from redshift_catalog.column_design as d
        join pg_attribute as a on a.attrelid = d.table_id and a.attnum = d.attnum
      where d.table_id = t.table_id and abs(d.sortkey) = 1) end as sortkey1,
  (select coalesce(max(a.atttypmod - 4), 0) from pg_attribute as a
    where a.attrelid = t.table_id and a.attnum > 0 and not a.attisdropped and a.atttypid = 'varchar'::regtype
  ) as max_varchar,
  (select (case d.encoding when 'raw' then 'none' else d.encoding end)::char(32)
    from redshift_catalog.column_design as d where d.table_id = t.table_id and abs(d.sortkey) = 1
  ) as sortkey1_enc,
  (select count(*)::integer from redshift_catalog.column_design as d
    where d.table_id = t.table_id and d.sortkey <> 0) as sortkey_num,
  ceil(pg_total_relation_size(t.table_id) / 1048576.0)::bigint as size,
  null::numeric(10, 4) as pct_used, 0::bigint as empty, null::numeric(5, 2) as unsorted,
  null::numeric(5, 2) as stats_off, r.rows::numeric(38, 0) as tbl_rows,
  null::numeric(19, 2) as skew_sortkey1, null::numeric(19, 2) as skew_rows,
  r.rows::numeric(38, 0) as estimated_visible_rows, null::text as risk_event,
  null::numeric(12, 2) as vacuum_sort_benefit, t.created as create_time
from redshift_catalog.user_table as t
  cross join lateral (select redshift_catalog.row_count(t.table_id) as rows) as r
where not t.temporary and r.rows > 0;

create or replace view pg_catalog.stv_tbl_perm as
select 0 as slice, t.table_id::integer as id, t.name::char(72) as name,
  redshift_catalog.row_count(t.table_id) as rows, redshift_catalog.row_count(t.table_id) as sorted_rows,
  t.temporary::integer as temp, (select oid::integer from pg_database where datname = current_database()) as db_id,
  t.backup::integer as backup
from redshift_catalog.user_table as t;

create or replace view pg_catalog.svv_tables as
select current_database()::text as table_catalog, n.nspname::text as table_schema, c.relname::text as table_name,
  case c.relkind when 'v' then 'VIEW' else 'BASE TABLE' end as table_type,
  obj_description(c.oid, 'pg_class') as remarks
from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'v') and n.nspname not in ('redshift_catalog', 'pg_toast');

create or replace view pg_catalog.svv_columns as
select table_catalog::text, table_schema::text, table_name::text, column_name::text, ordinal_position::integer,
  column_default::text, is_nullable::text, data_type::text, character_maximum_length::integer,
  numeric_precision::integer, numeric_precision_radix::integer, numeric_scale::integer,
  datetime_precision::integer, interval_type::text, interval_precision::text, character_set_catalog::text,
  character_set_schema::text, character_set_name::text, collation_catalog::text, collation_schema::text,
  collation_name::text, domain_name::text,
  col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position) as remarks
from information_schema.columns
where table_schema <> 'redshift_catalog';
