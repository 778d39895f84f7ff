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
