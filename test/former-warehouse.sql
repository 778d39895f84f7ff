-- The database of a former version of the local Redshift, as it stood after `sparkify run` on generated data
-- (60 events, 12 songs): its catalog as it was installed, what the migrations sent to the engine, all rows.

create schema if not exists redshift_catalog;

-- A later version may give views and the history of loads other columns: they are made anew. What the
-- tables of users are is kept.
do $$
declare
  ours name;
begin
  for ours in
    select relname from pg_catalog.pg_class
    where relnamespace = 'pg_catalog'::regnamespace and relkind = 'v' and oid >= 16384
  loop
    execute format('drop view if exists pg_catalog.%I cascade', ours);
  end loop;
end
$$;
drop table if exists redshift_catalog.load_history, redshift_catalog.load_files, redshift_catalog.load_errors;

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

create sequence if not exists redshift_catalog.query_id;

-- one row per COPY, also while it runs
create table redshift_catalog.load_history (
  query bigint primary key,
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
  -- while it runs; of one that ended load_files tells
  files_scanned integer not null default 0
);

-- one row per file that a COPY read
create table redshift_catalog.load_files (
  query bigint not null,
  name text not null,
  bytes bigint not null,
  lines bigint not null
);
create index load_files_query on redshift_catalog.load_files (query);

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

-- The functions that CREATE TABLE and ALTER TABLE call: they record what the engine has no place for.

create or replace function redshift_catalog.table_of(design jsonb) returns oid
language plpgsql stable as $$
declare
  name text := design->>'table';
  found oid;
begin
  -- CREATE TABLE puts a table into the first schema of the search path; others look for it along the path.
  if design ? 'schema' then
    found := to_regclass(format('%I.%I', design->>'schema', name));
  else
    found := to_regclass(format('%I', name));
  end if;
  if found is null then
    raise exception using errcode = '42P01', message = format('relation "%s" does not exist', name);
  end if;
  return found;
end
$$;

create or replace function redshift_catalog.column_of(relation oid, name text) returns smallint
language plpgsql stable as $$
declare
  found smallint;
begin
  select attnum into found from pg_attribute
  where attrelid = relation and attname = name and attnum > 0 and not attisdropped;
  -- CREATE TABLE AS takes positions as well
  if found is null and name ~ '^\d+$' then
    select attnum into found from pg_attribute
    where attrelid = relation and attnum = name::integer and not attisdropped;
  end if;
  if found is null then
    raise exception using errcode = '42703', message = format('column "%s" does not exist', name);
  end if;
  return found;
end
$$;

create or replace function redshift_catalog.columns_of(relation oid, names jsonb) returns smallint[]
language sql stable as $$
  select coalesce(array_agg(redshift_catalog.column_of(relation, name) order by place), '{}')
  from jsonb_array_elements_text(coalesce(names, '[]')) with ordinality as given (name, place)
$$;

-- facts B, Defaults: initial encodings
create or replace function redshift_catalog.initial_encoding(type oid, in_sortkey boolean, temporary boolean)
returns text language sql immutable as $$
  select case
    when in_sortkey or temporary then 'raw'
    when type in ('bool'::regtype, 'float4'::regtype, 'float8'::regtype) then 'raw'
    when type in ('bpchar'::regtype, 'varchar'::regtype, 'text'::regtype) then 'lzo'
    else 'az64'
  end
$$;

create or replace function redshift_catalog.set_distkey(relation oid, name text) returns void
language plpgsql as $$
declare
  place smallint := redshift_catalog.column_of(relation, name);
begin
  update redshift_catalog.column_design set distkey = (attnum = place) where table_id = relation;
end
$$;

create or replace function redshift_catalog.set_sortkey(relation oid, style text, names jsonb) returns void
language plpgsql as $$
declare
  places smallint[] := redshift_catalog.columns_of(relation, names);
begin
  update redshift_catalog.column_design
  set sortkey = coalesce(array_position(places, attnum), 0)
    * case when style = 'interleaved' and array_position(places, attnum) % 2 = 0 then -1 else 1 end
  where table_id = relation;
end
$$;

create or replace function redshift_catalog.record_table(design jsonb) returns void
language plpgsql as $$
declare
  creation jsonb := case when design ? 'schema' then design
    else design || jsonb_build_object('schema', current_schema()) end;
  relation oid := redshift_catalog.table_of(creation);
  parent oid;
  temporary boolean := coalesce(design->>'schema' = 'pg_temp', false);
  item jsonb;
begin
  if coalesce((design->>'ifNotExists')::boolean, false)
    and exists (select from redshift_catalog.table_design where table_id = relation) then
    return;
  end if;
  perform redshift_catalog.forget_table(relation);
  if coalesce((design->>'fromQuery')::boolean, false) then
    perform redshift_catalog.finish_types(relation);
  end if;
  insert into redshift_catalog.table_design (table_id, diststyle, sortstyle, backup, encode_auto)
  values (
    relation, design->>'diststyle', design->>'sortstyle',
    coalesce((design->>'backup')::boolean, true), coalesce((design->>'encodeAuto')::boolean, true)
  );
  insert into redshift_catalog.column_design (table_id, attnum, encoding)
  select relation, attnum,
    coalesce(
      (select given->>'encode' from jsonb_array_elements(design->'columns') as given where given->>'name' = attname),
      redshift_catalog.initial_encoding(
        atttypid, coalesce(design->'sortkey' ? attname::text, false), temporary)
    )
  from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped;
  if design ? 'like' then
    parent := redshift_catalog.table_of(
      jsonb_strip_nulls(jsonb_build_object('schema', design->'like'->'schema', 'table', design->'like'->'name')));
    perform redshift_catalog.copy_design(parent, relation);
  end if;
  if design ? 'distkey' then perform redshift_catalog.set_distkey(relation, design->>'distkey'); end if;
  if design ? 'sortkey' then
    perform redshift_catalog.set_sortkey(relation, design->>'sortstyle', design->'sortkey');
  end if;
  for item in select * from jsonb_array_elements(coalesce(design->'constraints', '[]')) loop
    perform redshift_catalog.declare_constraint(relation, item);
  end loop;
end
$$;

-- facts B, LIKE: distribution, sort keys and BACKUP come along, keys do not
create or replace function redshift_catalog.copy_design(parent oid, child oid) returns void
language plpgsql as $$
begin
  update redshift_catalog.table_design as mine
  set diststyle = theirs.diststyle, sortstyle = theirs.sortstyle, backup = theirs.backup,
    encode_auto = theirs.encode_auto
  from redshift_catalog.table_design as theirs
  where mine.table_id = child and theirs.table_id = parent;
  update redshift_catalog.column_design as mine
  set encoding = theirs.encoding, distkey = theirs.distkey, sortkey = theirs.sortkey
  from redshift_catalog.column_design as theirs
    join pg_attribute as their_name on their_name.attrelid = parent and their_name.attnum = theirs.attnum
    join pg_attribute as my_name on my_name.attrelid = child and my_name.attname = their_name.attname
  where mine.table_id = child and mine.attnum = my_name.attnum and theirs.table_id = parent;
end
$$;

-- A query's columns get Redshift's types: a text without a length is as long as a VARCHAR can be. Both
-- types are stored alike, so their rows stay as they are.
create or replace function redshift_catalog.finish_types(relation oid) returns void
language plpgsql as $$
declare
  item record;
begin
  update pg_attribute set atttypid = 'varchar'::regtype, atttypmod = 65535 + 4
  where attrelid = relation and attnum > 0 and not attisdropped
    and (atttypid = 'text'::regtype or (atttypid = 'varchar'::regtype and atttypmod < 0));
  for item in
    select attname, atttypid = 'bpchar'::regtype as is_char, atttypmod - 4 as bytes from pg_attribute
    where attrelid = relation and attnum > 0 and not attisdropped and atttypmod > 4
      and atttypid in ('varchar'::regtype, 'bpchar'::regtype)
  loop
    execute format(
      'alter table %s add check (octet_length(%I) %s %s) not valid',
      relation::regclass, item.attname, case when item.is_char then '=' else '<=' end, item.bytes);
  end loop;
end
$$;

create or replace function redshift_catalog.declare_constraint(relation oid, item jsonb) returns void
language plpgsql as $$
declare
  places smallint[] := redshift_catalog.columns_of(relation, item->'columns');
  table_name text := (select relname from pg_class where oid = relation);
  suffix text := case item->>'kind' when 'p' then 'pkey' when 'u' then 'key' else 'fkey' end;
  given text := item->>'name';
  foreign_table oid;
  number integer := 0;
begin
  if item->>'kind' = 'p' and exists (
    select from redshift_catalog.declared_constraint where table_id = relation and kind = 'p') then
    raise exception using errcode = '42P16',
      message = format('multiple primary keys for table "%s" are not allowed', table_name);
  end if;
  if item->>'kind' = 'p' and exists (
    select from pg_attribute where attrelid = relation and attnum = any(places) and not attnotnull) then
    raise exception using errcode = '42P16', message = 'can not make a nullable column a primary key';
  end if;
  if item ? 'references' then
    foreign_table := redshift_catalog.table_of(jsonb_strip_nulls(jsonb_build_object(
      'schema', item->'references'->'schema', 'table', item->'references'->'name')));
  end if;
  if given is null then
    given := concat_ws('_', table_name, case when item->>'kind' <> 'p' then item->'columns'->>0 end, suffix);
    while exists (
      select from redshift_catalog.declared_constraint
      where table_id = relation and name = given || coalesce(nullif(number, 0)::text, '')) loop
      number := number + 1;
    end loop;
    given := given || coalesce(nullif(number, 0)::text, '');
  elsif exists (
    select from redshift_catalog.declared_constraint where table_id = relation and name = given) then
    raise exception using errcode = '42710',
      message = format('constraint "%s" for relation "%s" already exists', given, table_name);
  end if;
  insert into redshift_catalog.declared_constraint
  values (relation, given, item->>'kind', places, foreign_table,
    case when item->'references' ? 'columns'
      then redshift_catalog.columns_of(foreign_table, item->'references'->'columns') end);
end
$$;

create or replace function redshift_catalog.forget_table(relation oid) returns void
language sql as $$
  delete from redshift_catalog.table_design where table_id = relation;
  delete from redshift_catalog.column_design where table_id = relation;
  delete from redshift_catalog.declared_constraint where table_id = relation;
$$;

create or replace function redshift_catalog.forget_dropped() returns event_trigger
language plpgsql as $$
declare
  item record;
begin
  for item in
    select objid, objsubid from pg_event_trigger_dropped_objects()
    where classid = 'pg_class'::regclass and object_type in ('table', 'table column')
  loop
    if item.objsubid = 0 then perform redshift_catalog.forget_table(item.objid);
    else delete from redshift_catalog.column_design where table_id = item.objid and attnum = item.objsubid;
    end if;
  end loop;
end
$$;

drop event trigger if exists redshift_forget_dropped;
create event trigger redshift_forget_dropped on sql_drop execute function redshift_catalog.forget_dropped();

-- The functions that ALTER TABLE calls.

create or replace function redshift_catalog.record_column(change jsonb) returns void
language plpgsql as $$
declare
  relation oid := redshift_catalog.table_of(change);
  name text := change->'columns'->0->>'name';
begin
  insert into redshift_catalog.column_design (table_id, attnum, encoding)
  select relation, attnum,
    coalesce(change->'columns'->0->>'encode', redshift_catalog.initial_encoding(atttypid, false, false))
  from pg_attribute where attrelid = relation and attname = name;
end
$$;

create or replace function redshift_catalog.add_constraint(change jsonb) returns void
language plpgsql as $$
begin
  perform redshift_catalog.declare_constraint(redshift_catalog.table_of(change), change->'constraint');
end
$$;

create or replace function redshift_catalog.drop_constraint(change jsonb) returns void
language plpgsql as $$
begin
  delete from redshift_catalog.declared_constraint
  where table_id = redshift_catalog.table_of(change) and name = change->>'name';
  if not found then
    raise exception using errcode = '42704', message = format(
      'constraint "%s" of relation "%s" does not exist', change->>'name', change->>'table');
  end if;
end
$$;

-- facts B, DROP COLUMN: not a DISTKEY or SORTKEY column, not the last one
create or replace function redshift_catalog.check_drop_column(change jsonb) returns void
language plpgsql as $$
declare
  relation oid := redshift_catalog.table_of(change);
  place smallint := redshift_catalog.column_of(relation, change->>'column');
  design redshift_catalog.column_design;
begin
  select * into design from redshift_catalog.column_design where table_id = relation and attnum = place;
  if design.distkey then
    raise exception using errcode = '0A000', message = format('cannot drop distkey column "%s"', change->>'column');
  end if;
  if design.sortkey <> 0 then
    raise exception using errcode = '0A000', message = format('cannot drop sortkey column "%s"', change->>'column');
  end if;
  if 1 = (select count(*) from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped) then
    raise exception using errcode = '0A000', message = 'cannot drop the only column of a table';
  end if;
  if not (change->>'cascade')::boolean and exists (
    select from redshift_catalog.declared_constraint where table_id = relation and place = any(columns)) then
    raise exception using errcode = '2BP01', hint = 'Use DROP ... CASCADE to drop the dependent objects too.',
      message = format('cannot drop column "%s" because a declared constraint depends on it', change->>'column');
  end if;
  delete from redshift_catalog.declared_constraint where table_id = relation and place = any(columns);
end
$$;

create or replace function redshift_catalog.alter_design(change jsonb) returns void
language plpgsql as $$
declare
  relation oid := redshift_catalog.table_of(change);
  temporary boolean := (select relpersistence = 't' from pg_class where oid = relation);
  style text := coalesce(change->>'diststyle', case when change ? 'distkey' then 'key' end);
begin
  if style in ('all', 'even') and temporary then
    raise exception using errcode = '0A000', message = 'ALTER DISTSTYLE is not supported on temporary tables';
  end if;
  if style in ('all', 'even') and exists (
    select from redshift_catalog.table_design where table_id = relation and sortstyle = 'interleaved') then
    raise exception using errcode = '0A000', message = 'ALTER DISTSTYLE is not supported on tables with an interleaved sort key';
  end if;
  update redshift_catalog.table_design
  set diststyle = coalesce(style, diststyle),
    sortstyle = coalesce(change->>'sortstyle', sortstyle),
    encode_auto = coalesce((change->>'encodeAuto')::boolean, encode_auto)
  where table_id = relation;
  if change ? 'distkey' then perform redshift_catalog.set_distkey(relation, change->>'distkey');
  elsif style is not null then
    update redshift_catalog.column_design set distkey = false where table_id = relation;
  end if;
  if change ? 'sortkey' then
    perform redshift_catalog.set_sortkey(relation, change->>'sortstyle', change->'sortkey');
  end if;
end
$$;

create or replace function redshift_catalog.alter_encodings(change jsonb) returns void
language plpgsql as $$
declare
  relation oid := redshift_catalog.table_of(change);
  item jsonb;
begin
  for item in select * from jsonb_array_elements(change->'columns') loop
    update redshift_catalog.column_design set encoding = item->>'encode'
    where table_id = relation and attnum = redshift_catalog.column_of(relation, item->>'name');
  end loop;
  update redshift_catalog.table_design set encode_auto = false where table_id = relation;
end
$$;

-- facts B, ALTER COLUMN TYPE: VARCHAR only, and not with these encodings, a default or a key
create or replace function redshift_catalog.before_alter_type(change jsonb) returns void
language plpgsql as $$
declare
  relation oid := redshift_catalog.table_of(change);
  place smallint := redshift_catalog.column_of(relation, change->>'column');
  reason text;
  item text;
begin
  select case
    when attribute.atttypid <> 'varchar'::regtype then 'a column that is no VARCHAR'
    when attribute.atthasdef then 'a column with a default'
    when design.encoding in ('bytedict', 'runlength', 'text255', 'text32k') then 'encoding ' || design.encoding
    when exists (select from redshift_catalog.declared_constraint
      where table_id = relation and place = any(columns)) then 'a column of a declared key'
  end into reason
  from pg_attribute as attribute
    left join redshift_catalog.column_design as design
      on design.table_id = attribute.attrelid and design.attnum = attribute.attnum
  where attribute.attrelid = relation and attribute.attnum = place;
  if reason is not null then
    raise exception using errcode = '0A000', message = format('ALTER COLUMN TYPE is not supported for %s', reason);
  end if;
  for item in
    select conname from pg_constraint where conrelid = relation and contype = 'c' and conkey = array[place]
  loop
    execute format('alter table %s drop constraint %I', relation::regclass, item);
  end loop;
end
$$;

create or replace function redshift_catalog.after_alter_type(change jsonb) returns void
language plpgsql as $$
begin
  execute format('alter table %s add check (octet_length(%I) <= %s)',
    redshift_catalog.table_of(change)::regclass, change->>'column', change->>'bytes');
end
$$;

-- Functions of Redshift (facts E). Those that PostgreSQL knows by the same name and another meaning, and
-- those whose column is called otherwise, are in redshift_catalog: the dialect names them.

-- facts F: Knex reads the version from this text
create or replace function pg_catalog.version() returns text language sql stable as $$
  select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.78890'
$$;

create or replace function pg_catalog.getdate() returns timestamp language sql stable as $$
  select date_trunc('second', statement_timestamp()::timestamp)
$$;

create or replace function redshift_catalog."timestamp"() returns timestamp language sql stable as $$
  select now()::timestamp
$$;

create or replace function pg_catalog.len(text) returns integer language sql immutable parallel safe as $$
  select length($1)
$$;

create or replace function pg_catalog.len(bpchar) returns integer language sql immutable parallel safe as $$
  select length($1)
$$;

create or replace function pg_catalog.charindex(text, text) returns integer
language sql immutable parallel safe as $$
  select strpos($2, $1)
$$;

create or replace function pg_catalog.round(double precision, integer) returns double precision
language sql immutable parallel safe as $$
  select round($1::numeric, $2)::double precision
$$;

create or replace function pg_catalog.strtol(value text, base integer) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  digits text := lower(ltrim(trim(value), '-+'));
  result numeric := 0;
  digit integer;
begin
  if base = 16 then digits := regexp_replace(digits, '^0x', ''); end if;
  for i in 1 .. length(digits) loop
    digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(digits, i, 1)) - 1;
    if digit < 0 or digit >= base then
      raise exception using errcode = '22P02',
        message = format('The input %s is not valid to be converted to base %s', value, base);
    end if;
    result := result * base + digit;
  end loop;
  return case when trim(value) like '-%' then -result else result end;
end
$$;

-- FNV-1a of 64 bits over the bytes of the value, the lowest first in a number
create or replace function redshift_catalog.fnv(bytes bytea, seed bigint) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  modulus constant numeric := 18446744073709551616;
  hash numeric := case when seed < 0 then seed + modulus else seed end;
  low bigint;
begin
  for i in 0 .. length(bytes) - 1 loop
    low := hash % 256;
    hash := (hash - low + (low::integer # get_byte(bytes, i))) * 1099511628211 % modulus;
  end loop;
  return case when hash >= 9223372036854775808 then hash - modulus else hash end;
end
$$;

create or replace function redshift_catalog.reversed(bytes bytea) returns bytea
language sql immutable strict parallel safe as $$
  select string_agg(substring(bytes from i for 1), '' order by i desc) from generate_series(1, length(bytes)) as i
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values
      ('smallint', 'redshift_catalog.reversed(int2send($1))'),
      ('integer', 'redshift_catalog.reversed(int4send($1))'),
      ('bigint', 'redshift_catalog.reversed(int8send($1))'),
      ('text', 'convert_to($1, ''UTF8'')')
    ) as given (type, bytes)
  loop
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s) returns bigint language sql immutable as '
      '$f$ select redshift_catalog.fnv(%s, -3750763034362895579) $f$', item.type, item.bytes);
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s, bigint) returns bigint language sql immutable as '
      '$f$ select redshift_catalog.fnv(%s, $2) $f$', item.type, item.bytes);
  end loop;
end
$do$;

-- facts E: a missing path gives '', at most 5 levels
create or replace function redshift_catalog.json_path(json_text text, path text[], null_if_invalid boolean)
returns text language plpgsql immutable parallel safe as $$
begin
  if json_text is null then return null; end if;
  if cardinality(path) > 5 then
    raise exception using errcode = '22023', message = 'JSON_EXTRACT_PATH_TEXT takes at most 5 path elements';
  end if;
  return coalesce(json_text::json #>> path, '');
exception when invalid_text_representation then
  if null_if_invalid then return null; end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.json_extract_path_text(text, variadic text[]) returns text
language sql immutable parallel safe as $$
  select redshift_catalog.json_path($1, $2, false)
$$;

do $do$
begin
  for n in 1 .. 5 loop
    execute format(
      'create or replace function pg_catalog.json_extract_path_text(text, %s boolean) returns text '
      'language sql immutable as $f$ select redshift_catalog.json_path($1, array[%s], $%s) $f$',
      repeat('text, ', n), (select string_agg('$' || i, ', ') from generate_series(2, n + 1) as i), n + 2);
  end loop;
end
$do$;

create or replace function pg_catalog.json_extract_array_element_text(json_text text, place integer)
returns text language plpgsql immutable parallel safe as $$
begin
  return coalesce(json_text::json ->> place, case when json_text is not null then '' end);
exception when invalid_text_representation then
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.json_array_length(json_text text) returns integer
language plpgsql immutable parallel safe as $$
begin
  return json_array_length(json_text::json);
exception when invalid_text_representation then
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.is_valid_json(text) returns boolean language sql immutable as $$
  select $1 is json object
$$;

create or replace function pg_catalog.is_valid_json_array(text) returns boolean language sql immutable as $$
  select $1 is json array
$$;

-- facts E: at most 65535 bytes
create or replace function redshift_catalog.listagg_step(state text, value anyelement, delimiter text)
returns text language plpgsql immutable as $$
begin
  if value is null then return state; end if;
  state := coalesce(state || delimiter, '') || value::text;
  if octet_length(state) > 65535 then
    raise exception using errcode = '54000', message = 'Result size exceeds LISTAGG limit';
  end if;
  return state;
end
$$;

create or replace aggregate redshift_catalog.listagg(anyelement, text) (
  sfunc = redshift_catalog.listagg_step, stype = text
);

create or replace function redshift_catalog.listagg_text_step(state text, value text, delimiter text)
returns text language sql immutable as $$
  select redshift_catalog.listagg_step(state, value, delimiter)
$$;

create or replace aggregate redshift_catalog.listagg(text, text) (
  sfunc = redshift_catalog.listagg_text_step, stype = text
);

-- docs r_AVG: BIGINT for integers; the engine's own for the rest
create or replace function redshift_catalog.avg_end(state bigint[]) returns bigint
language sql immutable as $$
  select case when state[1] > 0 then state[2] / state[1] end
$$;

create or replace function redshift_catalog.avg_end(state numeric[]) returns bigint
language sql immutable as $$
  select case when state[1] > 0 then trunc(state[2] / state[1])::bigint end
$$;

create or replace function redshift_catalog.avg_step(state numeric[], value bigint) returns numeric[]
language sql immutable as $$
  select case when value is null then state else array[state[1] + 1, state[2] + value] end
$$;

create or replace function redshift_catalog.avg_join(a numeric[], b numeric[]) returns numeric[]
language sql immutable as $$
  select array[a[1] + b[1], a[2] + b[2]]
$$;

create or replace aggregate redshift_catalog.avg(smallint) (
  sfunc = int2_avg_accum, stype = bigint[], finalfunc = redshift_catalog.avg_end, initcond = '{0,0}',
  msfunc = int2_avg_accum, minvfunc = int2_avg_accum_inv, mstype = bigint[],
  mfinalfunc = redshift_catalog.avg_end, minitcond = '{0,0}', combinefunc = int4_avg_combine, parallel = safe
);
create or replace aggregate redshift_catalog.avg(integer) (
  sfunc = int4_avg_accum, stype = bigint[], finalfunc = redshift_catalog.avg_end, initcond = '{0,0}',
  msfunc = int4_avg_accum, minvfunc = int4_avg_accum_inv, mstype = bigint[],
  mfinalfunc = redshift_catalog.avg_end, minitcond = '{0,0}', combinefunc = int4_avg_combine, parallel = safe
);
create or replace aggregate redshift_catalog.avg(bigint) (
  sfunc = redshift_catalog.avg_step, stype = numeric[], finalfunc = redshift_catalog.avg_end,
  initcond = '{0,0}', combinefunc = redshift_catalog.avg_join, parallel = safe
);
create or replace aggregate redshift_catalog.avg(numeric) (
  sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg,
  combinefunc = numeric_avg_combine, serialfunc = numeric_avg_serialize,
  deserialfunc = numeric_avg_deserialize, parallel = safe
);
create or replace aggregate redshift_catalog.avg(double precision) (
  sfunc = float8_accum, stype = double precision[], finalfunc = float8_avg, initcond = '{0,0,0}',
  combinefunc = float8_combine, parallel = safe
);

-- Dates (facts E). A function takes DATE, TIMESTAMP, TIMESTAMPTZ, and text for what has no type yet: a
-- literal or a parameter.

create or replace function redshift_catalog.boundaries(part text, value timestamp) returns bigint
language sql immutable parallel safe as $$
  select case part
    when 'microsecond' then (extract(epoch from value) * 1000000)::bigint
    when 'millisecond' then floor(extract(epoch from value) * 1000)::bigint
    when 'second' then floor(extract(epoch from value))::bigint
    when 'minute' then floor(extract(epoch from value) / 60)::bigint
    when 'hour' then floor(extract(epoch from value) / 3600)::bigint
    when 'week' then ((date_trunc('week', value)::date - date '1900-01-01') / 7)::bigint
    when 'month' then (extract(year from value) * 12 + extract(month from value))::bigint
    when 'quarter' then (extract(year from value) * 4 + extract(quarter from value))::bigint
    when 'year' then extract(year from value)::bigint
    when 'decade' then extract(decade from value)::bigint
    when 'century' then extract(century from value)::bigint
    when 'millennium' then extract(millennium from value)::bigint
    else (value::date - date '1900-01-01')::bigint
  end
$$;

create or replace function pg_catalog.add_months(value timestamp, months bigint) returns timestamp
language sql immutable parallel safe as $$
  select case
    when value::date = (date_trunc('month', value) + interval '1 month - 1 day')::date
    then date_trunc('month', value) + (months + 1) * interval '1 month' - interval '1 day'
      + (value - date_trunc('day', value))
    else value + months * interval '1 month'
  end
$$;

create or replace function pg_catalog.last_day(value timestamp) returns date
language sql immutable parallel safe as $$
  select (date_trunc('month', value) + interval '1 month - 1 day')::date
$$;

create or replace function pg_catalog.months_between(a timestamp, b timestamp) returns double precision
language sql immutable parallel safe as $$
  select redshift_catalog.boundaries('month', a) - redshift_catalog.boundaries('month', b) + case
    when extract(day from a) = extract(day from b) then 0
    when a::date = last_day(a) and b::date = last_day(b) then 0
    else (extract(day from a) - extract(day from b)
      + extract(epoch from (a - date_trunc('day', a)) - (b - date_trunc('day', b))) / 86400) / 31
  end
$$;

create or replace function pg_catalog.convert_timezone(target text, value timestamp) returns timestamp
language sql immutable parallel safe as $$
  select value at time zone 'UTC' at time zone target
$$;

create or replace function pg_catalog.convert_timezone(target text, value timestamptz) returns timestamp
language sql immutable parallel safe as $$
  select value at time zone target
$$;

create or replace function pg_catalog.convert_timezone(target text, value text) returns timestamp
language sql stable parallel safe as $$
  select value::timestamp at time zone 'UTC' at time zone target
$$;

create or replace function pg_catalog.convert_timezone(source text, target text, value timestamp)
returns timestamp language sql immutable parallel safe as $$
  select value at time zone source at time zone target
$$;

create or replace function pg_catalog.convert_timezone(source text, target text, value text)
returns timestamp language sql stable parallel safe as $$
  select value::timestamp at time zone source at time zone target
$$;

do $do$
declare
  type text;
  other text;
  types text[] := array['date', 'timestamp', 'timestamptz', 'text'];
begin
  foreach type in array types loop
    execute format(
      'create or replace function redshift_catalog.date_add(interval, bigint, %s) returns timestamp '
      'language sql stable parallel safe as $f$ select $3::timestamp + $1 * $2 $f$', type);
    execute format(
      'create or replace function redshift_catalog.pgdate_part(text, %s) returns double precision '
      'language sql stable parallel safe as $f$ select pg_catalog.date_part($1, $2%s) $f$',
      type, case type when 'text' then '::timestamp' else '' end);
    execute format(
      'create or replace function redshift_catalog.date_part(text, %s) returns %s '
      'language sql stable parallel safe as $f$ select %s $f$',
      type, case type when 'timestamptz' then 'double precision' else 'integer' end,
      case type when 'timestamptz' then 'pg_catalog.date_part($1, $2)'
        else 'trunc(pg_catalog.date_part($1, $2::timestamp))::integer' end);
    foreach other in array types loop
      execute format(
        'create or replace function redshift_catalog.date_diff(text, %s, %s) returns bigint language sql '
        'stable parallel safe as $f$ select redshift_catalog.boundaries($1, $3::timestamp) '
        '- redshift_catalog.boundaries($1, $2::timestamp) $f$', type, other);
      if (type, other) <> ('timestamp', 'timestamp') then
        execute format(
          'create or replace function pg_catalog.months_between(%s, %s) returns double precision language sql '
          'stable parallel safe as $f$ select months_between($1::timestamp, $2::timestamp) $f$', type, other);
      end if;
    end loop;
    if type <> 'timestamp' then
      execute format(
        'create or replace function pg_catalog.add_months(%s, bigint) returns timestamp language sql '
        'stable parallel safe as $f$ select add_months($1::timestamp, $2) $f$', type);
      execute format(
        'create or replace function pg_catalog.last_day(%s) returns date language sql '
        'stable parallel safe as $f$ select last_day($1::timestamp) $f$', type);
    end if;
    if type <> 'text' then
      execute format(
        'create or replace function pg_catalog.trunc(%s) returns date language sql '
        'stable parallel safe as $f$ select $1::date $f$', type);
    end if;
  end loop;
  foreach type in array array['interval', 'time', 'timetz'] loop
    execute format(
      'create or replace function redshift_catalog.pgdate_part(text, %s) returns double precision '
      'language sql stable parallel safe as $f$ select pg_catalog.date_part($1, $2) $f$', type);
    execute format(
      'create or replace function redshift_catalog.date_part(text, %s) returns integer '
      'language sql stable parallel safe as $f$ select trunc(pg_catalog.date_part($1, $2))::integer $f$', type);
  end loop;
  foreach type in array array['date', 'text'] loop
    execute format(
      'create or replace function pg_catalog.date_trunc(text, %s) returns timestamp '
      'language sql stable parallel safe as $f$ select pg_catalog.date_trunc($1, $2::timestamp) $f$', type);
  end loop;
end
$do$;

-- What Redshift tells of the users' tables (facts G).

-- a table of a user: not of the system, nor of the local Redshift itself
create or replace view redshift_catalog.user_table as
select c.oid as table_id, n.nspname as schema, c.relname as name, c.relpersistence = 't' as temporary,
  coalesce(d.diststyle, 'auto') as diststyle, coalesce(d.sortstyle, 'auto') as sortstyle,
  coalesce(d.backup, true) as backup, d.created
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
  case t.diststyle when 'auto' then 'AUTO(ALL)' when 'key' then format('KEY(%s)', (
      select a.attname from redshift_catalog.column_design as d
        join pg_attribute as a on a.attrelid = d.table_id and a.attnum = d.attnum
      where d.table_id = t.table_id and d.distkey))
    else upper(t.diststyle) end as diststyle,
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

-- What Redshift tells of its loads (facts G). CHAR columns are padded with blanks, as they are there.

create or replace view pg_catalog.stl_load_errors as
select 100 as userid, e.slice, h.table_id::integer as tbl, h.start_time as starttime, h.session_id as session,
  e.query::integer as query, e.filename::char(256) as filename, e.line_number, e.colname::char(127) as colname,
  e.type::char(10) as type, e.col_length::char(10) as col_length, e.position, e.raw_line::char(1024) as raw_line,
  e.raw_field_value::char(1024) as raw_field_value, e.err_code, e.err_reason::char(100) as err_reason,
  0 as is_partial, 0::bigint as start_offset, null::bigint as copy_job_id
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.sys_load_error_detail as
select 100 as user_id, e.query as query_id, null::bigint as transaction_id, h.session_id,
  h.database::char(64) as database_name, h.table_id::integer as table_id, h.start_time,
  e.filename::char(256) as file_name, e.line_number, e.colname::char(127) as column_name,
  e.type::char(10) as column_type, e.col_length::char(10) as column_length, e.position,
  e.err_code as error_code, e.err_reason::char(512) as error_message
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.stl_loaderror_detail as
select 100 as userid, e.slice, h.session_id as session, e.query::integer as query,
  e.filename::char(256) as filename, e.line_number,
  null::integer as field, e.colname::char(1024) as colname, e.raw_field_value::char(1024) as value,
  0 as is_null, e.type::char(10) as type, e.col_length::char(10) as col_length
from redshift_catalog.load_errors as e join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.sys_load_history as
select 100 as user_id, h.query as query_id, null::bigint as transaction_id, h.session_id,
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
    from redshift_catalog.load_files as l where l.query = h.query
  ) as f;

create or replace view pg_catalog.sys_load_detail as
select 100 as user_id, h.query::integer as query_id, l.name::char(256) as file_name, l.bytes as bytes_scanned,
  l.lines::integer as lines_scanned, h.end_time as record_time, 1 as splits_scanned, h.start_time, h.end_time
from redshift_catalog.load_files as l join redshift_catalog.load_history as h using (query);

create or replace view pg_catalog.stl_load_commits as
select 100 as userid, h.query::integer as query, 0 as slice, h.table_name::char(256) as name,
  l.name::char(256) as filename, l.bytes as byte_offset, l.lines::integer as lines_scanned,
  (select count(*)::integer from redshift_catalog.load_errors as e
    where e.query = h.query and e.filename = l.name) as errors,
  h.end_time as curtime, 1 as status, h.file_format::char(16) as file_format,
  0 as is_partial, 0::bigint as start_offset
from redshift_catalog.load_files as l join redshift_catalog.load_history as h using (query)
where h.status = 'completed';

-- The information schema without the tables of the local Redshift itself, and with the declared keys.
do $do$
declare
  name text;
  definition text;
begin
  foreach name in array array['tables', 'columns', 'views'] loop
    definition := rtrim(pg_get_viewdef(format('information_schema.%I', name)::regclass), '; ');
    if strpos(definition, 'redshift_catalog') = 0 then
      execute format(
        'create or replace view information_schema.%I as select * from (%s) as base '
        'where table_schema::text <> ''redshift_catalog''', name, definition);
    end if;
  end loop;
  definition := rtrim(pg_get_viewdef('information_schema.schemata'::regclass), '; ');
  if strpos(definition, 'redshift_catalog') = 0 then
    execute format(
      'create or replace view information_schema.schemata as select * from (%s) as base '
      'where schema_name::text <> ''redshift_catalog''', definition);
  end if;
end
$do$;

create or replace view redshift_catalog.declared_key as
select current_database()::information_schema.sql_identifier as catalog,
  t.schema::information_schema.sql_identifier as schema, t.name::information_schema.sql_identifier as table_name,
  c.name::information_schema.sql_identifier as name, c.kind, c.table_id, c.columns
from redshift_catalog.declared_constraint as c join redshift_catalog.user_table as t using (table_id);

-- The engine has no key of a user's table: all that there are were declared.
create or replace view information_schema.table_constraints as
select catalog as constraint_catalog, schema as constraint_schema, name as constraint_name,
  catalog as table_catalog, schema as table_schema, table_name,
  (case kind when 'p' then 'PRIMARY KEY' when 'u' then 'UNIQUE' else 'FOREIGN KEY' end
    )::information_schema.character_data as constraint_type,
  'NO'::information_schema.yes_or_no as is_deferrable, 'NO'::information_schema.yes_or_no as initially_deferred,
  'NO'::information_schema.yes_or_no as enforced, 'YES'::information_schema.yes_or_no as nulls_distinct
from redshift_catalog.declared_key;

create or replace view information_schema.key_column_usage as
select k.catalog as constraint_catalog, k.schema as constraint_schema, k.name as constraint_name,
  k.catalog as table_catalog, k.schema as table_schema, k.table_name,
  a.attname::information_schema.sql_identifier as column_name,
  p.place::information_schema.cardinal_number as ordinal_position,
  null::information_schema.cardinal_number as position_in_unique_constraint
from redshift_catalog.declared_key as k
  cross join lateral unnest(k.columns) with ordinality as p (attnum, place)
  join pg_attribute as a on a.attrelid = k.table_id and a.attnum = p.attnum;

-- Who holds and who waits for which lock: svv_transactions, by the AWS documentation of that name.
create or replace view pg_catalog.svv_transactions as
select a.usename::text as txn_owner, a.datname::text as txn_db, a.backend_xid::text::bigint as xid, l.pid,
  (a.xact_start at time zone 'UTC')::timestamp as txn_start, l.mode as lock_mode,
  l.locktype as lockable_object_type, l.relation::integer as relation, l.granted
from pg_catalog.pg_locks as l join pg_catalog.pg_stat_activity as a on a.pid = l.pid;

comment on schema redshift_catalog is '2a4333ec6ffd4245';

create table "knex_migrations_lock" ("index" integer generated always as identity (start 1 increment 1 minvalue -2147483648 maxvalue 2147483647) not null, "is_locked" integer);

select redshift_catalog.record_table('{"table":"knex_migrations_lock","constraints":[{"kind":"p","columns":["index"]}],"columns":[{"name":"index","identity":[1,1]},{"name":"is_locked"}],"diststyle":"auto","sortstyle":"auto","encodeAuto":true}'::jsonb);

create table "knex_migrations" ("id" integer generated always as identity (start 1 increment 1 minvalue -2147483648 maxvalue 2147483647) not null, "name" varchar(255) check (octet_length("name") <= 255), "batch" integer, "migration_time" timestamptz);

select redshift_catalog.record_table('{"table":"knex_migrations","constraints":[{"kind":"p","columns":["id"]}],"columns":[{"name":"id","identity":[1,1]},{"name":"name"},{"name":"batch"},{"name":"migration_time"}],"diststyle":"auto","sortstyle":"auto","encodeAuto":true}'::jsonb);

create table "staging_events" ("artist" varchar(1024) check (octet_length("artist") <= 1024), "auth" varchar(32) check (octet_length("auth") <= 32), "first_name" varchar(256) check (octet_length("first_name") <= 256), "gender" varchar(8) check (octet_length("gender") <= 8), "item_in_session" integer not null, "last_name" varchar(256) check (octet_length("last_name") <= 256), "length" double precision, "level" varchar(16) check (octet_length("level") <= 16), "location" varchar(1024) check (octet_length("location") <= 1024), "method" varchar(16) check (octet_length("method") <= 16), "page" varchar(64) not null check (octet_length("page") <= 64), "registration" double precision, "session_id" integer not null, "song" varchar(1024) check (octet_length("song") <= 1024), "status" integer, "ts" bigint not null, "user_agent" varchar(1024) check (octet_length("user_agent") <= 1024), "user_id" integer, "loaded_at" timestamp default redshift_catalog."timestamp"() not null);

select redshift_catalog.record_table('{"table":"staging_events","diststyle":"even","sortstyle":"compound","sortkey":["loaded_at"],"constraints":[],"columns":[{"name":"artist","encode":"zstd"},{"name":"auth","encode":"bytedict"},{"name":"first_name","encode":"zstd"},{"name":"gender","encode":"bytedict"},{"name":"item_in_session","encode":"az64"},{"name":"last_name","encode":"zstd"},{"name":"length","encode":"zstd"},{"name":"level","encode":"bytedict"},{"name":"location","encode":"zstd"},{"name":"method","encode":"bytedict"},{"name":"page","encode":"bytedict"},{"name":"registration","encode":"zstd"},{"name":"session_id","encode":"az64"},{"name":"song","encode":"zstd"},{"name":"status","encode":"az64"},{"name":"ts","encode":"az64"},{"name":"user_agent","encode":"zstd"},{"name":"user_id","encode":"az64"},{"name":"loaded_at","encode":"raw"}],"encodeAuto":false}'::jsonb);

create table "staging_songs" ("num_songs" integer, "artist_id" varchar(32) check (octet_length("artist_id") <= 32), "artist_latitude" double precision, "artist_longitude" double precision, "artist_location" varchar(1024) check (octet_length("artist_location") <= 1024), "artist_name" varchar(1024) check (octet_length("artist_name") <= 1024), "song_id" varchar(32) not null check (octet_length("song_id") <= 32), "title" varchar(1024) check (octet_length("title") <= 1024), "duration" double precision, "year" integer, "loaded_at" timestamp default redshift_catalog."timestamp"() not null);

select redshift_catalog.record_table('{"table":"staging_songs","diststyle":"even","sortstyle":"compound","sortkey":["loaded_at"],"constraints":[],"columns":[{"name":"num_songs","encode":"az64"},{"name":"artist_id","encode":"zstd"},{"name":"artist_latitude","encode":"zstd"},{"name":"artist_longitude","encode":"zstd"},{"name":"artist_location","encode":"zstd"},{"name":"artist_name","encode":"zstd"},{"name":"song_id","encode":"zstd"},{"name":"title","encode":"zstd"},{"name":"duration","encode":"zstd"},{"name":"year","encode":"az64"},{"name":"loaded_at","encode":"raw"}],"encodeAuto":false}'::jsonb);

create table "songplays" ("songplay_id" bigint not null, "start_time" timestamp not null, "user_id" integer, "level" varchar(16) check (octet_length("level") <= 16), "song_id" varchar(32) check (octet_length("song_id") <= 32), "artist_id" varchar(32) check (octet_length("artist_id") <= 32), "session_id" integer not null, "location" varchar(1024) check (octet_length("location") <= 1024), "user_agent" varchar(1024) check (octet_length("user_agent") <= 1024));

select redshift_catalog.record_table('{"table":"songplays","distkey":"start_time","sortstyle":"compound","sortkey":["start_time"],"constraints":[{"kind":"p","columns":["songplay_id"]}],"columns":[{"name":"songplay_id"},{"name":"start_time","encode":"raw"},{"name":"user_id","encode":"az64"},{"name":"level","encode":"bytedict"},{"name":"song_id","encode":"zstd"},{"name":"artist_id","encode":"zstd"},{"name":"session_id","encode":"az64"},{"name":"location","encode":"zstd"},{"name":"user_agent","encode":"zstd"}],"diststyle":"key","encodeAuto":false}'::jsonb);

create table "users" ("user_id" integer not null, "first_name" varchar(256) check (octet_length("first_name") <= 256), "last_name" varchar(256) check (octet_length("last_name") <= 256), "gender" varchar(8) check (octet_length("gender") <= 8), "level" varchar(16) check (octet_length("level") <= 16));

select redshift_catalog.record_table('{"table":"users","diststyle":"all","sortstyle":"compound","sortkey":["user_id"],"constraints":[{"kind":"p","columns":["user_id"]}],"columns":[{"name":"user_id","encode":"raw"},{"name":"first_name","encode":"zstd"},{"name":"last_name","encode":"zstd"},{"name":"gender","encode":"bytedict"},{"name":"level","encode":"bytedict"}],"encodeAuto":false}'::jsonb);

create table "songs" ("song_id" varchar(32) not null check (octet_length("song_id") <= 32), "title" varchar(1024) check (octet_length("title") <= 1024), "artist_id" varchar(32) check (octet_length("artist_id") <= 32), "year" integer, "duration" double precision);

select redshift_catalog.record_table('{"table":"songs","diststyle":"all","sortstyle":"compound","sortkey":["song_id"],"constraints":[{"kind":"p","columns":["song_id"]}],"columns":[{"name":"song_id","encode":"raw"},{"name":"title","encode":"zstd"},{"name":"artist_id","encode":"zstd"},{"name":"year","encode":"az64"},{"name":"duration","encode":"zstd"}],"encodeAuto":false}'::jsonb);

create table "artists" ("artist_id" varchar(32) not null check (octet_length("artist_id") <= 32), "name" varchar(1024) check (octet_length("name") <= 1024), "location" varchar(1024) check (octet_length("location") <= 1024), "latitude" double precision, "longitude" double precision);

select redshift_catalog.record_table('{"table":"artists","diststyle":"all","sortstyle":"compound","sortkey":["artist_id"],"constraints":[{"kind":"p","columns":["artist_id"]}],"columns":[{"name":"artist_id","encode":"raw"},{"name":"name","encode":"zstd"},{"name":"location","encode":"zstd"},{"name":"latitude","encode":"zstd"},{"name":"longitude","encode":"zstd"}],"encodeAuto":false}'::jsonb);

create table "time" ("start_time" timestamp not null, "hour" smallint, "day" smallint, "week" smallint, "month" smallint, "year" smallint, "weekday" smallint);

select redshift_catalog.record_table('{"table":"time","distkey":"start_time","sortstyle":"compound","sortkey":["start_time"],"constraints":[{"kind":"p","columns":["start_time"]}],"columns":[{"name":"start_time","encode":"raw"},{"name":"hour","encode":"az64"},{"name":"day","encode":"az64"},{"name":"week","encode":"az64"},{"name":"month","encode":"az64"},{"name":"year","encode":"az64"},{"name":"weekday","encode":"az64"}],"diststyle":"key","encodeAuto":false}'::jsonb);

create table "loads" ("loaded_at" timestamp not null, "finished_at" timestamp not null, "state" varchar(16) not null check (octet_length("state") <= 16), "files" integer not null, "bytes" bigint not null, "staged" bigint not null, "changed" varchar(4096) not null check (octet_length("changed") <= 4096), "audits" integer not null, "user_name" varchar(256) not null check (octet_length("user_name") <= 256), "host_name" varchar(256) not null check (octet_length("host_name") <= 256));

select redshift_catalog.record_table('{"table":"loads","diststyle":"all","sortstyle":"compound","sortkey":["loaded_at"],"constraints":[{"kind":"p","columns":["loaded_at"]}],"columns":[{"name":"loaded_at"},{"name":"finished_at"},{"name":"state"},{"name":"files"},{"name":"bytes"},{"name":"staged"},{"name":"changed"},{"name":"audits"},{"name":"user_name"},{"name":"host_name"}],"encodeAuto":true}'::jsonb);

create table "load_files" ("url" varchar(2048) not null check (octet_length("url") <= 2048), "etag" varchar(256) not null check (octet_length("etag") <= 256), "size" bigint not null, "table_name" varchar(128) not null check (octet_length("table_name") <= 128), "loaded_at" timestamp not null, "state" varchar(16) default 'loaded' not null check (octet_length("state") <= 16), "reason" varchar(1024) check (octet_length("reason") <= 1024));

select redshift_catalog.record_table('{"table":"load_files","diststyle":"all","sortstyle":"compound","sortkey":["table_name","url"],"constraints":[],"columns":[{"name":"url"},{"name":"etag"},{"name":"size"},{"name":"table_name"},{"name":"loaded_at"},{"name":"state"},{"name":"reason"}],"encodeAuto":true}'::jsonb);

create table "load_lock" ("held" boolean);

select redshift_catalog.record_table('{"table":"load_lock","diststyle":"all","constraints":[],"columns":[{"name":"held"}],"sortstyle":"auto","encodeAuto":true}'::jsonb);

insert into knex_migrations_lock ("index", "is_locked") overriding system value values
  ('1', '0');
insert into knex_migrations ("id", "name", "batch", "migration_time") overriding system value values
  ('1', '20261121000100_create_staging_events.ts', '1', '2026-11-28 18:56:37.576+00'),
  ('2', '20261121000200_create_staging_songs.ts', '1', '2026-11-28 18:56:37.591+00'),
  ('3', '20261121000300_create_songplays.ts', '1', '2026-11-28 18:56:37.615+00'),
  ('4', '20261121000400_create_users.ts', '1', '2026-11-28 18:56:37.66+00'),
  ('5', '20261121000500_create_songs.ts', '1', '2026-11-28 18:56:37.717+00'),
  ('6', '20261121000600_create_artists.ts', '1', '2026-11-28 18:56:37.774+00'),
  ('7', '20261121000700_create_time.ts', '1', '2026-11-28 18:56:37.811+00'),
  ('8', '20261121000800_create_loads.ts', '1', '2026-11-28 18:56:37.871+00'),
  ('9', '20261121000900_create_load_files.ts', '1', '2026-11-28 18:56:37.919+00'),
  ('10', '20261121001000_create_load_lock.ts', '1', '2026-11-28 18:56:37.987+00');
insert into staging_events ("artist", "auth", "first_name", "gender", "item_in_session", "last_name", "length", "level", "location", "method", "page", "registration", "session_id", "song", "status", "ts", "user_agent", "user_id", "loaded_at") overriding system value values
  ('Diary Vagabonds', 'Logged In', 'Anton', 'M', '0', 'Jensen', '221.28501', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '2', 'Secret River', '200', '1541036672796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Paper Parade', 'Logged In', 'Anton', 'M', '1', 'Jensen', '201.90355', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '2', 'Elevator''s Cinema (Instrumental)', '200', '1541036870796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Satellite Rivals', 'Logged In', 'Anton', 'M', '0', 'Jensen', '231.13133', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '3', 'The Kitchen In Cabin 92', '200', '1541048981796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Fragile Plumbers', 'Logged In', 'Anton', 'M', '0', 'Jensen', '190.73161', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '4', 'Touch My Lazy Fountain (Remastered)', '200', '1541053720796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Engine Astronauts', 'Logged In', 'Anton', 'M', '1', 'Jensen', '206.07077', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '4', 'Lift My Grey Lighthouse (Acoustic)', '200', '1541053910796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Cinema & The Walkers', 'Logged In', 'Anton', 'M', '0', 'Jensen', '358.2943', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '5', 'Highway Of The Pale Cabin', '200', '1541063128796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('DJ Neighbour 15', 'Logged In', 'Anton', 'M', '1', 'Jensen', '195.85703', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '5', ' Horizon''s Weather', '200', '1541063486796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '6', null, '200', '1541071140796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '7', null, '200', '1541074306796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '1', 'Jensen', '308.40381', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '7', 'Mend My Tired Planet', '200', '1541074310796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Lantern Magpies', 'Logged In', 'Anton', 'M', '2', 'Jensen', '220.93407', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '7', 'Don''t Break The Sunday', '200', '1541074516796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Signal Twins', 'Logged In', 'Anton', 'M', '3', 'Jensen', '236.06451', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '7', 'The Cinema In Fever 87', '200', '1541074736796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Letter Wolves', 'Logged In', 'Anton', 'M', '0', 'Jensen', '277.67287', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '8', 'Crooked Signal', '200', '1541083085796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Crooked Acrobats', 'Logged In', 'Anton', 'M', '1', 'Jensen', '197.2804', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '8', 'Honest Lantern', '200', '1541083362796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '2', 'Jensen', '302.45453', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '8', 'Watch My Brittle Valley', '200', '1541083488796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '9', null, '200', '1541088232796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Mountain & The Pigeons', 'Logged In', 'Anton', 'M', '1', 'Jensen', '247.42661', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '9', 'Don''t Dance The River (Remastered), The Grey Tunnel, The Muddy Meadow, The Kind Shoreline, The Stolen Motel, The Scarlet Wire, The Electric Diary, The Iron Pavement, The Pale Echo', '200', '1541088595796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '2', 'Jensen', '308.40381', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '9', 'Mend My Tired Planet', '200', '1541088842796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Carousel O''Painters', 'Logged In', 'Anton', 'M', '3', 'Jensen', '256.36411', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '9', 'Winter Pavement (Radio Edit)', '200', '1541089150796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '4', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Upgrade', '1540464128796', '9', null, '200', '1541089187796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Remember Avenue', 'Logged In', 'Anton', 'M', '0', 'Jensen', '344.90566', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '10', 'Narrow Circus', '200', '1541101243796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Motel & The Comets', 'Logged In', 'Anton', 'M', '0', 'Jensen', '190.25818', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '11', 'Invisible Harbour', '200', '1541105892796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '1', 'Jensen', null, 'free', 'Rochester, NY', 'PUT', 'Logout', '1540464128796', '11', null, '307', '1541105893796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '2', null, null, 'free', null, 'GET', 'Home', null, '11', null, '200', '1541105896796', null, null, '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '3', null, null, 'free', null, 'GET', 'Home', null, '11', null, '200', '1541105901796', null, null, '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '4', null, null, 'free', null, 'PUT', 'Login', null, '11', null, '307', '1541105902796', null, null, '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '0', null, null, 'free', null, 'GET', 'Home', null, '12', null, '200', '1541129629796', null, null, '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '1', null, null, 'free', null, 'GET', 'Home', null, '12', null, '200', '1541129659796', null, null, '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '13', null, '200', '1541137180796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Sunday Travellers', 'Logged In', 'Anton', 'M', '1', 'Jensen', '301.71316', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '13', 'Draw My Long Orchard (Instrumental)', '200', '1541137184796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '2', 'Jensen', '175.68256', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '13', 'Letter Of The Violet Attic', '200', '1541137485796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Letter Mechanics', 'Logged In', 'Anton', 'M', '0', 'Jensen', '283.85506', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '14', 'Idle Garden', '200', '1541146548796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Count Echo', 'Logged In', 'Anton', 'M', '1', 'Jensen', '129.9467', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '14', 'Sparrow Of The Arctic Bridge - Single Version', '200', '1541146831796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('DJ Skyline 28', 'Logged In', 'Anton', 'M', '2', 'Jensen', '89.30298', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '14', 'Repeat The Monday (Acoustic)', '200', '1541146960796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '3', 'Jensen', '308.40381', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '14', 'Mend My Tired Planet', '200', '1541147049796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Signal Twins', 'Logged In', 'Anton', 'M', '4', 'Jensen', '327.02447', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '14', 'Stop The Bicycle', '200', '1541147357796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Slow Pioneers', 'Logged In', 'Anton', 'M', '0', 'Jensen', '477.54927', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '15', 'Wake The Cabin', '200', '1541159849796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Answer Autumn', 'Logged In', 'Anton', 'M', '1', 'Jensen', '180.94375', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '15', 'Half-Lit Weather', '200', '1541160326796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '16', null, '200', '1541163685796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Familiar Orchestra', 'Logged In', 'Anton', 'M', '0', 'Jensen', '308.40381', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '17', 'Mend My Tired Planet', '200', '1541164866796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Empty Machinists', 'Logged In', 'Anton', 'M', '0', 'Jensen', '243.55173', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '19', 'Endless Desert (Remastered)', '200', '1541166324796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '20', null, '200', '1541167897796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '0', null, null, 'free', null, 'GET', 'Home', null, '21', null, '200', '1541168809796', null, null, '2026-11-28 18:56:38.158136'),
  ('The Iron Thieves', 'Logged In', 'Anton', 'M', '0', 'Jensen', '186.47037', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '23', 'Cinema, Compass & Horizon', '200', '1541169981796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Theatre Herons', 'Logged In', 'Anton', 'M', '1', 'Jensen', '274.40939', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '23', 'The Signal In Thunder 12', '200', '1541170051796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Familiar Meadow Cartographers', 'Logged In', 'Anton', 'M', '2', 'Jensen', '272.92061', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '23', 'Count The Harbour', '200', '1541170325796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Answer Autumn', 'Logged In', 'Anton', 'M', '0', 'Jensen', '180.94375', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '24', 'Half-Lit Weather', '200', '1541173318796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Answer Autumn', 'Logged In', 'Anton', 'M', '1', 'Jensen', '251.76945', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '24', 'Teach The Kitchen (Album Version)', '200', '1541173498796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Meadow Pedestrians', 'Logged In', 'Anton', 'M', '2', 'Jensen', '178.41681', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '24', 'Armchair''s Meadow', '200', '1541173749796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged Out', null, null, '0', null, null, 'free', null, 'GET', 'Home', null, '25', null, '200', '1541176942796', null, null, '2026-11-28 18:56:38.158136'),
  ('The Invisible Orchestra', 'Logged In', 'Anton', 'M', '0', 'Jensen', '272.39557', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '26', 'Number, Fever & Glacier', '200', '1541178363796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Signal Twins', 'Logged In', 'Anton', 'M', '1', 'Jensen', '236.06451', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '26', 'The Cinema In Fever 87', '200', '1541178635796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Weekend & The Herons', 'Logged In', 'Anton', 'M', '0', 'Jensen', '175.48103', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '28', 'Measure My Endless Envelope', '200', '1541182147796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  (null, 'Logged In', 'Anton', 'M', '0', 'Jensen', null, 'free', 'Rochester, NY', 'GET', 'Home', '1540464128796', '30', null, '200', '1541184286796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Answer Autumn', 'Logged In', 'Anton', 'M', '1', 'Jensen', '251.76945', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Teach The Kitchen (Album Version)', '200', '1541184288796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Loud Weekend Tailors', 'Logged In', 'Anton', 'M', '2', 'Jensen', '193.60777', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Sing The Factory', '200', '1541184539796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Paper Parade', 'Logged In', 'Anton', 'M', '3', 'Jensen', '201.90355', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Elevator''s Cinema (Instrumental)', '200', '1541184732796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('The Faded Tigers', 'Logged In', 'Anton', 'M', '4', 'Jensen', '270.75822', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Early Mailbox', '200', '1541184933796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Careless Ladder Tourists', 'Logged In', 'Anton', 'M', '5', 'Jensen', '240.35864', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Où Années', '200', '1541185203796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136'),
  ('Echo Historians', 'Logged In', 'Anton', 'M', '6', 'Jensen', '214.9216', 'free', 'Rochester, NY', 'PUT', 'NextSong', '1540464128796', '30', 'Don''t Name The Harbour', '200', '1541185417796', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"', '2', '2026-11-28 18:56:38.158136');
insert into staging_songs ("num_songs", "artist_id", "artist_latitude", "artist_longitude", "artist_location", "artist_name", "song_id", "title", "duration", "year", "loaded_at") overriding system value values
  ('1', 'ARDAKWK118B59B6BB5', '49.89514', '-97.13837', 'Winnipeg, MB', 'The Paper Parade', 'SOOEPSX12A19981FF8', 'Elevator''s Cinema (Instrumental)', '201.90355', '2006', '2026-11-28 18:56:38.158136'),
  ('1', 'ARCDYAH118E9796982', null, null, '', 'Idle Ballroom Herons', 'SOCCIFV12A4705F27C', 'Winter Pavement (Radio Edit)', '244.65162', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARPLBJL118CDC45941', null, null, '', 'The Familiar Orchestra', 'SOGRJGX12AAD48D36E', 'Mend My Tired Planet', '308.40381', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARMDRNF11862EB6FB4', '40.41729', '-82.90712', 'Ohio', 'Answer Autumn', 'SOLLTHP12A1B62433A', 'Half-Lit Weather', '180.94375', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARMDRNF11862EB6FB4', '40.41729', '-82.90712', 'Ohio', 'Answer Autumn', 'SOXXOEZ12ADCCBC896', 'Teach The Kitchen (Album Version)', '251.76945', '1987', '2026-11-28 18:56:38.158136'),
  ('1', 'ARPLBJL118CDC45941', null, null, '', 'The Familiar Orchestra', 'SOZGYRT12AA18185A9', 'Clock, Fountain & Shoreline', '237.02039', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARDYDLT11806ED3FAA', null, null, '', 'Signal Twins', 'SOQCJPP12AEDE4E325', 'Stop The Bicycle', '327.02447', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARPLBJL118CDC45941', null, null, '', 'The Familiar Orchestra', 'SOWAVNH12ADA74B1FD', 'Write The Cinema', '159.39853', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARXHBEF11833FE7573', null, null, 'New Mexico, USA', 'The Invisible Orchestra', 'SOQBUFV12AEEFD9961', 'Number, Fever & Glacier', '272.39557', '1993', '2026-11-28 18:56:38.158136'),
  ('1', 'ARDYDLT11806ED3FAA', null, null, '', 'Signal Twins', 'SOLWJSX12AD601358B', 'The Cinema In Fever 87', '236.06451', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARXPSSF11862EAD97F', null, null, '"The Motor City"', 'Postcard Tailors', 'SOYDEEB12A381D860A', 'Measure My Endless Envelope', '214.40164', '0', '2026-11-28 18:56:38.158136'),
  ('1', 'ARZLUUQ118AB4DCFB4', null, null, '', 'Careless Ladder Tourists', 'SOKHYOH12A4B257845', 'Où Années', '240.35864', '0', '2026-11-28 18:56:38.158136');
insert into songplays ("songplay_id", "start_time", "user_id", "level", "song_id", "artist_id", "session_id", "location", "user_agent") overriding system value values
  ('124487317540563629', '2018-11-02 17:10:35.796', '2', 'free', 'SOLWJSX12AD601358B', 'ARDYDLT11806ED3FAA', '26', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('244627813020425909', '2018-11-02 12:05:26.796', '2', 'free', 'SOLLTHP12A1B62433A', 'ARMDRNF11862EB6FB4', '15', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('358370109152902853', '2018-11-02 08:24:09.796', '2', 'free', 'SOGRJGX12AAD48D36E', 'ARPLBJL118CDC45941', '14', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('419221000965597445', '2018-11-01 16:14:02.796', '2', 'free', 'SOGRJGX12AAD48D36E', 'ARPLBJL118CDC45941', '9', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('523640699295478266', '2018-11-02 08:29:17.796', '2', 'free', 'SOQCJPP12AEDE4E325', 'ARDYDLT11806ED3FAA', '14', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('571223680129447926', '2018-11-02 18:44:48.796', '2', 'free', 'SOXXOEZ12ADCCBC896', 'ARMDRNF11862EB6FB4', '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('571654918639647021', '2018-11-02 15:44:58.796', '2', 'free', 'SOXXOEZ12ADCCBC896', 'ARMDRNF11862EB6FB4', '24', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('666035025495429041', '2018-11-01 01:47:50.796', '2', 'free', 'SOOEPSX12A19981FF8', 'ARDAKWK118B59B6BB5', '2', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('700659690086124585', '2018-11-02 13:21:06.796', '2', 'free', 'SOGRJGX12AAD48D36E', 'ARPLBJL118CDC45941', '17', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('815281772086209326', '2018-11-02 17:06:03.796', '2', 'free', 'SOQBUFV12AEEFD9961', 'ARXHBEF11833FE7573', '26', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('911869844101005625', '2018-11-02 19:00:03.796', '2', 'free', 'SOKHYOH12A4B257845', 'ARZLUUQ118AB4DCFB4', '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('920528734955158633', '2018-11-01 12:11:50.796', '2', 'free', 'SOGRJGX12AAD48D36E', 'ARPLBJL118CDC45941', '7', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('1043754615625513783', '2018-11-02 18:52:12.796', '2', 'free', 'SOOEPSX12A19981FF8', 'ARDAKWK118B59B6BB5', '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('1044557640905273591', '2018-11-01 12:18:56.796', '2', 'free', 'SOLWJSX12AD601358B', 'ARDYDLT11806ED3FAA', '7', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('1124443558743968687', '2018-11-02 15:41:58.796', '2', 'free', 'SOLLTHP12A1B62433A', 'ARMDRNF11862EB6FB4', '24', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('70761514369563319', '2018-11-01 09:11:26.796', '2', 'free', null, null, '5', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('218288810405495699', '2018-11-02 05:39:44.796', '2', 'free', null, null, '13', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('365128461735790119', '2018-11-01 14:44:48.796', '2', 'free', null, null, '8', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('343906835303162152', '2018-11-02 14:47:31.796', '2', 'free', null, null, '23', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('672107606077735265', '2018-11-01 14:38:05.796', '2', 'free', null, null, '8', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('314922313940375171', '2018-11-02 18:09:07.796', '2', 'free', null, null, '28', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('556103144693271654', '2018-11-01 06:31:50.796', '2', 'free', null, null, '4', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('1052020004191364141', '2018-11-01 12:15:16.796', '2', 'free', null, null, '7', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('246913934010341711', '2018-11-02 08:22:40.796', '2', 'free', null, null, '14', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('593655604123495343', '2018-11-01 16:19:10.796', '2', 'free', null, null, '9', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('87983081099724334', '2018-11-01 09:05:28.796', '2', 'free', null, null, '5', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('836356210138687623', '2018-11-01 19:40:43.796', '2', 'free', null, null, '10', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('866131756508012323', '2018-11-02 08:20:31.796', '2', 'free', null, null, '14', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('635002190840928591', '2018-11-02 15:49:09.796', '2', 'free', null, null, '24', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('753542650207546179', '2018-11-02 05:44:45.796', '2', 'free', null, null, '13', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('613684198163886366', '2018-11-01 06:28:40.796', '2', 'free', null, null, '4', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('818985605790662124', '2018-11-02 14:52:05.796', '2', 'free', null, null, '23', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('29600440446907194', '2018-11-02 19:03:37.796', '2', 'free', null, null, '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('972130811452596137', '2018-11-02 18:55:33.796', '2', 'free', null, null, '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('170008984837239455', '2018-11-01 20:58:12.796', '2', 'free', null, null, '11', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('1127424533749459998', '2018-11-02 08:15:48.796', '2', 'free', null, null, '14', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('367061160422240823', '2018-11-01 14:42:42.796', '2', 'free', null, null, '8', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('889156005365706453', '2018-11-01 05:09:41.796', '2', 'free', null, null, '3', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('674252610168471216', '2018-11-02 14:46:21.796', '2', 'free', null, null, '23', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('930669974581866093', '2018-11-01 01:44:32.796', '2', 'free', null, null, '2', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('504430418378025379', '2018-11-02 13:45:24.796', '2', 'free', null, null, '19', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('723936885382125166', '2018-11-01 16:09:55.796', '2', 'free', null, null, '9', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('596690831324811173', '2018-11-02 11:57:29.796', '2', 'free', null, null, '15', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"'),
  ('576370398222325109', '2018-11-02 18:48:59.796', '2', 'free', null, null, '30', 'Rochester, NY', '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"');
insert into users ("user_id", "first_name", "last_name", "gender", "level") overriding system value values
  ('2', 'Anton', 'Jensen', 'M', 'free');
insert into songs ("song_id", "title", "artist_id", "year", "duration") overriding system value values
  ('SOCCIFV12A4705F27C', 'Winter Pavement (Radio Edit)', 'ARCDYAH118E9796982', null, '244.65162'),
  ('SOGRJGX12AAD48D36E', 'Mend My Tired Planet', 'ARPLBJL118CDC45941', null, '308.40381'),
  ('SOKHYOH12A4B257845', 'Où Années', 'ARZLUUQ118AB4DCFB4', null, '240.35864'),
  ('SOLLTHP12A1B62433A', 'Half-Lit Weather', 'ARMDRNF11862EB6FB4', null, '180.94375'),
  ('SOLWJSX12AD601358B', 'The Cinema In Fever 87', 'ARDYDLT11806ED3FAA', null, '236.06451'),
  ('SOOEPSX12A19981FF8', 'Elevator''s Cinema (Instrumental)', 'ARDAKWK118B59B6BB5', '2006', '201.90355'),
  ('SOQBUFV12AEEFD9961', 'Number, Fever & Glacier', 'ARXHBEF11833FE7573', '1993', '272.39557'),
  ('SOQCJPP12AEDE4E325', 'Stop The Bicycle', 'ARDYDLT11806ED3FAA', null, '327.02447'),
  ('SOWAVNH12ADA74B1FD', 'Write The Cinema', 'ARPLBJL118CDC45941', null, '159.39853'),
  ('SOXXOEZ12ADCCBC896', 'Teach The Kitchen (Album Version)', 'ARMDRNF11862EB6FB4', '1987', '251.76945'),
  ('SOYDEEB12A381D860A', 'Measure My Endless Envelope', 'ARXPSSF11862EAD97F', null, '214.40164'),
  ('SOZGYRT12AA18185A9', 'Clock, Fountain & Shoreline', 'ARPLBJL118CDC45941', null, '237.02039');
insert into artists ("artist_id", "name", "location", "latitude", "longitude") overriding system value values
  ('ARCDYAH118E9796982', 'Idle Ballroom Herons', '', null, null),
  ('ARDAKWK118B59B6BB5', 'The Paper Parade', 'Winnipeg, MB', '49.89514', '-97.13837'),
  ('ARDYDLT11806ED3FAA', 'Signal Twins', '', null, null),
  ('ARMDRNF11862EB6FB4', 'Answer Autumn', 'Ohio', '40.41729', '-82.90712'),
  ('ARPLBJL118CDC45941', 'The Familiar Orchestra', '', null, null),
  ('ARXHBEF11833FE7573', 'The Invisible Orchestra', 'New Mexico, USA', null, null),
  ('ARXPSSF11862EAD97F', 'Postcard Tailors', '"The Motor City"', null, null),
  ('ARZLUUQ118AB4DCFB4', 'Careless Ladder Tourists', '', null, null);
insert into "time" ("start_time", "hour", "day", "week", "month", "year", "weekday") overriding system value values
  ('2018-11-02 08:24:09.796', '8', '2', '44', '11', '2018', '5'),
  ('2018-11-01 05:09:41.796', '5', '1', '44', '11', '2018', '4'),
  ('2018-11-01 06:28:40.796', '6', '1', '44', '11', '2018', '4'),
  ('2018-11-02 11:57:29.796', '11', '2', '44', '11', '2018', '5'),
  ('2018-11-02 13:45:24.796', '13', '2', '44', '11', '2018', '5'),
  ('2018-11-01 06:31:50.796', '6', '1', '44', '11', '2018', '4'),
  ('2018-11-01 12:18:56.796', '12', '1', '44', '11', '2018', '4'),
  ('2018-11-01 12:11:50.796', '12', '1', '44', '11', '2018', '4'),
  ('2018-11-02 14:46:21.796', '14', '2', '44', '11', '2018', '5'),
  ('2018-11-01 16:19:10.796', '16', '1', '44', '11', '2018', '4'),
  ('2018-11-02 15:44:58.796', '15', '2', '44', '11', '2018', '5'),
  ('2018-11-01 09:11:26.796', '9', '1', '44', '11', '2018', '4'),
  ('2018-11-02 14:47:31.796', '14', '2', '44', '11', '2018', '5'),
  ('2018-11-01 01:47:50.796', '1', '1', '44', '11', '2018', '4'),
  ('2018-11-02 17:10:35.796', '17', '2', '44', '11', '2018', '5'),
  ('2018-11-01 14:42:42.796', '14', '1', '44', '11', '2018', '4'),
  ('2018-11-02 18:09:07.796', '18', '2', '44', '11', '2018', '5'),
  ('2018-11-01 20:58:12.796', '20', '1', '44', '11', '2018', '4'),
  ('2018-11-01 01:44:32.796', '1', '1', '44', '11', '2018', '4'),
  ('2018-11-01 14:38:05.796', '14', '1', '44', '11', '2018', '4'),
  ('2018-11-02 15:41:58.796', '15', '2', '44', '11', '2018', '5'),
  ('2018-11-01 19:40:43.796', '19', '1', '44', '11', '2018', '4'),
  ('2018-11-01 09:05:28.796', '9', '1', '44', '11', '2018', '4'),
  ('2018-11-02 08:20:31.796', '8', '2', '44', '11', '2018', '5'),
  ('2018-11-01 16:14:02.796', '16', '1', '44', '11', '2018', '4'),
  ('2018-11-02 15:49:09.796', '15', '2', '44', '11', '2018', '5'),
  ('2018-11-02 18:44:48.796', '18', '2', '44', '11', '2018', '5'),
  ('2018-11-02 19:00:03.796', '19', '2', '44', '11', '2018', '5'),
  ('2018-11-02 05:44:45.796', '5', '2', '44', '11', '2018', '5'),
  ('2018-11-02 08:29:17.796', '8', '2', '44', '11', '2018', '5'),
  ('2018-11-01 14:44:48.796', '14', '1', '44', '11', '2018', '4'),
  ('2018-11-02 05:39:44.796', '5', '2', '44', '11', '2018', '5'),
  ('2018-11-02 08:22:40.796', '8', '2', '44', '11', '2018', '5'),
  ('2018-11-02 19:03:37.796', '19', '2', '44', '11', '2018', '5'),
  ('2018-11-02 13:21:06.796', '13', '2', '44', '11', '2018', '5'),
  ('2018-11-01 16:09:55.796', '16', '1', '44', '11', '2018', '4'),
  ('2018-11-02 14:52:05.796', '14', '2', '44', '11', '2018', '5'),
  ('2018-11-02 12:05:26.796', '12', '2', '44', '11', '2018', '5'),
  ('2018-11-02 08:15:48.796', '8', '2', '44', '11', '2018', '5'),
  ('2018-11-02 18:55:33.796', '18', '2', '44', '11', '2018', '5'),
  ('2018-11-02 18:48:59.796', '18', '2', '44', '11', '2018', '5'),
  ('2018-11-02 18:52:12.796', '18', '2', '44', '11', '2018', '5'),
  ('2018-11-01 12:15:16.796', '12', '1', '44', '11', '2018', '4'),
  ('2018-11-02 17:06:03.796', '17', '2', '44', '11', '2018', '5');
insert into loads ("loaded_at", "finished_at", "state", "files", "bytes", "staged", "changed", "audits", "user_name", "host_name") overriding system value values
  ('2026-11-28 18:56:38.158136', '2026-11-28 18:56:38', 'loaded', '14', '30260', '72', '{"users":1,"songs":12,"artists":8,"songplays":44,"time":44}', '21', 'somebody', 'a laptop');
insert into load_files ("url", "etag", "size", "table_name", "loaded_at", "state", "reason") overriding system value values
  ('s3://tiny/log_data/2018/11/2018-11-01-events.json', '11728-1795892183950.0493', '11728', 'staging_events', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/log_data/2018/11/2018-11-02-events.json', '15261-1795892183958.0493', '15261', 'staging_events', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAABY128CDB5C764.json', '296-1795892183930.0493', '296', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAACW12804A6A2FE.json', '272-1795892183930.0493', '272', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAHJ1289A14BA40.json', '266-1795892183930.0493', '266', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAHN128572B7AB4.json', '266-1795892183930.0493', '266', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAIF1287E8415F2.json', '286-1795892183930.0493', '286', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAIT128D8C25FE8.json', '273-1795892183930.0493', '273', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAALY12840DBA085.json', '252-1795892183930.0493', '252', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAANT12802EC0443.json', '262-1795892183930.0493', '262', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAATC12801163108.json', '288-1795892183930.0493', '288', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAATG1282F86737D.json', '258-1795892183930.0493', '258', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAXK128062834E6.json', '285-1795892183930.0493', '285', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null),
  ('s3://tiny/song_data/A/A/A/TRAAAXY1289FD00826.json', '267-1795892183930.0493', '267', 'staging_songs', '2026-11-28 18:56:38.158136', 'loaded', null);
insert into redshift_catalog.load_history ("query", "session_id", "database", "table_id", "table_name", "status", "start_time", "end_time", "data_source", "file_format", "loaded_rows", "loaded_bytes", "files_scanned") overriding system value values
  ('1', '30413', 'dev', '16695', 'staging_events', 'completed', '2026-11-28 18:56:38.214', '2026-11-28 18:56:38.236', 's3://sparkify-work/loads/20261128185638158136-staging_events.manifest', 'JSON', '60', '26989', '0'),
  ('2', '30413', 'dev', '16717', 'staging_songs', 'completed', '2026-11-28 18:56:38.413', '2026-11-28 18:56:38.426', 's3://sparkify-work/loads/20261128185638158136-staging_songs.manifest', 'JSON', '12', '3271', '0');
insert into redshift_catalog.load_files ("query", "name", "bytes", "lines") overriding system value values
  ('1', 's3://tiny/log_data/2018/11/2018-11-01-events.json', '11728', '26'),
  ('1', 's3://tiny/log_data/2018/11/2018-11-02-events.json', '15261', '34'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAABY128CDB5C764.json', '296', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAACW12804A6A2FE.json', '272', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAHJ1289A14BA40.json', '266', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAHN128572B7AB4.json', '266', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAIF1287E8415F2.json', '286', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAIT128D8C25FE8.json', '273', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAALY12840DBA085.json', '252', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAANT12802EC0443.json', '262', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAATC12801163108.json', '288', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAATG1282F86737D.json', '258', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAXK128062834E6.json', '285', '1'),
  ('2', 's3://tiny/song_data/A/A/A/TRAAAXY1289FD00826.json', '267', '1');
select setval('redshift_catalog.query_id', 2);
select setval('public.knex_migrations_lock_index_seq', 1);
select setval('public.knex_migrations_id_seq', 10);
