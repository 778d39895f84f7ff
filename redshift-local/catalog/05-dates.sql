-- Dates (facts E). A function takes DATE, TIMESTAMP, TIMESTAMPTZ, and text for what has no type yet: a
-- literal or a parameter.

create or replace function redshift_catalog.boundaries(part text, value timestamp) returns bigint
language sql immutable parallel safe as $$
  select case part
    when 'microsecond' then (extract(epoch from value) * 1000000)::bigint
    when 'millisecond' then floor(extract(epoch from value) * 1000)::bigint
    -- Whole numbers are exact in floating point as well, in which date_part is twice as fast as extract.
    when 'second' then date_part('epoch', date_trunc('second', value))::bigint
    when 'minute' then date_part('epoch', date_trunc('minute', value))::bigint / 60
    when 'hour' then date_part('epoch', date_trunc('hour', value))::bigint / 3600
    when 'week' then ((date_trunc('week', value)::date - date '1900-01-01') / 7)::bigint
    when 'month' then (date_part('year', value) * 12 + date_part('month', value))::bigint
    when 'quarter' then (date_part('year', value) * 4 + date_part('quarter', value))::bigint
    when 'year' then date_part('year', value)::bigint
    when 'decade' then date_part('decade', value)::bigint
    when 'century' then date_part('century', value)::bigint
    when 'millennium' then date_part('millennium', value)::bigint
    else (value::date - date '1900-01-01')::bigint
  end
$$;

create or replace function pg_catalog.add_months(value timestamp, months bigint) returns timestamp
language sql immutable parallel safe as $$
  select case
    when value::date = (date_trunc('month', value) + interval '1 month - 1 day')::date
    then date_trunc('month', value) + (months + 1) * interval '1 month' - interval '1 day'
      + (value - date_trunc('day', value))
    else value + months * interval '1 month'
  end
$$;

create or replace function pg_catalog.last_day(value timestamp) returns date
language sql immutable parallel safe as $$
  select (date_trunc('month', value) + interval '1 month - 1 day')::date
$$;

create or replace function pg_catalog.months_between(a timestamp, b timestamp) returns double precision
language sql immutable parallel safe as $$
  select redshift_catalog.boundaries('month', a) - redshift_catalog.boundaries('month', b) + case
    when extract(day from a) = extract(day from b) then 0
    when a::date = last_day(a) and b::date = last_day(b) then 0
    else (extract(day from a) - extract(day from b)
      + extract(epoch from (a - date_trunc('day', a)) - (b - date_trunc('day', b))) / 86400) / 31
  end
$$;

create or replace function pg_catalog.convert_timezone(target text, value timestamp) returns timestamp
language sql immutable parallel safe as $$
  select value at time zone 'UTC' at time zone target
$$;

create or replace function pg_catalog.convert_timezone(target text, value timestamptz) returns timestamp
language sql immutable parallel safe as $$
  select value at time zone target
$$;

create or replace function pg_catalog.convert_timezone(target text, value text) returns timestamp
language sql stable parallel safe as $$
  select value::timestamp at time zone 'UTC' at time zone target
$$;

create or replace function pg_catalog.convert_timezone(source text, target text, value timestamp)
returns timestamp language sql immutable parallel safe as $$
  select value at time zone source at time zone target
$$;

create or replace function pg_catalog.convert_timezone(source text, target text, value text)
returns timestamp language sql stable parallel safe as $$
  select value::timestamp at time zone source at time zone target
$$;

-- facts E: a part leaves out what is above and below it, and decade 1 is the years 1 to 9
create or replace function redshift_catalog.part_of(part text, found double precision)
returns double precision language sql immutable parallel safe as $$
  select case part
    when 'millisecond' then trunc(found) - 1000 * trunc(found / 1000)
    when 'microsecond' then found - 1000000 * trunc(found / 1000000)
    when 'decade' then found + 1
    else found
  end
$$;

-- docs r_DATEADD: of years, February 29 becomes March 1; of months, February 28
create or replace function redshift_catalog.date_add(years integer, count bigint, value timestamp)
returns timestamp language plpgsql immutable strict parallel safe as $$
declare
  month timestamp := date_trunc('month', value);
begin
  return month + make_interval(years => (years * count)::integer) + (value - month);
end
$$;

create or replace function redshift_catalog.date_add(interval, bigint, time) returns time
language sql immutable parallel safe as $$
  select $3 + $1 * $2
$$;

create or replace function redshift_catalog.date_add(interval, bigint, timetz) returns timetz
language sql immutable parallel safe as $$
  select $3 at time zone interval '0' + $1 * $2
$$;

-- docs r_DATEDIFF: a TIMETZ counts by its time in UTC, whatever the day there
create or replace function redshift_catalog.moment(value timetz) returns timestamp
language sql immutable parallel safe as $$
  select date '2000-01-01' + (value at time zone interval '0')::time
$$;

create or replace function pg_catalog.date_part_year(value date) returns integer
language sql immutable parallel safe as $$
  select date_part('year', value)::integer
$$;

-- docs r_NEXT_DAY: of the day itself, the one a week later
create or replace function pg_catalog.next_day(value date, day text) returns date
language plpgsql immutable strict parallel safe as $$
declare
  spellings text[] := array['su sun sunday', 'm mo mon monday', 'tu tue tues tuesday', 'w we wed wednesday',
    'th thu thurs thursday', 'f fr fri friday', 'sa sat saturday'];
begin
  for i in 0 .. 6 loop
    if lower(trim(day)) = any(string_to_array(spellings[i + 1], ' ')) then
      return value + 1 + (i + 6 - date_part('dow', value)::integer) % 7;
    end if;
  end loop;
  raise exception using errcode = '22023', message = format('"%s" is no day of the week', day);
end
$$;

do $do$
declare
  type text;
  other text;
  moments text[] := array['date', 'timestamp', 'timestamptz', 'text'];
begin
  foreach type in array moments loop
    execute format(
      'create or replace function redshift_catalog.date_add(interval, bigint, %s) returns timestamp '
      'language sql stable parallel safe as $f$ select $3::timestamp + $1 * $2 $f$', type);
    execute format(
      'create or replace function redshift_catalog.pgdate_part(text, %s) returns double precision language sql '
      'stable parallel safe as $f$ select redshift_catalog.part_of($1, pg_catalog.date_part($1, $2%s)) $f$',
      type, case type when 'text' then '::timestamp' else '' end);
    execute format(
      'create or replace function redshift_catalog.date_part(text, %s) returns %s '
      'language sql stable parallel safe as $f$ select %s $f$',
      type, case type when 'timestamptz' then 'double precision' else 'integer' end,
      case type when 'timestamptz' then 'redshift_catalog.part_of($1, pg_catalog.date_part($1, $2))'
        else 'trunc(redshift_catalog.part_of($1, pg_catalog.date_part($1, $2::timestamp)))::integer' end);
    foreach other in array moments loop
      execute format(
        'create or replace function redshift_catalog.date_diff(text, %s, %s) returns bigint language sql '
        'stable parallel safe as $f$ select redshift_catalog.boundaries($1, $3::timestamp) '
        '- redshift_catalog.boundaries($1, $2::timestamp) $f$', type, other);
      if (type, other) <> ('timestamp', 'timestamp') then
        execute format(
          'create or replace function pg_catalog.months_between(%s, %s) returns double precision language sql '
          'stable parallel safe as $f$ select months_between($1::timestamp, $2::timestamp) $f$', type, other);
      end if;
    end loop;
    if type <> 'timestamp' then
      execute format(
        'create or replace function redshift_catalog.date_add(integer, bigint, %s) returns timestamp language sql '
        'stable parallel safe as $f$ select redshift_catalog.date_add($1, $2, $3::timestamp) $f$', type);
      execute format(
        'create or replace function pg_catalog.add_months(%s, bigint) returns timestamp language sql '
        'stable parallel safe as $f$ select add_months($1::timestamp, $2) $f$', type);
      execute format(
        'create or replace function pg_catalog.last_day(%s) returns date language sql '
        'stable parallel safe as $f$ select last_day($1::timestamp) $f$', type);
    end if;
    if type <> 'date' then
      execute format(
        'create or replace function pg_catalog.next_day(%s, text) returns date language sql '
        'stable parallel safe as $f$ select next_day($1::timestamp::date, $2) $f$', type);
    end if;
    if type <> 'text' then
      execute format(
        'create or replace function redshift_catalog.trunc(%s) returns date language sql '
        'stable parallel safe as $f$ select $1::date $f$', type);
    end if;
  end loop;
  foreach type in array array['interval', 'time', 'timetz'] loop
    execute format(
      'create or replace function redshift_catalog.pgdate_part(text, %s) returns double precision language sql '
      'stable parallel safe as $f$ select redshift_catalog.part_of($1, pg_catalog.date_part($1, $2)) $f$', type);
    execute format(
      'create or replace function redshift_catalog.date_part(text, %s) returns integer language sql stable parallel '
      'safe as $f$ select trunc(redshift_catalog.part_of($1, pg_catalog.date_part($1, $2)))::integer $f$', type);
  end loop;
  for type, other in
    values ('time', 'time'), ('time', 'timetz'), ('time', 'text'), ('timetz', 'time'), ('timetz', 'timetz'),
      ('timetz', 'text'), ('text', 'time'), ('text', 'timetz')
  loop
    execute format(
      'create or replace function redshift_catalog.date_diff(text, %s, %s) returns bigint language sql '
      'stable parallel safe as $f$ select redshift_catalog.boundaries($1, redshift_catalog.moment($3::timetz)) '
      '- redshift_catalog.boundaries($1, redshift_catalog.moment($2::timetz)) $f$', type, other);
  end loop;
  foreach type in array array['date', 'text'] loop
    execute format(
      'create or replace function pg_catalog.date_trunc(text, %s) returns timestamp '
      'language sql stable parallel safe as $f$ select pg_catalog.date_trunc($1, $2::timestamp) $f$', type);
  end loop;
end
$do$;

-- docs time-zone-abbrevs: a function there, which the engine has as a view
create or replace function pg_catalog.pg_timezone_abbrevs(out abbrev text, out utc_offset interval, out is_dst boolean)
returns setof record language sql stable parallel safe as $$
  select abbrev, utc_offset, is_dst from pg_timezone_abbrevs
$$;
