-- What Redshift tells of databases, schemas, tables and columns, by the AWS documentation of each relation's name.

create or replace view redshift_catalog.relation as
select c.oid as table_id, n.oid as schema_id, current_database()::varchar(128) as database_name,
  n.nspname::varchar(128) as schema_name, c.relname::varchar(128) as table_name,
  case c.relkind when 'v' then 'VIEW' else 'TABLE' end::varchar(128) as table_type,
  array_to_string(c.relacl, '~')::varchar(128) as table_acl,
  obj_description(c.oid, 'pg_class')::varchar(128) as remarks, c.relowner as owner_id
from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'v') and n.nspname not in ('redshift_catalog', 'pg_toast');

create or replace view redshift_catalog.relation_column as
select r.*, a.attnum::integer as ordinal_position, a.attname::varchar(128) as column_name,
  format_type(a.atttypid, null)::varchar(128) as data_type,
  (select x.adsrc from redshift_catalog.pg_attrdef as x
    where x.adrelid = a.attrelid and x.adnum = a.attnum)::varchar(4000) as column_default,
  case when a.attnotnull then 'NO' else 'YES' end::varchar(3) as is_nullable,
  case when a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 0 then a.atttypmod - 4
    end as character_maximum_length,
  case a.atttypid
    when 'int2'::regtype then 16 when 'int4'::regtype then 32 when 'int8'::regtype then 64
    when 'float4'::regtype then 24 when 'float8'::regtype then 53
    when 'numeric'::regtype then (a.atttypmod - 4) >> 16 & 65535 end as numeric_precision,
  case when a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) then 0
    when a.atttypid = 'numeric'::regtype then (a.atttypmod - 4) & 65535 end as numeric_scale,
  (case coalesce(d.encoding, 'raw') when 'raw' then 'none' else d.encoding end)::varchar(128) as encoding,
  coalesce(d.distkey, false) as distkey, coalesce(d.sortkey, 0) as sortkey,
  array_to_string(a.attacl, '~')::varchar(128) as column_acl,
  col_description(a.attrelid, a.attnum)::varchar(256) as column_remarks
from redshift_catalog.relation as r
  join pg_catalog.pg_attribute as a on a.attrelid = r.table_id and a.attnum > 0 and not a.attisdropped
  left join redshift_catalog.column_design as d on d.table_id = a.attrelid and d.attnum = a.attnum;

create or replace view pg_catalog.svv_redshift_tables as
select database_name, schema_name, table_name, table_type, table_acl, remarks,
  pg_get_userbyid(owner_id)::varchar(128) as table_owner
from redshift_catalog.relation;

create or replace view pg_catalog.svv_all_tables as
select r.database_name, r.schema_name, r.table_name, r.table_type, r.table_acl, r.remarks,
  pg_get_userbyid(r.owner_id)::varchar(128) as owner, t.created as last_altered_time,
  null::timestamp as last_modified_time, t.shown_diststyle::varchar(128) as dist_style,
  case r.table_type when 'VIEW' then 'REGULAR VIEW' else 'REGULAR TABLE' end::varchar(128) as table_subtype
from redshift_catalog.relation as r left join redshift_catalog.user_table as t using (table_id);

create or replace view pg_catalog.svv_redshift_columns as
select database_name, schema_name, table_name, column_name, ordinal_position, data_type, column_default, is_nullable,
  encoding, distkey, sortkey, column_acl, column_remarks as remarks
from redshift_catalog.relation_column;

create or replace view pg_catalog.svv_all_columns as
select database_name, schema_name, table_name, column_name, ordinal_position, column_default, is_nullable, data_type,
  character_maximum_length, numeric_precision, numeric_scale, column_remarks as remarks,
  case when sortkey < 0 then 'INTERLEAVED' when sortkey > 0 then coalesce((
      select upper(d.sortstyle) from redshift_catalog.table_design as d
      where d.table_id = c.table_id and d.sortstyle <> 'auto'), 'COMPOUND') end::varchar(128) as sort_key_type,
  nullif(abs(sortkey), 0) as sort_key, nullif(distkey::integer, 0) as dist_key, encoding,
  null::varchar(128) as collation
from redshift_catalog.relation_column as c;

create or replace view pg_catalog.svv_redshift_schemas as
select current_database()::varchar(128) as database_name, nspname::varchar(128) as schema_name,
  nspowner::integer as schema_owner, 'local'::varchar(128) as schema_type,
  array_to_string(nspacl, '~')::varchar(128) as schema_acl, null::varchar(128) as schema_option
from pg_catalog.pg_namespace
where nspname <> 'redshift_catalog' and nspname !~ '^pg_(toast|temp)';

create or replace view pg_catalog.svv_all_schemas as
select database_name, schema_name, schema_owner, schema_type, schema_acl, null::varchar(128) as source_database,
  schema_option
from pg_catalog.svv_redshift_schemas;

create or replace view pg_catalog.svv_redshift_databases as
select datname::varchar(128) as database_name, datdba::integer as database_owner, 'local'::varchar(32) as database_type,
  array_to_string(datacl, '~')::varchar(128) as database_acl, null::varchar(128) as database_options,
  'Snapshot Isolation'::varchar(128) as database_isolation_level
from pg_catalog.pg_database
where not datistemplate;

create or replace view pg_catalog.svv_redshift_functions as
select current_database()::varchar(128) as database_name, n.nspname::varchar(128) as schema_name,
  p.proname::varchar(128) as function_name,
  case p.prokind when 'a' then 'AGGREGATE FUNCTION' when 'p' then 'STORED PROCEDURE' else 'REGULAR FUNCTION'
    end::varchar(128) as function_type,
  pg_get_function_identity_arguments(p.oid)::varchar(512) as argument_type,
  format_type(p.prorettype, null)::varchar(128) as result_type
from pg_catalog.pg_proc as p join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname not in ('pg_catalog', 'information_schema', 'redshift_catalog');

-- There are no external schemas.
create or replace view pg_catalog.svv_external_schemas as
select null::oid as esoid, null::integer as eskind, null::name as schemaname, null::integer as esowner,
  null::text as databasename, null::text as esoptions
where false;

create or replace view pg_catalog.svv_external_databases as
select null::integer as eskind, null::text as esoptions, null::text as databasename, null::text as location,
  null::text as parameters
where false;

create or replace view pg_catalog.svv_external_tables as
select null::text as redshift_database_name, null::text as schemaname, null::text as tablename,
  null::text as tabletype, null::text as location, null::text as input_format, null::text as output_format,
  null::text as serialization_lib, null::text as serde_parameters, null::integer as compressed,
  null::text as parameters
where false;

create or replace view pg_catalog.svv_external_columns as
select null::text as redshift_database_name, null::text as schemaname, null::text as tablename,
  null::text as columnname, null::text as external_type, null::integer as columnnum, null::integer as part_key,
  null::text as is_nullable
where false;

create or replace view pg_catalog.svv_external_partitions as
select null::text as schemaname, null::text as tablename, null::text as "values", null::text as location,
  null::text as input_format, null::text as output_format, null::text as serialization_lib,
  null::text as serde_parameters, null::integer as compressed, null::text as parameters
where false;

create or replace view pg_catalog.pg_external_schema as
select null::oid as esoid, null::integer as eskind, null::text as esdbname, null::text as esoptions where false;

-- one row per block of 1 MB; all of a table's are told as of its first column
create or replace view pg_catalog.stv_blocklist as
select 0 as slice, 0 as col, t.table_id::integer as tbl, b.number as blocknum, 0 as num_values, 0::bigint as minvalue,
  0::bigint as maxvalue, 0 as sb_pos, 0 as pinned, 0 as on_disk, 0 as modified, 0 as hdr_modified, 0 as unsorted,
  0 as tombstone, 0 as preferred_diskno, 0 as temporary, 0 as newblock
from redshift_catalog.user_table as t
  cross join lateral generate_series(
    0, ceil(pg_total_relation_size(t.table_id) / 1048576.0)::integer - 1) as b (number);

create or replace view pg_catalog.svv_diskusage as
select (select oid::integer from pg_catalog.pg_database where datname = current_database()) as db_id,
  t.name::char(72) as name, b.slice, b.col, b.tbl, b.blocknum, b.num_values, b.minvalue, b.maxvalue, b.sb_pos,
  b.pinned, b.on_disk, b.modified, b.hdr_modified, b.unsorted, b.tombstone, b.preferred_diskno, b.temporary, b.newblock
from pg_catalog.stv_blocklist as b join redshift_catalog.user_table as t on t.table_id = b.tbl;
