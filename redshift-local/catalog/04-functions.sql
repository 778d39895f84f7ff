-- Functions of Redshift (facts E). Those that PostgreSQL knows by the same name and another meaning, and
-- those whose column is called otherwise, are in redshift_catalog: the dialect names them.

-- facts F: Knex reads the version from this text
create or replace function pg_catalog.version() returns text language sql stable parallel safe as $$
  select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.78890'
$$;

create or replace function pg_catalog.getdate() returns timestamp language sql stable parallel safe as $$
  select date_trunc('second', statement_timestamp()::timestamp)
$$;

create or replace function redshift_catalog."timestamp"() returns timestamp language sql stable parallel safe as $$
  select now()::timestamp
$$;

create or replace function pg_catalog.len(text) returns integer language sql immutable parallel safe as $$
  select length($1)
$$;

create or replace function pg_catalog.len(bpchar) returns integer language sql immutable parallel safe as $$
  select length($1)
$$;

create or replace function pg_catalog.charindex(text, text) returns integer
language sql immutable parallel safe as $$
  select strpos($2, $1)
$$;

create or replace function pg_catalog.round(double precision, integer) returns double precision
language sql immutable parallel safe as $$
  select round($1::numeric, $2)::double precision
$$;

create or replace function redshift_catalog.number_of(value text, base integer) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  digits text := lower(ltrim(trim(value), '-+'));
  result numeric := 0;
  digit integer;
begin
  if base = 16 then
    digits := regexp_replace(digits, '^0x', '');
  end if;
  for i in 1 .. length(digits) loop
    digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(digits, i, 1)) - 1;
    if digit < 0 or digit >= base then
      raise exception using errcode = '22P02',
        message = format('The input %s is not valid to be converted to base %s', value, base);
    end if;
    result := result * base + digit;
  end loop;
  return case when trim(value) like '-%' then -result else result end;
end
$$;

-- The ids of plays are made of 15 hexadecimal digits, a million at a time: by their bits, in one expression.
-- In the language SQL it would be slower: whatever is more than a column is not put into a body that
-- names it twice, and the body is then run as a statement.
create or replace function pg_catalog.strtol(value text, base integer) returns bigint
language plpgsql immutable strict parallel safe as $$
begin
  return case when base = 16 and octet_length(value) = 15 and value !~ '[^0-9a-f]'
    then ('x0' || value)::bit(64)::bigint
    else redshift_catalog.number_of(value, base)
  end;
end
$$;

-- FNV-1a of 64 bits, and its next byte: times 2^40 + 435, modulo 2^64, which no bigint may exceed on the way
create or replace function redshift_catalog.fnv(bytes bytea, seed bigint) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  hash bigint := seed;
begin
  for i in 0 .. octet_length(bytes) - 1 loop
    hash := hash # get_byte(bytes, i);
    hash := ((hash >> 32) * 435 + ((hash & 4294967295) * 435 >> 32) + ((hash & 4294967295) << 8)) << 32
      | ((hash & 4294967295) * 435 & 4294967295);
  end loop;
  return hash;
end
$$;

-- the same of a number of so many bytes, the lowest first
create or replace function redshift_catalog.fnv(number bigint, bytes integer, seed bigint) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  hash bigint := seed;
begin
  for i in 0 .. bytes - 1 loop
    hash := hash # (number >> 8 * i & 255);
    hash := ((hash >> 32) * 435 + ((hash & 4294967295) * 435 >> 32) + ((hash & 4294967295) << 8)) << 32
      | ((hash & 4294967295) * 435 & 4294967295);
  end loop;
  return hash;
end
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values
      ('smallint', '$1, 2'),
      ('integer', '$1, 4'),
      ('bigint', '$1, 8'),
      ('text', 'convert_to($1, ''UTF8'')')
    ) as given (type, bytes)
  loop
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s) returns bigint language sql immutable parallel safe as '
      '$f$ select redshift_catalog.fnv(%s, -3750763034362895579) $f$', item.type, item.bytes);
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s, bigint) returns bigint language sql immutable parallel safe '
      'as $f$ select redshift_catalog.fnv(%s, $2) $f$', item.type, item.bytes);
  end loop;
end
$do$;

-- facts E: a missing path gives '', at most 5 levels
create or replace function redshift_catalog.json_path(json_text text, path text[], null_if_invalid boolean)
returns text language plpgsql immutable parallel safe as $$
begin
  if json_text is null then return null; end if;
  if cardinality(path) > 5 then
    raise exception using errcode = '22023', message = 'JSON_EXTRACT_PATH_TEXT takes at most 5 path elements';
  end if;
  if json_text is json then return coalesce(json_text::json #>> path, ''); end if;
  if null_if_invalid then return null; end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.json_extract_path_text(text, variadic text[]) returns text
language sql immutable parallel safe as $$
  select redshift_catalog.json_path($1, $2, false)
$$;

do $do$
begin
  for n in 1 .. 5 loop
    execute format(
      'create or replace function pg_catalog.json_extract_path_text(text, %s boolean) returns text '
      'language sql immutable parallel safe as $f$ select redshift_catalog.json_path($1, array[%s], $%s) $f$',
      repeat('text, ', n), (select string_agg('$' || i, ', ') from generate_series(2, n + 1) as i), n + 2);
  end loop;
end
$do$;

create or replace function pg_catalog.json_extract_array_element_text(json_text text, place integer)
returns text language plpgsql immutable parallel safe as $$
begin
  if json_text is null then return null; end if;
  if json_text is json then return coalesce(json_text::json ->> place, ''); end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.json_array_length(json_text text) returns integer
language plpgsql immutable strict parallel safe as $$
begin
  if json_text is json then return json_array_length(json_text::json); end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.is_valid_json(text) returns boolean
language sql immutable parallel safe as $$
  select $1 is json object
$$;

create or replace function pg_catalog.is_valid_json_array(text) returns boolean
language sql immutable parallel safe as $$
  select $1 is json array
$$;

-- facts E: at most 65535 bytes
create or replace function redshift_catalog.listagg_step(state text, value anyelement, delimiter text)
returns text language plpgsql immutable parallel safe as $$
begin
  if value is null then return state; end if;
  state := coalesce(state || delimiter, '') || value::text;
  if octet_length(state) > 65535 then
    raise exception using errcode = '54000', message = 'Result size exceeds LISTAGG limit';
  end if;
  return state;
end
$$;

create or replace aggregate redshift_catalog.listagg(anyelement, text) (
  sfunc = redshift_catalog.listagg_step, stype = text, parallel = safe
);

create or replace function redshift_catalog.listagg_text_step(state text, value text, delimiter text)
returns text language sql immutable parallel safe as $$
  select redshift_catalog.listagg_step(state, value, delimiter)
$$;

create or replace aggregate redshift_catalog.listagg(text, text) (
  sfunc = redshift_catalog.listagg_text_step, stype = text, parallel = safe
);

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
