-- What Redshift tells of users, groups, roles, and of what was granted to them.

-- On Redshift awsuser is a superuser: what asks for that gets Redshift's answer, not the engine's.
create view pg_catalog.pg_user as
select s.usename, s.usesysid::integer as usesysid,
  coalesce((a.given->>'createdb')::boolean, s.usecreatedb or s.usename = 'awsuser') as usecreatedb,
  coalesce((a.given->>'superuser')::boolean, s.usesuper or s.usename = 'awsuser') as usesuper,
  s.userepl, s.usebypassrls, '********'::text as passwd, s.valuntil, s.useconfig
from pg_catalog.pg_shadow as s, lateral (select redshift_catalog.attributes(s.usesysid) as given) as a;

create or replace view pg_catalog.pg_user_info as
select u.usename, u.usesysid, u.usecreatedb, u.usesuper, false as usecatupd, u.passwd, u.valuntil, u.useconfig,
  (case r.rolconnlimit when -1 then 'UNLIMITED' else r.rolconnlimit::text end)::text as useconnlimit,
  redshift_catalog.attributes(r.oid)->>'externalId' as externalid,
  coalesce((redshift_catalog.attributes(r.oid)->>'sessionTimeout')::integer, 0) as sessiontimeout
from pg_catalog.pg_user as u join pg_roles as r on r.oid = u.usesysid;

create or replace view pg_catalog.svv_user_info as
select usename::text as user_name, usesysid::integer as user_id, usecreatedb as createdb, usesuper as superuser,
  usecatupd as catalog_update, useconnlimit as connection_limit,
  upper(coalesce(redshift_catalog.attributes(usesysid)->>'syslogAccess',
    case when usesuper then 'unrestricted' else 'restricted' end)) as syslog_access,
  null::timestamp as last_ddl_timestamp, sessiontimeout as session_timeout, externalid as external_user_id
from pg_catalog.pg_user_info;

create view redshift_catalog.pg_group as
select substr(r.rolname::text, 7)::name as groname, r.oid::integer as grosysid,
  array(select m.member::integer from pg_auth_members as m where m.roleid = r.oid and pg_get_userbyid(m.member) <> 'awsuser') as grolist
from pg_roles as r
where r.rolname ~ '^group ';

-- awsuser is a member of all, and the comments of roles hold what the engine has no place for: neither is Redshift's.
create or replace view redshift_catalog.pg_auth_members as
select * from pg_catalog.pg_auth_members where pg_get_userbyid(member) <> 'awsuser';

create or replace function redshift_catalog.shobj_description(id oid, catalog name) returns text
language sql stable as $$
  select case when catalog <> 'pg_authid' then pg_catalog.shobj_description(id, catalog) end
$$;

create or replace view pg_catalog.svv_roles as
select oid::integer as role_id, name as role_name, coalesce(attributes->>'owner', 'rdsdb') as role_owner,
  attributes->>'externalId' as external_id
from redshift_catalog.principal
where kind = 'role';

create or replace view pg_catalog.svv_role_grants as
select r.oid::integer as role_id, r.name as role_name, g.oid::integer as granted_role_id, g.name as granted_role_name
from pg_auth_members as m
  join redshift_catalog.principal as r on r.oid = m.member and r.kind = 'role'
  join redshift_catalog.principal as g on g.oid = m.roleid and g.kind = 'role';

create or replace view pg_catalog.svv_user_grants as
select u.oid::integer as user_id, u.name as user_name, g.oid::integer as role_id, g.name as role_name,
  m.admin_option
from pg_auth_members as m
  join redshift_catalog.principal as u on u.oid = m.member and u.kind = 'user'
  join redshift_catalog.principal as g on g.oid = m.roleid and g.kind = 'role'
-- those by which a superuser acts for all roles were granted by nobody
where not (u.name = 'awsuser' and m.grantor = 10);

create or replace view pg_catalog.svv_system_privileges as
select upper(permission) as system_privilege, oid::integer as identity_id, name as identity_name, kind as identity_type
from redshift_catalog.principal, jsonb_array_elements_text(attributes->'permissions') as permission
where kind = 'role';

-- one row per privilege in a list of them
create or replace function redshift_catalog.privileges(list aclitem[], kind "char", owner oid)
returns table (
  privilege_type text, identity_id integer, identity_name text, identity_type text, admin_option boolean,
  grantor_name text
)
language sql stable as $$
  select a.privilege_type, a.grantee::integer, coalesce(p.name, 'public'), coalesce(p.kind, 'public'), a.is_grantable,
    pg_get_userbyid(a.grantor)::text
  from aclexplode(coalesce(list, acldefault(kind, owner))) as a
    left join redshift_catalog.principal as p on p.oid = a.grantee
  where (a.grantee = 0 or p.oid is not null) and a.privilege_type not in ('MAINTAIN', 'CONNECT', 'TRIGGER')
$$;

-- What was granted on tables, their columns, schemas and the database: SHOW GRANTS reads it as it is.
create or replace view redshift_catalog.shown_grant as
select 'TABLE' as kind, c.oid as object_id, current_database()::text as database_name, n.nspname::text as schema_name,
  c.relname::text as object_name, null::text as column_name, case c.relkind when 'v' then 'VIEW' else 'TABLE' end as object_type, p.*
from pg_class as c join pg_namespace as n on n.oid = c.relnamespace,
  lateral redshift_catalog.privileges(c.relacl, 'r', c.relowner) as p
where c.relkind in ('r', 'v') and n.nspname !~ '^(pg_|information_schema$|redshift_catalog$)'
union all
select 'COLUMN', c.oid, current_database(), n.nspname, c.relname, a.attname, 'COLUMN', p.*
from pg_attribute as a join pg_class as c on c.oid = a.attrelid join pg_namespace as n on n.oid = c.relnamespace,
  lateral redshift_catalog.privileges(a.attacl, 'c', c.relowner) as p
where a.attacl is not null and not a.attisdropped
union all
select 'SCHEMA', n.oid, current_database(), n.nspname, n.nspname, null, 'SCHEMA', p.*
from pg_namespace as n, lateral redshift_catalog.privileges(n.nspacl, 'n', n.nspowner) as p
where n.nspname !~ '^(pg_|redshift_catalog$)'
union all
select 'DATABASE', d.oid, d.datname, null, d.datname, null, 'DATABASE', p.*
from pg_database as d, lateral redshift_catalog.privileges(d.datacl, 'd', d.datdba) as p
where d.datname = current_database();

create or replace view pg_catalog.svv_relation_privileges as
select schema_name as namespace_name, object_name as relation_name, privilege_type, identity_id, identity_name,
  identity_type, admin_option
from redshift_catalog.shown_grant
where kind = 'TABLE';

create or replace view pg_catalog.svv_column_privileges as
select schema_name as namespace_name, object_name as relation_name, column_name, privilege_type, identity_id,
  identity_name, identity_type
from redshift_catalog.shown_grant
where kind = 'COLUMN';

create or replace view pg_catalog.svv_schema_privileges as
select object_name as namespace_name, privilege_type, identity_id, identity_name, identity_type, admin_option
from redshift_catalog.shown_grant
where kind = 'SCHEMA';

create or replace view pg_catalog.svv_database_privileges as
select object_name as database_name, privilege_type, identity_id, identity_name, identity_type, admin_option
from redshift_catalog.shown_grant
where kind = 'DATABASE';

create or replace view pg_catalog.svv_default_privileges as
select n.nspname::text as schema_name,
  case d.defaclobjtype when 'r' then 'RELATION' when 'f' then 'FUNCTION' else d.defaclobjtype::text end as object_type,
  d.defaclrole::integer as owner_id, o.name as owner_name, o.kind as owner_type, p.privilege_type,
  p.identity_id as grantee_id, p.identity_name as grantee_name, p.identity_type as grantee_type, p.admin_option
from pg_default_acl as d
  join redshift_catalog.principal as o on o.oid = d.defaclrole
  left join pg_namespace as n on n.oid = d.defaclnamespace,
  lateral redshift_catalog.privileges(d.defaclacl, d.defaclobjtype, d.defaclrole) as p
where p.identity_id <> d.defaclrole;

create or replace view redshift_catalog.pg_default_acl as
select defaclrole::integer as defacluser, defaclrole, defaclnamespace, defaclobjtype, defaclacl
from pg_catalog.pg_default_acl;

-- docs r_USER_IS_MEMBER_OF, r_ROLE_IS_MEMBER_OF: by way of other roles as well
create or replace function pg_catalog.role_is_member_of(role text, granted text) returns boolean
language sql stable as $$
  select coalesce(pg_has_role(
    redshift_catalog.principal_id('role', role), redshift_catalog.principal_id('role', granted), 'member'), false)
$$;

create or replace function pg_catalog.user_is_member_of(usename text, granted text) returns boolean
language sql stable as $$
  select coalesce(bool_or(pg_has_role(
    redshift_catalog.principal_id('user', usename), redshift_catalog.principal_id(kind, granted), 'member')), false)
  from unnest(array['role', 'group']) as kind
$$;
