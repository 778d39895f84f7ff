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

create or replace function redshift_catalog."date"() returns date language sql stable parallel safe as $$
  select current_date
$$;

-- Of users, who are known further on
create or replace function redshift_catalog.current_user_id() returns integer
language plpgsql stable parallel safe as $$
begin
  return (select usesysid from pg_user where usename = current_user);
end
$$;

-- Of an account and a namespace that there are not: their forms
create or replace function redshift_catalog.current_aws_account() returns text language sql immutable parallel safe as $$
  select '000000000000'
$$;

create or replace function redshift_catalog.current_namespace() returns text language sql immutable parallel safe as $$
  select '00000000-0000-0000-0000-000000000000'
$$;

create or replace function pg_catalog.db_collation() returns text language sql immutable parallel safe as $$
  select 'case_sensitive'
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

create or replace function redshift_catalog.number_of(value text, base integer) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  -- docs r_STRTOL: what begins with '\0', where a text of C ends, is 0
  digits text := split_part(lower(ltrim(trim(value), '-+')), '\0', 1);
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

-- docs PG_GET_COLS
create or replace function pg_catalog.pg_get_cols(
  name text, out view_schema name, out view_name name, out col_name name, out col_type text, out col_num integer
) returns setof record language sql stable parallel safe as $$
  select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnum
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid
  where c.oid = name::regclass and a.attnum > 0 and not a.attisdropped
  order by a.attnum
$$;

-- docs r_SLICE_NUM: all is in one slice here
create or replace function pg_catalog.slice_num() returns integer language sql immutable parallel safe as $$
  select 0
$$;

-- error_on_nondeterministic_update, asked once for an UPDATE
create or replace function redshift_catalog.refuse_twins(has_twins boolean) returns boolean
language plpgsql stable as $$
begin
  if has_twins then
    raise exception using errcode = 'XX000', message = 'Found multiple matches to update the same tuple.';
  end if;
  return true;
end
$$;
