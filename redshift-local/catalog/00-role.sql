-- The role that clients' sessions sign in as, those of users that were made aside. The engine lets it work in this database and
-- do nothing beyond: no file, no program, no setting of the server, no other role.
do $$
declare
  other name;
begin
  -- As it stands, which is how Redshift shows it; a SET would put quotes around $user.
  perform set_config('search_path', '$user, public', true);
  execute format('alter database %I set search_path from current', current_database());
  perform set_config('search_path', 'pg_catalog, pg_temp', true);
  if not exists (select from pg_roles where rolname = 'awsuser') then
    create role awsuser login;
  end if;
  execute format(
    'grant connect, create, temporary on database %I to awsuser with grant option', current_database());
  -- `postgres` is one of former versions.
  for other in
    select datname from pg_database
    where datname in ('postgres', 'template1') and has_database_privilege('awsuser', oid, 'connect')
  loop
    execute format('revoke all on database %I from public', other);
  end loop;
end
$$;
