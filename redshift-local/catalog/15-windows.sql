-- Window functions that the engine has not, facts H. An aggregate over a frame is a window function.

-- IGNORE NULLS: of a strict step NULLs are no part.
create or replace function redshift_catalog.later(state anyelement, value anyelement)
returns anyelement language sql immutable strict parallel safe as $$ select value $$;

create or replace aggregate redshift_catalog.first_value(anyelement) (
  sfunc = pg_catalog.any_value_transfn, stype = anyelement
);

create or replace aggregate redshift_catalog.last_value(anyelement) (
  sfunc = redshift_catalog.later, stype = anyelement
);

-- The place is not known at the end, so the array is made such that the value looked for has the subscript 1.
create or replace function redshift_catalog.nth_step(state anyarray, value anyelement, place int)
returns anyarray language plpgsql immutable parallel safe as $$
begin
  if place < 1 then
    raise exception using errcode = '22016', message = 'argument of nth_value must be greater than zero';
  end if;
  if value is null or array_upper(state, 1) = 1 then return state; end if;
  if state is null then return array_fill(value, array[1], array[2 - place]); end if;
  return array_append(state, value);
end
$$;

create or replace function redshift_catalog.nth_back_step(state anyarray, value anyelement, place int)
returns anyarray language plpgsql immutable parallel safe as $$
declare
  kept state%type := array_append(state, value);
begin
  if value is null then return state; end if;
  state := null;
  state[greatest(place - cardinality(kept) + 1, 1):place] :=
    kept[array_upper(kept, 1) - least(cardinality(kept), place) + 1:];
  return state;
end
$$;

create or replace function redshift_catalog.nth_end(state anyarray, value anyelement, place int)
returns anyelement language sql immutable parallel safe as $$ select state[1] $$;

create or replace aggregate redshift_catalog.nth_value(anyelement, int) (
  sfunc = redshift_catalog.nth_step, stype = anyarray,
  finalfunc = redshift_catalog.nth_end, finalfunc_extra
);

create or replace aggregate redshift_catalog.nth_back(anyelement, int) (
  sfunc = redshift_catalog.nth_back_step, stype = anyarray,
  finalfunc = redshift_catalog.nth_end, finalfunc_extra
);

-- PERCENTILE_*, MEDIAN and LISTAGG(DISTINCT …) over a partition: its values as the window orders them.
create or replace function redshift_catalog.without_nulls(state anycompatiblearray)
returns anycompatiblearray language sql immutable parallel safe as $$ select array_remove(state, null) $$;

create or replace aggregate redshift_catalog.in_order(anycompatible) (
  sfunc = pg_catalog.array_append, stype = anycompatiblearray,
  finalfunc = redshift_catalog.without_nulls
);

create or replace function redshift_catalog.firsts(texts text[]) returns text[]
language sql immutable parallel safe as $$
  select array_agg(one order by place)
  from (select one, min(place) as place from unnest(texts) with ordinality as all_texts (one, place) group by one) as each
$$;

create or replace aggregate redshift_catalog.distinct_texts(text) (
  sfunc = pg_catalog.array_append, stype = text[], finalfunc = redshift_catalog.firsts
);

create or replace function redshift_catalog.percentile_disc(ordered anyarray, fraction float8)
returns anyelement language sql immutable parallel safe as $$
  select ordered[greatest(ceil(fraction * cardinality(ordered))::int, 1)]
$$;

-- docs r_WF_PERCENTILE_CONT: RN = 1 + P * (N - 1), and between the rows about it in a straight line; a whole number
-- becomes a DECIMAL of scale 1 (its examples, of 0.5 and 0.6; that of 0.25 has scale 2 is a guess)
do $do$
declare
  kind record;
begin
  for kind in
    select * from (values
      ('smallint', 'numeric', 'round(low + (high - low) * (rn - floor(rn))::numeric, greatest(scale(fraction::numeric), 1))'),
      ('integer', 'numeric', 'round(low + (high - low) * (rn - floor(rn))::numeric, greatest(scale(fraction::numeric), 1))'),
      ('bigint', 'numeric', 'round(low + (high - low) * (rn - floor(rn))::numeric, greatest(scale(fraction::numeric), 1))'),
      ('numeric', 'numeric', 'round(low + (high - low) * (rn - floor(rn))::numeric, scale(low))'),
      ('float8', 'float8', 'low + (high - low) * (rn - floor(rn))'),
      ('date', 'date', 'low + floor((high - low) * (rn - floor(rn)))::int'),
      ('timestamp', 'timestamp', 'low + (high - low) * (rn - floor(rn))'),
      ('timestamptz', 'timestamptz', 'low + (high - low) * (rn - floor(rn))')
    ) as kinds (type, result, between_rows)
  loop
    execute format($sql$
      create or replace function redshift_catalog.percentile_cont(ordered %1$s[], fraction float8)
      returns %2$s language sql immutable parallel safe as $$
        select (%3$s)::%2$s
        from (select 1 + fraction * (cardinality(ordered) - 1) as rn) as place,
          lateral (select ordered[floor(rn)::int]::%2$s as low, ordered[ceil(rn)::int]::%2$s as high) as neighbours
      $$;
      create or replace function redshift_catalog.median_end(state %1$s[])
      returns %2$s language sql immutable parallel safe as $$
        select redshift_catalog.percentile_cont(array_agg(value order by value), 0.5)
        from unnest(state) as value where value is not null
      $$;
      create or replace aggregate redshift_catalog.median(%1$s) (
        sfunc = pg_catalog.array_append, stype = %1$s[], finalfunc = redshift_catalog.median_end
      )
    $sql$, kind.type, kind.result, kind.between_rows);
  end loop;
end
$do$;
