-- Texts to dates and numbers (docs r_Data_type_formatting).

-- The numbers of a moment that a text holds by a format, also those that overflow, such as June 31 or 24:38:15
create or replace function redshift_catalog.moment_parts(value text, format text) returns jsonb
language plpgsql immutable strict parallel safe as $$
declare
  rest text := ltrim(value);
  pattern text := format;
  sign text;
  found text;
  months text[] := array['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  parts jsonb := '{"Y": 1, "MM": 1, "HH": 0, "MI": 0, "SS": 0, "US": 0, "PM": null}';
begin
  while pattern <> '' loop
    sign := substring(upper(pattern) from
      '^(YYYY|YYY|YY|Y|MONTH|MON|MM|DDD|DD|HH24|HH12|HH|MI|SSSS|SS|MS|US|AM|PM)');
    if sign is null then
      rest := regexp_replace(rest, '^[^[:alnum:]]', '');
      pattern := substr(pattern, 2);
      continue;
    end if;
    pattern := substr(pattern, length(sign) + 1);
    rest := ltrim(rest);
    if sign in ('MONTH', 'MON', 'AM', 'PM') then
      found := substring(rest from case when sign like 'MON%' then '^[[:alpha:]]+' else '^[[:alpha:].]+' end);
      rest := substr(rest, length(found) + 1);
      found := case when sign like 'MON%' then array_position(months, lower(left(found, 3)))
        else (lower(left(found, 1)) = 'p')::integer end;
      sign := case when sign like 'MON%' then 'MM' else 'PM' end;
    else
      sign := regexp_replace(sign, '^HH.*', 'HH');
      found := substring(rest from case when pattern ~ '^([^[:alpha:]]|$)' or sign in ('MS', 'US') then '^[0-9]+'
        else format('^[0-9]{1,%s}', length(sign)) end);
      rest := substr(rest, length(found) + 1);
      if sign in ('MS', 'US') then
        found := rpad(found, 6, '0');
        sign := 'US';
      end if;
    end if;
    if found is null then
      raise exception using errcode = '22007', message = format('invalid value "%s" for "%s"', rest, sign);
    end if;
    parts := parts || jsonb_build_object(regexp_replace(sign, '^Y+', 'Y'), found::integer);
  end loop;
  return parts;
end
$$;

create or replace function redshift_catalog.carried_over(parts jsonb) returns timestamp
language sql immutable strict parallel safe as $$
  select make_timestamp((parts ->> 'Y')::integer, 1, 1, 0, 0, 0)
    + make_interval(months => (parts ->> 'MM')::integer - 1)
    + make_interval(
      days => coalesce((parts ->> 'DD')::integer, (parts ->> 'DDD')::integer, 1) - 1,
      hours => case when parts ->> 'PM' is null then (parts ->> 'HH')::integer
        else (parts ->> 'HH')::integer % 12 + 12 * (parts ->> 'PM')::integer end,
      mins => (parts ->> 'MI')::integer,
      secs => coalesce((parts ->> 'SSSS')::integer, (parts ->> 'SS')::integer)
        + (parts ->> 'US')::double precision / 1000000)
$$;

-- docs r_TO_DATE_function, r_TO_TIMESTAMP: what overflows is carried over, unless is_strict
create or replace function redshift_catalog.overflowing(value text, format text, is_strict boolean) returns timestamp
language plpgsql immutable strict parallel safe as $$
declare
  parts jsonb := redshift_catalog.moment_parts(value, format);
  is_time boolean := (parts ->> 'HH')::integer > 23 or (parts ->> 'MI')::integer > 59 or (parts ->> 'SS')::integer > 59;
begin
  if not is_strict then return redshift_catalog.carried_over(parts); end if;
  raise exception using errcode = '22008', message = case
    when is_time then format('date/time field time value out of range: %s:%s:%s.0',
      parts ->> 'HH', parts ->> 'MI', parts ->> 'SS')
    else format('date/time field date value out of range: %s-%s-%s',
      parts ->> 'Y', parts ->> 'MM', coalesce(parts ->> 'DD', parts ->> 'DDD', '1')) end;
end
$$;

create or replace function redshift_catalog.to_date(value text, format text, is_strict boolean default false)
returns date language plpgsql immutable strict parallel safe as $$
begin
  return pg_catalog.to_date(value, format);
exception when datetime_field_overflow then
  return redshift_catalog.overflowing(value, format, is_strict)::date;
end
$$;

create or replace function redshift_catalog.to_timestamp(value text, format text, is_strict boolean default false)
returns timestamptz language plpgsql stable strict parallel safe as $$
begin
  return pg_catalog.to_timestamp(value, format);
exception when datetime_field_overflow then
  return redshift_catalog.overflowing(value, format, is_strict);
end
$$;

-- docs r_TEXT_TO_NUMERIC_ALT: a sign before or behind, an exponent; blank is 0; halves to the nearest even
create or replace function redshift_catalog.text_to_numeric(value text) returns numeric
language plpgsql immutable strict parallel safe as $$
declare
  given text := trim(value);
begin
  if given = '' then return 0; end if;
  return (case when given ~ '[+-]$' then right(given, 1) || left(given, -1) else given end)::numeric;
end
$$;

create or replace function pg_catalog.text_to_numeric_alt(value text, "precision" integer default 38, scale integer default 0)
returns numeric language plpgsql immutable strict parallel safe as $$
declare
  exact numeric := redshift_catalog.text_to_numeric(value);
  result numeric := round(exact, scale);
begin
  if abs(result - exact) * 2 = 10::numeric ^ -scale and mod(result * 10::numeric ^ scale, 2) <> 0 then
    result := trunc(exact, scale);
  end if;
  if abs(result) >= 10::numeric ^ ("precision" - scale) then
    raise exception using errcode = '22003', message = 'Numeric data overflow (result precision)';
  end if;
  return round(result, scale);
end
$$;

create or replace function pg_catalog.text_to_int_alt(value text) returns integer
language sql immutable parallel safe as $$
  select trunc(redshift_catalog.text_to_numeric(value))::integer
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values ('int', 'text', 'integer'), ('numeric', 'text', 'numeric'),
      ('numeric', 'text, integer, integer', 'numeric')) as given (name, arguments, result)
  loop
    execute format(
      'create or replace function pg_catalog.text_to_%s_alt(text, %s) returns %s language plpgsql immutable '
      'parallel safe as $f$ begin raise exception using errcode = ''0A000'', message = '
      '''A format in TEXT_TO_%s_ALT is not carried out by the local Redshift.''; end $f$',
      item.name, item.arguments, item.result, upper(item.name));
  end loop;
end
$do$;
