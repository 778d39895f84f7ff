-- JSON in texts (docs json-functions). The last argument, null_if_invalid, gives NULL for what is no JSON.

create or replace function redshift_catalog.is_json(json_text text, null_if_invalid boolean) returns boolean
language plpgsql immutable strict parallel safe as $$
begin
  if json_text is json then return true; end if;
  if null_if_invalid then return false; end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

-- facts E: a missing path gives '', at most 5 levels
create or replace function redshift_catalog.json_path(json_text text, path text[], null_if_invalid boolean)
returns text language plpgsql immutable parallel safe as $$
begin
  if json_text is null then return null; end if;
  if cardinality(path) > 5 then
    raise exception using errcode = '22023', message = 'JSON_EXTRACT_PATH_TEXT takes at most 5 path elements';
  end if;
  if redshift_catalog.is_json(json_text, null_if_invalid) then return coalesce(json_text::json #>> path, ''); end if;
  return null;
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

create or replace function pg_catalog.json_extract_array_element_text(
  json_text text, place integer, null_if_invalid boolean
) returns text language plpgsql immutable strict parallel safe as $$
begin
  if not redshift_catalog.is_json(json_text, null_if_invalid) then return null; end if;
  return case when place < 0 then '' else coalesce(json_text::json ->> place, '') end;
end
$$;

create or replace function pg_catalog.json_extract_array_element_text(json_text text, place integer)
returns text language sql immutable parallel safe as $$
  select json_extract_array_element_text(json_text, place, false)
$$;

create or replace function pg_catalog.json_array_length(json_text text, null_if_invalid boolean)
returns integer language plpgsql immutable strict parallel safe as $$
begin
  if json_text is json array then return json_array_length(json_text::json); end if;
  if null_if_invalid then return null; end if;
  raise exception using errcode = 'XX000', message = 'JSON parsing error';
end
$$;

create or replace function pg_catalog.json_array_length(json_text text) returns integer
language sql immutable parallel safe as $$
  select json_array_length(json_text, false)
$$;

create or replace function pg_catalog.is_valid_json(text) returns boolean
language sql immutable parallel safe as $$
  select $1 is json object
$$;

create or replace function pg_catalog.is_valid_json_array(text) returns boolean
language sql immutable parallel safe as $$
  select $1 is json array
$$;
