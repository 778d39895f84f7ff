-- Users, groups and roles of Redshift. Each is a role of the engine, that has no right but what is granted; a
-- group's and a role's name has a word in front, as users, groups and roles may share one. What the engine has no
-- place for is kept as JSON in the role's comment.

-- Redshift lets everybody work in schema public; said once, so that what is revoked stays revoked.
do $$
begin
  if to_regprocedure('redshift_catalog.caller()') is null then
    grant create on schema public to public;
    execute format('grant connect, temporary on database %I to public', current_database());
  end if;
end
$$;

-- As messages name it; the dialect takes the words in front away.
create or replace function redshift_catalog.named(kind text, name text) returns text
language sql immutable as $$
  select format('%s "%s"', kind, case kind when 'role' then 'role ' || name else name end)
$$;

-- Who speaks: SET SESSION AUTHORIZATION is a SET ROLE here, also seen from functions with rights of their own.
create or replace function redshift_catalog.caller() returns name
language sql stable as $$
  select coalesce(nullif(current_setting('role'), 'none'), session_user::text)::name
$$;

create or replace function redshift_catalog.attributes(role oid) returns jsonb
language sql stable as $$
  select coalesce(shobj_description(role, 'pg_authid'), '{}')::jsonb
$$;

create or replace view redshift_catalog.principal as
select oid, rolname, redshift_catalog.attributes(oid) as attributes,
  case when rolcanlogin then 'user' else split_part(rolname, ' ', 1) end as kind,
  case when rolcanlogin then rolname::text else substr(rolname, strpos(rolname, ' ') + 1) end as name
from pg_roles
where not rolsuper and (rolcanlogin or rolname ~ '^(group|role) ');

create or replace function redshift_catalog.engine_role(kind text, name text) returns text
language sql immutable as $$
  select case kind when 'user' then name else kind || ' ' || name end
$$;

-- NULL where there is none
create or replace function redshift_catalog.principal_id(kind text, name text) returns oid
language sql stable as $$
  select to_regrole(quote_ident(redshift_catalog.engine_role(kind, name)))::oid
$$;

-- A permission of Redshift's roles, which a role may have by way of another.
create or replace function redshift_catalog.is_permitted(permission text) returns boolean
language sql stable as $$
  select redshift_catalog.caller() in ('awsuser', 'rdsdb')
    or exists (
      select from redshift_catalog.principal
      where kind = 'role' and (attributes->'permissions' ? permission or name = 'sys:superuser')
        and pg_has_role(redshift_catalog.caller(), oid, 'usage'))
$$;

create or replace function redshift_catalog.must_be_permitted(permission text) returns void
language plpgsql stable as $$
begin
  if not redshift_catalog.is_permitted(permission) then
    raise exception using errcode = '42501', message = format('must be superuser to %ss', permission);
  end if;
end
$$;

create or replace function redshift_catalog.must_exist(kind text, name text) returns void
language plpgsql stable as $$
begin
  if not exists (select from redshift_catalog.principal as p where p.kind = must_exist.kind and p.name = must_exist.name)
  then
    raise exception using errcode = '42704', message = redshift_catalog.named(kind, name) || ' does not exist';
  end if;
end
$$;

-- What may be said of a user, group or role; for those who may say so. The MD5 of a password is what Redshift
-- keeps, and takes in its place; of a SHA-256 a server that asks by MD5 can make nothing.
create or replace function redshift_catalog.apply_options(kind text, name text, options jsonb) returns void
language plpgsql set md5_password_warnings = off as $$
declare
  role text := redshift_catalog.engine_role(kind, name);
  password text := options->>'password';
  kept jsonb;
  item text;
begin
  if options ? 'password' then
    execute format('alter role %I password %L', role,
      case when password ~ '^md5[0-9a-f]{32}$' then password when password !~ '^sha256\|' then 'md5' || md5(password || name) end);
  end if;
  if options ? 'validUntil' then execute format('alter role %I valid until %L', role, options->>'validUntil'); end if;
  if options ? 'connectionLimit' then
    execute format('alter role %I connection limit %s', role, (options->>'connectionLimit')::integer);
  end if;
  for item in select jsonb_array_elements_text(coalesce(options->'groups', '[]')) loop
    perform redshift_catalog.must_exist('group', item);
    execute format('grant %I to %I', 'group ' || item, role);
  end loop;
  kept := jsonb_strip_nulls(
    redshift_catalog.attributes(redshift_catalog.principal_id(kind, name))
      || (options - '{password,validUntil,connectionLimit,groups}'::text[]));
  execute format('comment on role %I is %L', role, kept);
end
$$;

create or replace function redshift_catalog.create_principal(kind text, name text, options jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  role text := redshift_catalog.engine_role(kind, name);
begin
  perform redshift_catalog.must_be_permitted('create ' || kind);
  if redshift_catalog.principal_id(kind, name) is not null then
    raise exception using errcode = '42710', message = redshift_catalog.named(kind, name) || ' already exists';
  end if;
  if role ~ '^pg_' or kind = 'role' and name ~ '^sys:' or name = 'public' then
    raise exception using errcode = '42939', message = format('%s name "%s" is reserved', kind, name);
  end if;
  execute format('create role %I %s', role, case kind when 'user' then 'login' else 'nologin' end);
  -- superusers may do what the others may, and act in their name
  execute format('grant %I to awsuser with admin option', role);
  perform redshift_catalog.apply_options(
    kind, name, options || case kind when 'role' then jsonb_build_object('owner', redshift_catalog.caller()) else '{}' end);
end
$$;

create or replace function redshift_catalog.alter_principal(kind text, name text, options jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform redshift_catalog.must_exist(kind, name);
  -- everybody may choose a password for himself
  if kind <> 'user' or redshift_catalog.caller() <> name or options - 'password' <> '{}' then
    perform redshift_catalog.must_be_permitted('alter ' || kind);
  end if;
  perform redshift_catalog.apply_options(kind, name, options);
end
$$;

create or replace function redshift_catalog.rename_principal(kind text, name text, new_name text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform redshift_catalog.must_be_permitted('alter ' || kind);
  perform redshift_catalog.must_exist(kind, name);
  if redshift_catalog.principal_id(kind, new_name) is not null then
    raise exception using errcode = '42710', message = redshift_catalog.named(kind, new_name) || ' already exists';
  end if;
  if name in ('awsuser', 'rdsdb') or new_name ~ '^pg_' then
    raise exception using errcode = '42501', message = redshift_catalog.named(kind, name) || ' cannot be renamed';
  end if;
  execute format('alter role %I rename to %I',
    redshift_catalog.engine_role(kind, name), redshift_catalog.engine_role(kind, new_name));
end
$$;

create or replace function redshift_catalog.drop_principal(
  kind text, name text, if_exists boolean default false, force boolean default false
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  role text := redshift_catalog.engine_role(kind, name);
  id oid := redshift_catalog.principal_id(kind, name);
  reason text;
begin
  perform redshift_catalog.must_be_permitted('drop ' || kind);
  if if_exists and id is null then
    raise notice using message = format('%s "%s" does not exist and will be skipped', initcap(kind), name);
    return;
  end if;
  perform redshift_catalog.must_exist(kind, name);
  if name in ('awsuser', 'rdsdb') or kind = 'role' and name ~ '^sys:' then
    raise exception using errcode = '42501', message = redshift_catalog.named(kind, name) || ' cannot be dropped';
  end if;
  if kind = 'user' and redshift_catalog.caller() = name then
    raise exception using errcode = '55006', message = 'current user cannot be dropped';
  end if;
  -- docs r_DROP_ROLE: neither one that was granted nor one that was granted another
  if kind = 'role' and not force and exists (
    select from pg_auth_members
    where roleid = id and member <> 'awsuser'::regrole or member = id)
  then
    raise exception using errcode = '2BP01',
      message = 'cannot drop this role since it ' || case when exists (
        select from pg_auth_members join pg_roles as r on r.oid = member
        where roleid = id and r.rolcanlogin and r.rolname <> 'awsuser'
      ) then 'has been granted on a user' else 'depends on another role' end,
      hint = 'Revoke it from the others, and them from it, or use DROP ROLE … FORCE.';
  end if;
  if kind = 'role' and force then execute format('drop owned by %I', role); end if;
  execute format('drop role %I', role);
exception when dependent_objects_still_exist then
  get stacked diagnostics reason = pg_exception_detail;
  if reason = '' then raise; end if;
  raise exception using errcode = '2BP01', message = format('%s cannot be dropped because %s', redshift_catalog.named(kind, name),
    case when reason ~ 'owner of' then 'some objects depend on it'
      else format('the %s has a privilege on some object', kind) end),
    detail = reason;
end
$$;

create or replace function redshift_catalog.set_group(name text, users text[], adds boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  item text;
begin
  perform redshift_catalog.must_be_permitted('alter group');
  perform redshift_catalog.must_exist('group', name);
  foreach item in array users loop
    perform redshift_catalog.must_exist('user', item);
    if adds then execute format('grant %I to %I', 'group ' || name, item);
    else execute format('revoke %I from %I', 'group ' || name, item); end if;
  end loop;
end
$$;

-- As whom a session goes on that takes a user's name: a superuser's is awsuser's, who may do what a superuser may.
create or replace function redshift_catalog.session_role(name text) returns text
language plpgsql stable as $$
begin
  perform redshift_catalog.must_exist('user', name);
  return case
    when name = 'awsuser' or coalesce((
      select (attributes->>'superuser')::boolean from redshift_catalog.principal as p
      where p.kind = 'user' and p.name = session_role.name), false) then 'none'
    else name end;
end
$$;

-- Whom GRANT of a role without a word in front means: a user, else a role.
create or replace function redshift_catalog.grant_role(
  roles text[], grantees text[], adds boolean, head text, tail text
) returns void
language plpgsql as $$
declare
  known text[] := (
    select array_agg(quote_ident(coalesce(
      (select rolname from pg_roles where rolname = item and rolcanlogin),
      (select rolname from pg_roles where rolname = 'role ' || item), item)) order by place)
    from unnest(grantees) with ordinality as given (item, place));
begin
  execute format('%s %s %s %s %s %s', case when adds then 'grant' else 'revoke' end, head,
    (select string_agg(quote_ident(item), ', ') from unnest(roles) as item),
    case when adds then 'to' else 'from' end, array_to_string(known, ', '), tail);
end
$$;

-- Parameters of a user that the engine has as well.
create or replace function redshift_catalog.set_for_user(name text, parameter text, value text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if redshift_catalog.caller() <> name then perform redshift_catalog.must_be_permitted('alter user'); end if;
  perform redshift_catalog.must_exist('user', name);
  if parameter not in ('search_path', 'statement_timeout', 'timezone', 'datestyle', 'extra_float_digits')
    and parameter !~ '^redshift\.' or name = 'rdsdb' then
    raise exception using errcode = '42704', message = format('unrecognized configuration parameter "%s"', parameter);
  end if;
  if value is null then execute format('alter role %I reset %s', name, parameter);
  elsif parameter = 'search_path' then execute format('alter role %I set search_path to %s', name,
    (select string_agg(quote_ident(trim(both ' "' from item)), ', ') from unnest(string_to_array(value, ',')) as item));
  else execute format('alter role %I set %s to %L', name, parameter, value); end if;
end
$$;

create or replace function redshift_catalog.set_permissions(role text, permissions text[], adds boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  engine_role text := redshift_catalog.engine_role('role', role);
  kept jsonb;
begin
  perform redshift_catalog.must_be_permitted('alter role');
  perform redshift_catalog.must_exist('role', role);
  kept := redshift_catalog.attributes(redshift_catalog.principal_id('role', role));
  execute format('comment on role %I is %L', engine_role, kept || jsonb_build_object('permissions', (
    select coalesce(jsonb_agg(distinct item), '[]') from (
      select jsonb_array_elements_text(coalesce(kept->'permissions', '[]')) as item
      union select unnest(permissions) where adds
      except select unnest(permissions) where not adds) as kept_permissions)));
  if 'create schema' = any (permissions) then
    execute format(case when adds then 'grant create on database %I to %I' else 'revoke create on database %I from %I' end,
      current_database(), engine_role);
  end if;
end
$$;

-- The roles that Redshift defines (page r_roles-default), with the permissions by which they are told apart here.
do $$
declare
  item record;
begin
  for item in
    select * from (values
      ('sys:operator', '["analyze", "cancel", "explain", "vacuum", "access catalog"]'),
      ('sys:dba', '["create schema", "drop schema", "alter default privileges", "create table", "drop table",
        "alter table", "truncate table", "analyze", "vacuum", "access catalog"]'),
      ('sys:monitor', '["access catalog", "access system table"]'),
      ('sys:secadmin', '["create user", "drop user", "alter user", "create role", "drop role", "alter role",
        "create group", "drop group", "alter group", "explain rls", "access catalog"]'),
      ('sys:superuser', '[]')) as given (name, permissions)
  loop
    if redshift_catalog.principal_id('role', item.name) is null then
      execute format('create role %I nologin', 'role ' || item.name);
    end if;
    execute format('comment on role %I is %L', 'role ' || item.name,
      jsonb_build_object('permissions', item.permissions::jsonb));
    execute format('grant %I to awsuser with admin option', 'role ' || item.name);
  end loop;
  execute format('grant create on database %I to "role sys:dba"', current_database());
end
$$;
