-- Aggregates (facts E), in redshift_catalog where the engine has one of the same name and another result.

-- facts E: at most 65535 bytes
create or replace function redshift_catalog.listagg_text_step(state text, value text, delimiter text)
returns text language plpgsql immutable parallel safe as $$
begin
  if value is null then return state; end if;
  state := coalesce(state || delimiter, '') || value;
  if octet_length(state) > 65535 then
    raise exception using errcode = '54000', message = 'Result size exceeds LISTAGG limit';
  end if;
  return state;
end
$$;

create or replace aggregate redshift_catalog.listagg(text, text) (
  sfunc = redshift_catalog.listagg_text_step, stype = text, parallel = safe
);

-- One of former versions, which a view may still use: what it took becomes a text by itself now.
do $do$
begin
  alter aggregate redshift_catalog.listagg(anyelement, text) rename to listagg_of_any;
exception when undefined_function then null;
end
$do$;

-- docs r_AVG: BIGINT for integers; the engine's own for the rest
create or replace function redshift_catalog.avg_end(state bigint[]) returns bigint
language sql immutable parallel safe as $$
  select case when state[1] > 0 then state[2] / state[1] end
$$;

create or replace function redshift_catalog.avg_end(state numeric[]) returns bigint
language sql immutable parallel safe as $$
  select case when state[1] > 0 then div(state[2], state[1])::bigint end
$$;

create or replace function redshift_catalog.avg_step(state numeric[], value bigint) returns numeric[]
language plpgsql immutable strict parallel safe as $$
begin
  return array[state[1] + 1, state[2] + value];
end
$$;

create or replace function redshift_catalog.avg_join(a numeric[], b numeric[]) returns numeric[]
language sql immutable parallel safe as $$
  select array[a[1] + b[1], a[2] + b[2]]
$$;

create or replace aggregate redshift_catalog.avg(smallint) (
  sfunc = int2_avg_accum, stype = bigint[], finalfunc = redshift_catalog.avg_end, initcond = '{0,0}',
  msfunc = int2_avg_accum, minvfunc = int2_avg_accum_inv, mstype = bigint[],
  mfinalfunc = redshift_catalog.avg_end, minitcond = '{0,0}', combinefunc = int4_avg_combine, parallel = safe
);
create or replace aggregate redshift_catalog.avg(integer) (
  sfunc = int4_avg_accum, stype = bigint[], finalfunc = redshift_catalog.avg_end, initcond = '{0,0}',
  msfunc = int4_avg_accum, minvfunc = int4_avg_accum_inv, mstype = bigint[],
  mfinalfunc = redshift_catalog.avg_end, minitcond = '{0,0}', combinefunc = int4_avg_combine, parallel = safe
);
create or replace aggregate redshift_catalog.avg(bigint) (
  sfunc = redshift_catalog.avg_step, stype = numeric[], finalfunc = redshift_catalog.avg_end,
  initcond = '{0,0}', combinefunc = redshift_catalog.avg_join, parallel = safe
);
create or replace aggregate redshift_catalog.avg(numeric) (
  sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg,
  combinefunc = numeric_avg_combine, serialfunc = numeric_avg_serialize,
  deserialfunc = numeric_avg_deserialize, parallel = safe
);
create or replace aggregate redshift_catalog.avg(double precision) (
  sfunc = float8_accum, stype = double precision[], finalfunc = float8_avg, initcond = '{0,0,0}',
  combinefunc = float8_combine, parallel = safe
);

-- docs r_AVG: AVG of DECIMAL has the scale of its argument (the guide's avg(2.50, 3.75, 1.90) is 2.71: cut, not rounded).
-- A sum has that scale, and shares the work of an average.
create or replace function redshift_catalog.average(average numeric, sum numeric) returns numeric
language sql immutable parallel safe as $$
  select trunc($1, scale($2))
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values ('bigint', 'bigint'), ('bigint', 'numeric'), ('double precision', 'double precision'))
      as given (average, sum)
  loop
    execute format(
      'create or replace function redshift_catalog.average(%s, %s) returns %1$s language sql '
      'immutable parallel safe as $f$ select $1 $f$', item.average, item.sum);
  end loop;
end
$do$;

-- docs r_SUM: BIGINT for every whole number, DOUBLE PRECISION for REAL
create or replace aggregate redshift_catalog.sum(smallint) (
  sfunc = int2_sum, stype = bigint, combinefunc = int8pl, parallel = safe
);
create or replace aggregate redshift_catalog.sum(integer) (
  sfunc = int4_sum, stype = bigint, combinefunc = int8pl, parallel = safe
);
create or replace aggregate redshift_catalog.sum(bigint) (
  sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe
);
create or replace aggregate redshift_catalog.sum(numeric) (
  sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_sum,
  combinefunc = numeric_avg_combine, serialfunc = numeric_avg_serialize,
  deserialfunc = numeric_avg_deserialize, parallel = safe,
  msfunc = numeric_avg_accum, minvfunc = numeric_accum_inv, mstype = internal, mfinalfunc = numeric_sum
);
create or replace aggregate redshift_catalog.sum(double precision) (
  sfunc = float8pl, stype = double precision, combinefunc = float8pl, parallel = safe
);
create or replace aggregate redshift_catalog.sum(interval) (
  sfunc = interval_pl, stype = interval, combinefunc = interval_pl, parallel = safe
);

-- docs r_BOOL_AND, r_BOOL_OR: of whole numbers too
create or replace function redshift_catalog.bool_and_step(boolean, bigint) returns boolean
language sql immutable parallel safe as $$
  select case when $2 is null then $1 else coalesce($1, true) and $2 <> 0 end
$$;

create or replace function redshift_catalog.bool_or_step(boolean, bigint) returns boolean
language sql immutable parallel safe as $$
  select case when $2 is null then $1 else coalesce($1, false) or $2 <> 0 end
$$;

create or replace aggregate pg_catalog.bool_and(bigint) (
  sfunc = redshift_catalog.bool_and_step, stype = boolean, combinefunc = booland_statefunc, parallel = safe
);
create or replace aggregate pg_catalog.bool_or(bigint) (
  sfunc = redshift_catalog.bool_or_step, stype = boolean, combinefunc = boolor_statefunc, parallel = safe
);

-- docs r_STDDEV_functions, r_VARIANCE_functions: DOUBLE PRECISION of every number
do $do$
declare
  name text;
begin
  foreach name in array array['stddev', 'stddev_samp', 'stddev_pop', 'variance', 'var_samp', 'var_pop'] loop
    execute format(
      'create or replace aggregate redshift_catalog.%s(double precision) (sfunc = float8_accum, '
      'stype = double precision[], finalfunc = float8_%s, initcond = ''{0,0,0}'', combinefunc = float8_combine, '
      'parallel = safe)',
      name, case name when 'stddev' then 'stddev_samp' when 'variance' then 'var_samp' else name end);
  end loop;
end
$do$;
