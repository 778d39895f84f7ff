create schema if not exists redshift_catalog;

-- A later version may give views and the history of loads other columns: they are made again. What the
-- tables of users are is kept, and so are views of users over ours: 99-views-of-users.sql makes them again.
create temp table our_view on commit drop as
select oid, relnamespace::regnamespace as schema, relname as name from pg_catalog.pg_class
where relnamespace in ('pg_catalog'::regnamespace, 'redshift_catalog'::regnamespace) and relkind = 'v'
  -- the engine's own pg_user gives way to ours (31-privileges.sql)
  and (oid >= 16384 or relname = 'pg_user');

create temp table dropped_view on commit drop as
with recursive reader as (
  select distinct d.refobjid as read, r.ev_class as id
  from pg_catalog.pg_depend as d join pg_catalog.pg_rewrite as r on r.oid = d.objid
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and r.ev_class <> d.refobjid
), dependent as (
  select id, 1 as level from reader where read in (select oid from our_view)
  union
  select reader.id, level + 1 from dependent join reader on reader.read = dependent.id
)
select max(d.level) as level, n.nspname as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner, c.relacl as acl,
  pg_get_viewdef(c.oid) as definition, obj_description(c.oid, 'pg_class') as comment
from dependent as d join pg_catalog.pg_class as c on c.oid = d.id
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.oid not in (select oid from our_view) and n.nspname <> 'information_schema'
group by n.nspname, c.oid, c.relname, c.relowner, c.relacl;

do $$
declare
  ours record;
begin
  for ours in select * from our_view loop
    execute format('drop view if exists %s.%I cascade', ours.schema, ours.name);
  end loop;
end
$$;

-- A later version may also call functions otherwise, or give them other results: what nothing needs is made again.
drop event trigger if exists redshift_forget_dropped;
do $$
declare
  ours record;
begin
  for ours in
    select oid::regprocedure as name from pg_catalog.pg_proc
    where pronamespace in ('pg_catalog'::regnamespace, 'redshift_catalog'::regnamespace) and oid >= 16384
    order by prokind -- an aggregate before the functions of its steps
  loop
    begin
      execute format('drop routine %s', ours.name);
    exception when dependent_objects_still_exist then
      null;
    end;
  end loop;
end
$$;

drop table if exists redshift_catalog.load_history, redshift_catalog.load_files, redshift_catalog.load_errors,
  redshift_catalog.file_lists, redshift_catalog.unload_history, redshift_catalog.unloaded_files;

-- one row per table: what Redshift knows of its layout (facts B, Defaults)
create table if not exists redshift_catalog.table_design (
  table_id oid primary key,
  diststyle text not null,
  sortstyle text not null,
  backup boolean not null,
  encode_auto boolean not null,
  created timestamp not null default now()
);

-- one row per column of such a table
create table if not exists redshift_catalog.column_design (
  table_id oid,
  attnum smallint,
  encoding text not null,
  distkey boolean not null default false,
  -- its place in the sort key from 1, negative by turns in an interleaved one; 0: not in it
  sortkey integer not null default 0,
  primary key (table_id, attnum)
);

-- one row per key that is declared and not enforced
create table if not exists redshift_catalog.declared_constraint (
  table_id oid,
  name text,
  kind text not null,
  columns smallint[] not null,
  foreign_table_id oid,
  foreign_columns smallint[],
  primary key (table_id, name)
);

-- PostgreSQL's catalog shows such a key under numbers of its own: see redshift_catalog.declared_object.
create sequence if not exists redshift_catalog.declared_ordinal;
alter table redshift_catalog.declared_constraint
  add column if not exists ordinal bigint not null default nextval('redshift_catalog.declared_ordinal');

-- one row per view WITH NO SCHEMA BINDING
create table if not exists redshift_catalog.late_binding (
  view_id oid primary key,
  -- as it was written, in Redshift's SQL
  query text not null,
  -- names that CREATE VIEW gives to the columns
  columns text[] not null
);

-- Of each of its numbers comes a block of numbers of queries: see blockSize in statement-log.ts.
create sequence if not exists redshift_catalog.query_id;

-- one row per COPY, also while it runs
create table redshift_catalog.load_history (
  query bigint primary key,
  user_id integer,
  session_id integer not null,
  database text not null,
  table_id oid not null,
  table_name text not null,
  status text not null,
  start_time timestamp not null,
  end_time timestamp,
  data_source text not null,
  file_format text not null,
  loaded_rows bigint not null,
  loaded_bytes bigint not null,
  -- while it runs; of one that ended file_lists tells
  files_scanned integer not null default 0
);

-- one row per COPY that read files: what it read of each
create table redshift_catalog.file_lists (
  query bigint primary key,
  names text[] not null,
  bytes bigint[] not null,
  lines bigint[] not null
);

-- one row per file that a COPY read
create view redshift_catalog.loaded_files as
select l.query, f.name, f.bytes, f.lines
from redshift_catalog.file_lists as l, unnest(l.names, l.bytes, l.lines) as f (name, bytes, lines);

-- one row per value that a COPY refused
create table redshift_catalog.load_errors (
  query bigint not null,
  slice integer not null,
  filename text not null,
  line_number bigint not null,
  colname text not null,
  type text not null,
  col_length text not null,
  position integer not null,
  raw_line text not null,
  raw_field_value text not null,
  err_code integer not null,
  err_reason text not null
);
create index load_errors_query on redshift_catalog.load_errors (query);

-- one row per UNLOAD, also while it runs
create table redshift_catalog.unload_history (
  query bigint primary key,
  user_id integer,
  session_id integer not null,
  database text not null,
  status text not null,
  start_time timestamp not null,
  end_time timestamp,
  file_format text not null,
  compression_type text not null,
  location text not null,
  unloaded_rows bigint not null,
  error_message text
);

-- one row per file that an UNLOAD wrote
create table redshift_catalog.unloaded_files (
  query bigint not null,
  slice integer not null,
  path text not null,
  start_time timestamp not null,
  end_time timestamp not null,
  lines bigint not null,
  bytes bigint not null
);
create index unloaded_files_query on redshift_catalog.unloaded_files (query);
