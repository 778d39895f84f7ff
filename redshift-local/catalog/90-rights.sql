-- What the role of the clients may do with what is here, and what it owns.

do $$
declare
  item record;
begin
  for item in
    select oid::regclass as name from pg_class
    where relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) and relkind = 'v'
      and oid >= 16384
  loop
    execute format('grant select on %s to public', item.name);
  end loop;
end
$$;

-- The history of loads is written by the server alone. The design of tables is noted in their owner's
-- session, by functions that have no right of their own.
grant usage on schema redshift_catalog to public;
grant select on all tables in schema redshift_catalog to public;
grant usage on sequence redshift_catalog.declared_ordinal to public;
grant insert, update, delete on
  redshift_catalog.table_design, redshift_catalog.column_design, redshift_catalog.declared_constraint,
  redshift_catalog.late_binding to public;

-- A superuser of Redshift keeps all rights, whatever is revoked from it; the role of the clients is an owner,
-- who can take them back.
create or replace function redshift_catalog.keep_rights() returns void
language plpgsql as $$
declare
  item record;
begin
  if current_user <> 'awsuser' then return; end if;
  for item in
    select oid::regclass as name from pg_class
    where relowner = current_user::regrole and relkind in ('r', 'v') and relacl is not null
      and exists (
        select from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references']) as kind
        where not has_table_privilege(oid, kind))
  loop
    execute format('grant all on %s to current_user', item.name);
  end loop;
  for item in
    select oid::regnamespace as name from pg_namespace
    where nspowner = current_user::regrole
      and not (has_schema_privilege(oid, 'usage') and has_schema_privilege(oid, 'create'))
  loop
    execute format('grant all on schema %s to current_user', item.name);
  end loop;
end
$$;

-- The database is not the clients', but the word on it is.
create or replace function redshift_catalog.comment_on_database(name text, comment text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if name <> current_database() then
    raise exception using errcode = '0A000', message = 'database comments may only be applied to the current database';
  end if;
  execute format('comment on database %I is %L', name, comment);
end
$$;

-- Whoever may call these reaches files of the engine, or locks that the server takes. Redshift has none.
do $$
declare
  item record;
begin
  for item in
    select oid::regprocedure as name from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace
      and proname ~ '^pg_(try_)?advisory_|^pg_logical_emit_message$|^pg_export_snapshot$'
  loop
    execute format('revoke execute on function %s from public', item.name);
  end loop;
end
$$;

-- Tables of former versions belong to the superuser, who was the clients' role as well.
do $$
declare
  item record;
begin
  for item in
    select oid::regnamespace as name from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'redshift_catalog')
      and nspowner <> 'awsuser'::regrole
  loop
    execute format('alter schema %s owner to awsuser', item.name);
  end loop;
  for item in
    select c.oid::regclass as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v') and n.nspowner = 'awsuser'::regrole and c.relowner <> 'awsuser'::regrole
  loop
    execute format('alter table %s owner to awsuser', item.name);
  end loop;
end
$$;
