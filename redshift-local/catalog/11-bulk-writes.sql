-- What Redshift does for a table that got many rows, and the engine not by itself: it knows the least and the
-- most of each block of 1 MB (AWS documentation, c_challenges_achieving_high_performance_queries), and keeps
-- statistics of what is in it. The least and the most are kept by a BRIN index, for columns that grow with time or
-- that the table is sorted by. It is made behind the first rows: one that is there before them costs four times as
-- much.

create or replace function redshift_catalog.zone_mapped(relation oid) returns text
language sql stable as $$
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
  from pg_attribute as a
    left join redshift_catalog.column_design as d on d.table_id = a.attrelid and d.attnum = a.attnum
  where a.attrelid = relation and a.attnum > 0 and not a.attisdropped
    and (a.atttypid in ('int8'::regtype, 'date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
      or d.sortkey <> 0 and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'varchar'::regtype))
$$;

-- Whoever holds a lock that is in the way keeps it: the next bulk write does what this one could not.
create or replace function redshift_catalog.after_bulk_write(relation oid, rows bigint) returns void
language plpgsql set lock_timeout = '50ms' as $$
declare
  name text := relation::regclass;
  zone_map text := 'zone_map_' || relation;
  columns text := redshift_catalog.zone_mapped(relation);
  found oid := (select i.indexrelid from pg_index as i join pg_class as c on c.oid = i.indexrelid
    where i.indrelid = relation and c.relname = zone_map);
  known real := (select reltuples from pg_class where oid = relation);
begin
  if found is not null then
    perform brin_summarize_new_values(found);
  elsif columns is not null and (select relpersistence from pg_class where oid = relation) = 'p' then
    execute format('create index %I on %s using brin (%s)', zone_map, name, columns);
  end if;
  if known < rows * 5 then
    execute format('analyze (skip_locked) %s', name);
  end if;
exception when lock_not_available or insufficient_privilege then
  null;
end
$$;

-- An empty table has no blocks. Its next rows come before the map then, and not after it.
create or replace function redshift_catalog.after_truncate(relation oid) returns void
language plpgsql as $$
declare
  zone_map regclass := (select i.indexrelid from pg_index as i join pg_class as c on c.oid = i.indexrelid
    where i.indrelid = relation and c.relname = 'zone_map_' || relation);
begin
  if zone_map is not null then
    execute format('drop index %s', zone_map);
  end if;
exception when insufficient_privilege then
  null;
end
$$;
