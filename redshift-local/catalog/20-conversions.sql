-- Conversions that Redshift makes by itself (docs c_Supported_data_types, implicit conversion types).

-- facts E: no BOOLEAN becomes a text
create or replace function redshift_catalog.refuse_text(boolean) returns text
language plpgsql immutable parallel safe as $$
begin
  raise exception using errcode = '42846', message = 'cannot cast type boolean to character varying';
end
$$;

update pg_cast set castcontext = 'e', castfunc = 'redshift_catalog.refuse_text(boolean)'::regprocedure
where castsource = 'boolean'::regtype and casttarget in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype);

-- Numbers and moments become texts wherever only a text fits (LIKE, SUBSTRING, TRIM, a comparison with a text), as up
-- to PostgreSQL 8.2. The engine has concatenation for a text and anything; of each such type it is made once more,
-- so that one of the two fits better.
do $do$
declare
  type text;
begin
  foreach type in array array['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'date',
    'timestamp', 'timestamptz', 'time', 'timetz']
  loop
    execute format(
      'create or replace function redshift_catalog.joined(%s, text) returns text language sql immutable parallel safe '
      'as $f$ select textcat($1::text, $2) $f$', type);
    execute format(
      'create or replace function redshift_catalog.joined(text, %s) returns text language sql immutable parallel safe '
      'as $f$ select textcat($1, $2::text) $f$', type);
    continue when exists (
      select from pg_operator where oprname = '||' and oprleft = type::regtype and oprright = 'text'::regtype);
    execute format('create cast (%s as text) with inout as implicit', type);
    execute format(
      'create operator pg_catalog.|| (leftarg = %s, rightarg = text, function = redshift_catalog.joined)', type);
    execute format(
      'create operator pg_catalog.|| (leftarg = text, rightarg = %s, function = redshift_catalog.joined)', type);
  end loop;
end
$do$;

-- 'a' + 'b', of VARCHAR: nothing but a text becomes one by itself, so no other sum can mean this.
create or replace function redshift_catalog.joined(varchar, varchar) returns text
language sql immutable parallel safe as $$
  select textcat($1, $2)
$$;

-- Whole numbers beside a BOOLEAN, and into one, are true but for 0.
create or replace function redshift_catalog.truth(bigint) returns boolean
language sql immutable strict parallel safe as $$
  select $1 <> 0
$$;

create or replace function redshift_catalog.is_truth(boolean, bigint) returns boolean
language sql immutable parallel safe as $$
  select $1 = ($2 <> 0)
$$;

create or replace function redshift_catalog.is_truth(bigint, boolean) returns boolean
language sql immutable parallel safe as $$
  select ($1 <> 0) = $2
$$;

create or replace function redshift_catalog.is_not_truth(boolean, bigint) returns boolean
language sql immutable parallel safe as $$
  select $1 <> ($2 <> 0)
$$;

create or replace function redshift_catalog.is_not_truth(bigint, boolean) returns boolean
language sql immutable parallel safe as $$
  select ($1 <> 0) <> $2
$$;

do $do$
begin
  if exists (select from pg_operator where oprname = '+' and oprleft = 'varchar'::regtype) then return; end if;
  create operator pg_catalog.+ (leftarg = varchar, rightarg = varchar, function = redshift_catalog.joined);
  create operator pg_catalog.= (leftarg = boolean, rightarg = bigint, function = redshift_catalog.is_truth);
  create operator pg_catalog.= (leftarg = bigint, rightarg = boolean, function = redshift_catalog.is_truth);
  create operator pg_catalog.<> (leftarg = boolean, rightarg = bigint, function = redshift_catalog.is_not_truth);
  create operator pg_catalog.<> (leftarg = bigint, rightarg = boolean, function = redshift_catalog.is_not_truth);
  create cast (bigint as boolean) with function redshift_catalog.truth(bigint) as assignment;
  update pg_cast set castcontext = 'a' where castsource = 'integer'::regtype and casttarget = 'boolean'::regtype;
end
$do$;

-- docs r_TRY_CAST: the cast of a text, and NULL where it fails
create or replace function redshift_catalog.try_cast(value text, type text, kind anyelement) returns anyelement
language plpgsql stable parallel safe as $$
declare
  result alias for $0;
begin
  execute format('select $1::%s', type) into result using value;
  return result;
exception when data_exception or cannot_coerce then return null;
end
$$;
