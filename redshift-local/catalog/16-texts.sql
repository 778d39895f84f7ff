-- Functions of texts (docs String_functions_header) that the engine has not, or not with this meaning.

create or replace function pg_catalog.octetindex(part text, value text) returns integer
language sql immutable parallel safe as $$
  select position(convert_to(part, 'UTF8') in convert_to(value, 'UTF8'))
$$;

create or replace function pg_catalog.replicate(text, integer) returns text
language sql immutable parallel safe as $$
  select repeat($1, $2)
$$;

-- docs r_BPCHARCMP: -1, 0 or 1; the engine's own give any number below or above zero
create or replace function redshift_catalog.bpcharcmp(a text, b text) returns integer
language sql immutable parallel safe as $$
  select case when a collate "C" < b then -1 when a collate "C" > b then 1 when a = b then 0 end
$$;

create or replace function redshift_catalog.bttext_pattern_cmp(text, text) returns integer
language sql immutable parallel safe as $$
  select redshift_catalog.bpcharcmp($1, $2)
$$;

-- docs SOUNDEX: American Soundex of the letters A to Z; H and W do not part equal codes, vowels do
create or replace function pg_catalog.soundex(value text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  letters text := regexp_replace(upper(value), '[^A-Z]', '', 'g');
  codes text := translate(letters, 'AEIOUYHWBFPVCGJKQSXZDTLMNR', '000000--111122222222334556');
  result text := left(letters, 1);
  last text := left(codes, 1);
  code text;
begin
  for i in 2 .. length(codes) loop
    code := substr(codes, i, 1);
    continue when code = '-';
    if code <> '0' and code <> last then result := result || code; end if;
    exit when length(result) = 4;
    last := code;
  end loop;
  return case when result = '' then '' else rpad(result, 4, '0') end;
end
$$;

-- docs DIFFERENCE: how many of the four are equal; 0 where one has no letter, 1 where neither has
create or replace function pg_catalog.difference(a text, b text) returns integer
language plpgsql immutable strict parallel safe as $$
declare
  first text := soundex(a);
  second text := soundex(b);
begin
  if first = '' and second = '' then return 1; end if;
  return (select count(*) from generate_series(1, 4) as i
    where substr(first, i, 1) = substr(second, i, 1) and substr(first, i, 1) <> '');
end
$$;

create or replace function redshift_catalog.split_part(value text, delimiter text, place integer) returns text
language plpgsql immutable strict parallel safe as $$
begin
  if place < 1 then
    raise exception using errcode = '22023', message = 'field position must be greater than zero';
  end if;
  return split_part(value, delimiter, place);
end
$$;

-- The engine's own are for a text and for anything, which other values that become texts would fit both.
create or replace function redshift_catalog.quote_literal(text) returns text
language sql immutable parallel safe as $$
  select quote_literal($1)
$$;
