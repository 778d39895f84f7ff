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
