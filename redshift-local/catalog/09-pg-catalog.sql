-- Relations of pg_catalog as clients read them: the dialect puts a view of this schema in the place of each
-- that `viewedRelations` names. They have the columns of PostgreSQL 8.0 and of Redshift that the engine has
-- not, the engine's own for clients that ask a later PostgreSQL, the keys that tables declare, and nothing
-- of the local Redshift itself.

-- one row per declared key: a constraint, and for a primary or unique key the index that stands for it there
create or replace view redshift_catalog.declared_object as
select (2000000000 + 2 * d.ordinal)::oid as constraint_id,
  case when d.kind = 'f' then 0 else 2000000001 + 2 * d.ordinal end::oid as index_id,
  d.table_id, d.name::name as name, d.kind::"char" as kind, d.columns, d.foreign_table_id,
  coalesce(d.foreign_columns, (
    select p.columns from redshift_catalog.declared_constraint as p
    where p.table_id = d.foreign_table_id and p.kind = 'p')) as foreign_columns,
  c.relnamespace as schema_id, c.relowner as owner_id
from redshift_catalog.declared_constraint as d join pg_catalog.pg_class as c on c.oid = d.table_id;

-- A name as CREATE TABLE takes it back: quoted also where it is one of the reserved words that are given.
create or replace function redshift_catalog.name_in_ddl(name text, reserved text) returns text
language sql immutable parallel safe as $$
  select case when name = any (string_to_array(reserved, ' ')) then '"' || name || '"' else quote_ident(name) end
$$;

create or replace function redshift_catalog.names_in_ddl(
  relation oid, columns smallint[], reserved text default ''
) returns text language sql stable as $$
  select string_agg(redshift_catalog.name_in_ddl(a.attname, reserved), ', ' order by p.place)
  from unnest(columns) with ordinality as p (attnum, place)
    join pg_catalog.pg_attribute as a on a.attrelid = relation and a.attnum = p.attnum
$$;

create or replace function redshift_catalog.pg_get_constraintdef(id oid, pretty boolean default false) returns text
language sql stable as $$
  select case kind
    when 'p' then format('PRIMARY KEY (%s)', redshift_catalog.names_in_ddl(table_id, columns))
    when 'u' then format('UNIQUE (%s)', redshift_catalog.names_in_ddl(table_id, columns))
    else format('FOREIGN KEY (%s) REFERENCES %s(%s)', redshift_catalog.names_in_ddl(table_id, columns),
      foreign_table_id::regclass, redshift_catalog.names_in_ddl(foreign_table_id, foreign_columns))
    end
  from redshift_catalog.declared_object where constraint_id = id
$$;

-- of one column, where its place from 1 is given
create or replace function redshift_catalog.pg_get_indexdef(id oid, place integer default 0, pretty boolean default false)
returns text language sql stable as $$
  select coalesce((
    select case
      when place > 0 then redshift_catalog.names_in_ddl(i.table_id, i.columns[place:place])
      else format('CREATE UNIQUE INDEX %I ON %I.%I USING btree (%s)', i.name, n.nspname, c.relname,
        redshift_catalog.names_in_ddl(i.table_id, i.columns))
      end
    from redshift_catalog.declared_object as i
      join pg_catalog.pg_class as c on c.oid = i.table_id
      join pg_catalog.pg_namespace as n on n.oid = i.schema_id
    where i.index_id = id
  ), pg_catalog.pg_get_indexdef(id, place, pretty))
$$;

create or replace function redshift_catalog.pg_table_is_visible(id oid) returns boolean language sql stable as $$
  select coalesce(pg_catalog.pg_table_is_visible(id), (
    select pg_catalog.pg_table_is_visible(table_id) from redshift_catalog.declared_object where index_id = id))
$$;

-- A view of a catalog's relation reads the view that stands for it here.
create or replace function redshift_catalog.without_inner_names(definition text) returns text
language sql immutable parallel safe as $$
  select replace(replace(redshift_catalog.in_own_words(definition), 'redshift_catalog."timestamp"()', 'sysdate'),
    'redshift_catalog.', '')
$$;
-- Of one that is bound late, the whole statement (awslabs/amazon-redshift-utils v_generate_view_ddl).
create or replace function redshift_catalog.pg_get_viewdef(id oid, pretty boolean default false) returns text
language sql stable as $$
  select coalesce((
    select format('create view %s%s as %s with no schema binding;', id::regclass,
      ' (' || nullif(array_to_string(columns, ', '), '') || ')', query)
    from redshift_catalog.late_binding where view_id = id
  ), redshift_catalog.without_inner_names(pg_catalog.pg_get_viewdef(id, pretty)))
$$;
create or replace function redshift_catalog.pg_get_viewdef(name text, pretty boolean default false) returns text
language sql stable as $$
  select redshift_catalog.pg_get_viewdef(name::regclass::oid, pretty)
$$;

-- Redshift numbers its encodings; the numbers are ours.
create or replace function redshift_catalog.encoding_number(name text) returns integer
language sql immutable parallel safe as $$
  select coalesce(array_position(array['raw', 'bytedict', 'delta', 'delta32k', 'lzo', 'mostly8', 'mostly16',
    'mostly32', 'runlength', 'text255', 'text32k', 'zstd', 'az64'], name) - 1, 0)
$$;
create or replace function pg_catalog.format_encoding(number integer) returns text
language sql immutable parallel safe as $$
  select (array['none', 'bytedict', 'delta', 'delta32k', 'lzo', 'mostly8', 'mostly16',
    'mostly32', 'runlength', 'text255', 'text32k', 'zstd', 'az64'])[number + 1]
$$;

create or replace view redshift_catalog.pg_class as
select c.oid, c.relname, c.relnamespace, c.reltype, c.reloftype, c.relowner, c.relam, c.relfilenode,
  c.reltablespace, c.relpages, c.reltuples, c.relallvisible, c.relallfrozen, c.reltoastrelid,
  c.relhasindex and c.oid < 16384 or exists (
    select from redshift_catalog.declared_constraint as d where d.table_id = c.oid and d.kind <> 'f'
  ) as relhasindex,
  c.relisshared, c.relpersistence, c.relkind, c.relnatts, 0::smallint as relchecks,
  c.relhasrules, exists (
    select from redshift_catalog.declared_constraint as d
    where d.kind = 'f' and c.oid in (d.table_id, d.foreign_table_id)
  ) as relhastriggers,
  c.relhassubclass, c.relrowsecurity, c.relforcerowsecurity, c.relispopulated, c.relreplident,
  c.relispartition, c.relrewrite, c.relfrozenxid, c.relminmxid, c.relacl, c.reloptions, c.relpartbound,
  0::oid as reltoastidxid, 0::smallint as reltriggers, 0::smallint as relukeys, 0::smallint as relfkeys,
  0::smallint as relrefs, false as relhasoids, exists (
    select from redshift_catalog.declared_constraint as d where d.table_id = c.oid and d.kind = 'p'
  ) as relhaspkey,
  coalesce((
    select case t.diststyle when 'even' then 0 when 'key' then 1 when 'all' then 8 else 9 end
    from redshift_catalog.table_design as t where t.table_id = c.oid), 0)::smallint as reldiststyle
from pg_catalog.pg_class as c
-- Zone maps, and the sequences behind IDENTITY, are no relations there.
where c.relnamespace <> 'redshift_catalog'::regnamespace
  and c.relam <> (select oid from pg_catalog.pg_am where amname = 'brin')
  and (c.relkind <> 'S' or c.oid < 16384)
union all
select i.index_id, i.name, i.schema_id, 0, 0, i.owner_id,
  (select oid from pg_catalog.pg_am where amname = 'btree'), 0, 0, 1, 0, 0, 0, 0, false, false, 'p', 'i',
  cardinality(i.columns)::smallint, 0::smallint, false, false, false, false, false, true, 'n', false, 0, '0', '0',
  null, null, null, 0, 0::smallint, 0::smallint, 0::smallint, 0::smallint, false, false, 0::smallint
from redshift_catalog.declared_object as i
where i.index_id <> 0;

create or replace view redshift_catalog.pg_attribute as
select a.attrelid, a.attname, a.atttypid, a.attstattarget, a.attlen, a.attnum, a.attndims, -1 as attcacheoff,
  a.atttypmod, a.attbyval, a.attstorage, a.attalign, a.attnotnull, a.atthasdef or a.attidentity <> '' as atthasdef,
  a.attisdropped, a.attislocal, a.attinhcount, false as attispreloaded, coalesce(d.distkey, false) as attisdistkey,
  coalesce(d.sortkey, 0) as attsortkeyord,
  coalesce(redshift_catalog.encoding_number(d.encoding), 0)::smallint as attencodingtype,
  0::smallint as attencrypttype, a.attidentity, a.attgenerated, a.atthasmissing, a.attcompression,
  a.attcollation, a.attacl, a.attoptions, a.attfdwoptions
from pg_catalog.pg_attribute as a
  left join redshift_catalog.column_design as d on d.table_id = a.attrelid and d.attnum = a.attnum
union all
select i.index_id, a.attname, a.atttypid, a.attstattarget, a.attlen, p.place::smallint, a.attndims, -1,
  a.atttypmod, a.attbyval, a.attstorage, a.attalign, false, false, false, true, 0::smallint, false, false, 0,
  0::smallint, 0::smallint, '', '', false, a.attcompression, a.attcollation, null, null, null
from redshift_catalog.declared_object as i
  cross join lateral unnest(i.columns) with ordinality as p (attnum, place)
  join pg_catalog.pg_attribute as a on a.attrelid = i.table_id and a.attnum = p.attnum
where i.index_id <> 0;

-- IDENTITY is a default there, `"identity"(table, column, 'seed,step')`, which clients look for.
create or replace view redshift_catalog.pg_attrdef as
select d.oid, d.adrelid, d.adnum, e.text as adbin, e.text as adsrc
from pg_catalog.pg_attrdef as d
  cross join lateral (select redshift_catalog.without_inner_names(pg_get_expr(d.adbin, d.adrelid)) as text) as e
union all
select s.seqrelid, a.attrelid, a.attnum, e.text, e.text
from pg_catalog.pg_attribute as a
  join pg_catalog.pg_depend as o on o.refobjid = a.attrelid and o.refobjsubid = a.attnum and o.deptype = 'i'
    and o.classid = 'pg_class'::regclass and o.refclassid = 'pg_class'::regclass
  join pg_catalog.pg_sequence as s on s.seqrelid = o.objid
  cross join lateral (
    select format('%s(%s, %s, ''%s,%s''::text)',
      case a.attidentity when 'a' then '"identity"' else 'default_identity' end,
      a.attrelid, a.attnum - 1, s.seqstart, s.seqincrement) as text
  ) as e
where a.attidentity <> '';

create or replace function pg_catalog.pg_get_expr(text, oid) returns text language sql immutable parallel safe as $$
  select $1
$$;
create or replace function pg_catalog.pg_get_expr(text, oid, boolean) returns text
language sql immutable parallel safe as $$
  select $1
$$;

create or replace view redshift_catalog.pg_constraint as
select i.constraint_id as oid, i.name as conname, i.schema_id as connamespace, i.kind as contype,
  false as condeferrable, false as condeferred, i.table_id as conrelid, 0::oid as contypid,
  coalesce(i.foreign_table_id, 0) as confrelid,
  case i.kind when 'f' then 'a' else ' ' end::"char" as confupdtype,
  case i.kind when 'f' then 'a' else ' ' end::"char" as confdeltype,
  case i.kind when 'f' then 'u' else ' ' end::"char" as confmatchtype,
  i.columns as conkey, case i.kind when 'f' then i.foreign_columns end as confkey, null::text as conbin,
  null::text as consrc, true as conenforced, true as convalidated, i.index_id as conindid, 0::oid as conparentid,
  true as conislocal, 0::smallint as coninhcount, true as connoinherit, null::oid[] as conpfeqop,
  null::oid[] as conexclop, 'pg_constraint'::regclass::oid as tableoid
from redshift_catalog.declared_object as i;

create or replace view redshift_catalog.pg_index as
select i.*
from pg_catalog.pg_index as i join redshift_catalog.pg_class as c on c.oid = i.indexrelid
where c.oid < 2000000000
union all
select i.index_id, i.table_id, cardinality(i.columns)::smallint, cardinality(i.columns)::smallint, true, false,
  i.kind = 'p', false, true, false, true, false, true, true, false,
  array_to_string(i.columns, ' ')::int2vector, ''::oidvector, ''::oidvector, ''::int2vector, null, null
from redshift_catalog.declared_object as i
where i.index_id <> 0;

create or replace view redshift_catalog.pg_indexes as
select * from pg_catalog.pg_indexes where indexdef not like '% USING brin %'
union all
select n.nspname, c.relname, i.name, null, redshift_catalog.pg_get_indexdef(i.index_id)
from redshift_catalog.declared_object as i
  join pg_catalog.pg_class as c on c.oid = i.table_id
  join pg_catalog.pg_namespace as n on n.oid = i.schema_id
where i.index_id <> 0;

create or replace view redshift_catalog.pg_namespace as
select * from pg_catalog.pg_namespace where nspname <> 'redshift_catalog';

create or replace view redshift_catalog.pg_proc as
select p.*, p.prokind = 'a' as proisagg, p.prokind = 'w' as proiswindow
from pg_catalog.pg_proc as p
where p.pronamespace <> 'redshift_catalog'::regnamespace;

create or replace view redshift_catalog.pg_type as
select * from pg_catalog.pg_type where typnamespace <> 'redshift_catalog'::regnamespace;

create or replace view redshift_catalog.pg_database as
select d.*, 0::oid as datlastsysoid, '0'::xid as datvacuumxid, null::text as datpath, null::text[] as datconfig
from pg_catalog.pg_database as d;

-- On Redshift awsuser is a superuser, which the engine's role is not.
create or replace view redshift_catalog.pg_roles as
select rolname, rolsuper or rolname = 'awsuser' as rolsuper, rolinherit,
  rolcreaterole or rolname = 'awsuser' as rolcreaterole, rolcreatedb or rolname = 'awsuser' as rolcreatedb,
  rolcanlogin, rolreplication, rolconnlimit, rolpassword, rolvaliduntil, rolbypassrls, rolconfig, oid
from pg_catalog.pg_roles
where rolname !~ '^pg_' and rolcanlogin;

create or replace view redshift_catalog.pg_tables as
select t.schemaname, t.tablename, t.tableowner, t.tablespace, c.relhasindex as hasindexes, t.hasrules,
  c.relhastriggers as hastriggers, t.rowsecurity
from pg_catalog.pg_tables as t
  join pg_catalog.pg_namespace as n on n.nspname = t.schemaname
  join redshift_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = t.tablename;

create or replace view redshift_catalog.pg_views as
select v.schemaname, v.viewname, v.viewowner,
  redshift_catalog.pg_get_viewdef(format('%I.%I', v.schemaname, v.viewname)) as definition
from pg_catalog.pg_views as v where v.schemaname <> 'redshift_catalog';

create or replace view redshift_catalog.pg_stat_activity as
select a.*, a.pid as procpid, a.query as current_query
from pg_catalog.pg_stat_activity as a
where a.backend_type = 'client backend' and a.usename <> 'rdsdb';

-- Relations that Redshift alone has, as its drivers and amazon-redshift-utils read them.
create or replace view pg_catalog.pg_proc_info as
select oid as prooid, proname, pronamespace, proowner, prolang, prokind = 'a' as proisagg, prosecdef, proisstrict,
  proretset, provolatile, pronargs, prorettype, proargtypes, prosrc, probin, proacl, prokind, proargmodes, proargnames,
  proallargtypes
from pg_catalog.pg_proc
where pronamespace <> 'redshift_catalog'::regnamespace;

create or replace view pg_catalog.pg_attribute_info as
select * from redshift_catalog.pg_attribute;

create or replace view pg_catalog.pg_database_info as
select oid as datid, datname, datdba, encoding, datistemplate, datallowconn, 'UNLIMITED'::text as datconnlimit,
  datacl, 'r'::text as datatype
from pg_catalog.pg_database;

-- what is not in a snapshot: `pg_class_backup_<database>_<table>`
create or replace view pg_catalog.pg_conf as
select format('pg_class_backup_%s_%s', b.oid, d.table_id) as key, 'NO'::text as value
from redshift_catalog.table_design as d, pg_catalog.pg_database as b
where b.datname = current_database() and not d.backup;

create or replace view pg_catalog.pg_library as
select null::name as name, null::oid as language_oid, null::text as file_store_id, null::integer as owner where false;

create or replace view pg_catalog.pg_statistic_indicator as
select oid as stairelid, greatest(reltuples, 0) as stairows, 0::real as staiins, 0::real as staidels
from pg_catalog.pg_class
where relkind = 'r' and oid >= 16384 and relnamespace <> 'redshift_catalog'::regnamespace;
