-- Views WITH NO SCHEMA BINDING: an empty view of the engine for each, and its query, which the dialect puts in
-- the place of its name.

create or replace view redshift_catalog.late_binding_view as
select n.nspname::text as schema, c.relname::text as name, pg_catalog.pg_table_is_visible(c.oid) as visible, b.query,
  to_json(b.columns)::text as columns, c.oid as view_id
from redshift_catalog.late_binding as b
  join pg_catalog.pg_class as c on c.oid = b.view_id
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace;

create or replace function redshift_catalog.drop_late_binding_view(name text) returns void
language plpgsql as $$
begin
  if exists (select from redshift_catalog.late_binding where view_id = to_regclass(name)) then
    execute format('drop view %s', name);
  end if;
end
$$;

create or replace function redshift_catalog.create_late_binding_view(
  name text, query text, columns text[], replaces boolean
) returns void
language plpgsql as $$
begin
  if replaces and to_regclass(name) is not null then
    if exists (select from redshift_catalog.late_binding where view_id = to_regclass(name)) then
      update redshift_catalog.late_binding as b
      set query = create_late_binding_view.query, columns = create_late_binding_view.columns
      where b.view_id = to_regclass(name);
      return;
    end if;
    execute format('drop view %s', name);
  end if;
  execute format('create view %s as select', name);
  insert into redshift_catalog.late_binding values (to_regclass(name), query, columns);
end
$$;

-- docs PG_GET_LATE_BINDING_VIEW_COLS: the columns that there are now; none of a view whose tables are not there
create or replace function redshift_catalog.late_binding_view_cols(views jsonb) returns setof record
language plpgsql as $$
declare
  item record;
  col record;
begin
  for item in select * from jsonb_to_recordset(views) as v (schema name, name name, query text) loop
    begin
      execute format('create temp view redshift_columns as select * from %s as q', item.query);
      for col in
        select attname, format_type(atttypid, atttypmod)::varchar as type, attnum::integer as place
        from pg_catalog.pg_attribute
        where attrelid = 'pg_temp.redshift_columns'::regclass and attnum > 0 order by attnum
      loop
        return next row(item.schema, item.name, col.attname, col.type, col.place);
      end loop;
      drop view pg_temp.redshift_columns;
    exception when undefined_table or undefined_column or invalid_schema_name or undefined_function or
      insufficient_privilege then
      null;
    end;
  end loop;
end
$$;
