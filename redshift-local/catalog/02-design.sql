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

-- A text without a length is as long as a VARCHAR can be. Both types are stored alike, so the rows stay as
-- they are; ALTER TABLE would write them anew. Only the engine's superuser may do that, for the owner.
create or replace function redshift_catalog.lengthen_texts(relation oid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update pg_catalog.pg_attribute set atttypid = 'varchar'::regtype, atttypmod = 65535 + 4
  where attrelid = relation and attnum > 0 and not attisdropped
    and (atttypid = 'text'::regtype or (atttypid = 'varchar'::regtype and atttypmod < 0))
    and exists (
      select from pg_catalog.pg_class as c join pg_catalog.pg_roles as r on r.oid = c.relowner
      where c.oid = relation and c.relkind = 'r' and r.rolname = session_user);
end
$$;

-- A query's columns get Redshift's types.
create or replace function redshift_catalog.finish_types(relation oid) returns void
language plpgsql as $$
declare
  item record;
begin
  perform redshift_catalog.lengthen_texts(relation);
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
language sql set search_path = pg_catalog, pg_temp as $$
  delete from redshift_catalog.table_design where table_id = relation;
  delete from redshift_catalog.column_design where table_id = relation;
  delete from redshift_catalog.declared_constraint where table_id = relation;
$$;

-- Also what the superuser drops comes by here.
create or replace function redshift_catalog.forget_dropped() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  item record;
begin
  for item in
    select objid, objsubid from pg_event_trigger_dropped_objects()
    where classid = 'pg_class'::regclass and object_type in ('table', 'table column', 'view')
  loop
    delete from redshift_catalog.late_binding where view_id = item.objid;
    if item.objsubid = 0 then perform redshift_catalog.forget_table(item.objid);
    else delete from redshift_catalog.column_design where table_id = item.objid and attnum = item.objsubid;
    end if;
  end loop;
end
$$;

create event trigger redshift_forget_dropped on sql_drop execute function redshift_catalog.forget_dropped();
