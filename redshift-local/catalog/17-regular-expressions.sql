-- REGEXP_COUNT, REGEXP_INSTR, REGEXP_REPLACE, REGEXP_SUBSTR (docs of these names). The engine's own take other
-- parameters (e and p among them) and give NULL for what is not found.

-- What is left of a pattern without its escaped characters and its sets of characters
create or replace function redshift_catalog.regexp_frame(pattern text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(pattern, '\\.|\[\^?\]?[^]]*\]', '', 'g')
$$;

create or replace function redshift_catalog.has_group(pattern text) returns boolean
language sql immutable strict parallel safe as $$
  select redshift_catalog.regexp_frame(pattern) ~ '\((?!\?)'
$$;

-- With p, a pattern of Perl's: its \b is the engine's \y, its \z the engine's \Z, and what the engine lacks is refused.
create or replace function redshift_catalog.regexp_pattern(pattern text, parameters text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  if parameters !~ 'p' then return pattern; end if;
  if redshift_catalog.regexp_frame(pattern) ~ '\(\?(P|<[^=!]|>|R|\(|&|[0-9])|[*+?}]\+|.\(\?[a-z-]+[:)]'
    or regexp_replace(pattern, '\\\\', '', 'g') ~ '\\[KQEGXRhHpPgk]'
  then
    raise exception using errcode = '0A000',
      message = format('The Perl-compatible pattern "%s" is not carried out by the local Redshift.', pattern);
  end if;
  return regexp_replace(regexp_replace(regexp_replace(pattern,
    '(^|[^\\])((\\\\)*)\\b', '\1\2\\y', 'g'), '(^|[^\\])((\\\\)*)\\B', '\1\2\\Y', 'g'),
    '(^|[^\\])((\\\\)*)\\z', '\1\2\\Z', 'g');
end
$$;

-- The engine's p is what Perl's dot is: any character but a newline.
create or replace function redshift_catalog.regexp_flags(parameters text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  if parameters ~ '[^ciep]' then
    raise exception using errcode = '22023',
      message = format('"%s" is no parameter of a regular expression', parameters);
  end if;
  return translate(parameters, 'e', '');
end
$$;

create or replace function redshift_catalog.regexp_count(
  value text, pattern text, start integer default 1, parameters text default 'c'
) returns integer language sql immutable parallel safe as $$
  select pg_catalog.regexp_count(value, redshift_catalog.regexp_pattern(pattern, parameters), greatest(start, 1), redshift_catalog.regexp_flags(parameters))
$$;

create or replace function redshift_catalog.regexp_substr(
  value text, pattern text, start integer default 1, occurrence integer default 1, parameters text default 'c'
) returns text language plpgsql immutable strict parallel safe as $$
declare
  flags text := redshift_catalog.regexp_flags(parameters);
begin
  if start > length(value) then return ''; end if;
  if occurrence < 1 or occurrence > length(value) then return null; end if;
  return coalesce(pg_catalog.regexp_substr(value, redshift_catalog.regexp_pattern(pattern, parameters), greatest(start, 1), occurrence, flags,
    (parameters ~ 'e' and redshift_catalog.has_group(pattern))::integer), '');
end
$$;

create or replace function redshift_catalog.regexp_instr(
  value text, pattern text, start integer default 1, occurrence integer default 1, option integer default 0,
  parameters text default 'c'
) returns integer language plpgsql immutable strict parallel safe as $$
declare
  flags text := redshift_catalog.regexp_flags(parameters);
begin
  if occurrence < 1 or occurrence > length(value) then return 0; end if;
  return pg_catalog.regexp_instr(value, redshift_catalog.regexp_pattern(pattern, parameters), greatest(start, 1), occurrence, (option <> 0)::integer, flags,
    (parameters ~ 'e' and redshift_catalog.has_group(pattern))::integer);
end
$$;

-- $1 and $& in a replacement are what was found; a backslash, which is the engine's sign for it, means itself.
create or replace function redshift_catalog.regexp_replacement(replacement text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(replace(replacement, '\', '\\'), '\$([1-9&])', '\\\1', 'g')
$$;

create or replace function redshift_catalog.regexp_replace(
  value text, pattern text, replacement text default '', start integer default 1, parameters text default 'c'
) returns text language sql immutable parallel safe as $$
  select pg_catalog.regexp_replace(value, redshift_catalog.regexp_pattern(pattern, parameters), redshift_catalog.regexp_replacement(replacement),
    greatest(start, 1), 0, redshift_catalog.regexp_flags(parameters))
$$;
