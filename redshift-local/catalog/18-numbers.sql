-- Functions of numbers (docs Math_functions) with Redshift's types: those of logarithms, roots and powers give
-- DOUBLE PRECISION, and those that round give the type that they were given. The engine's own have DECIMALs
-- for the first, and make integers DOUBLE PRECISION for the second.
do $do$
declare
  name text;
  type text;
begin
  foreach name in array array['exp', 'ln', 'sqrt', 'cbrt'] loop
    execute format(
      'create or replace function redshift_catalog.%s(double precision) returns double precision language sql '
      'immutable parallel safe as $f$ select pg_catalog.%1$s($1) $f$', name);
  end loop;
  foreach name in array array['power', 'pow'] loop
    execute format(
      'create or replace function redshift_catalog.%s(double precision, double precision) returns double precision '
      'language sql immutable parallel safe as $f$ select pg_catalog.power($1, $2) $f$', name);
  end loop;
  foreach type in array array['smallint', 'integer', 'bigint'] loop
    foreach name in array array['floor', 'ceil', 'ceiling', 'round', 'trunc'] loop
      execute format(
        'create or replace function redshift_catalog.%s(%s) returns %2$s language sql '
        'immutable parallel safe as $f$ select $1 $f$', name, type);
    end loop;
    foreach name in array array['round', 'trunc'] loop
      execute format(
        'create or replace function redshift_catalog.%s(%s, integer) returns %2$s language sql '
        'immutable parallel safe as $f$ select pg_catalog.%1$s($1::numeric, least($2, 0))::%2$s $f$', name, type);
    end loop;
    execute format(
      'create or replace function redshift_catalog.sign(%s) returns %1$s language sql '
      'immutable parallel safe as $f$ select pg_catalog.sign($1::numeric)::%1$s $f$', type);
  end loop;
  foreach type in array array['numeric', 'real', 'double precision'] loop
    foreach name in array array['floor', 'ceil', 'ceiling', 'round', 'trunc', 'sign'] loop
      execute format(
        'create or replace function redshift_catalog.%s(%s) returns %2$s language sql '
        'immutable parallel safe as $f$ select pg_catalog.%1$s($1)::%2$s $f$', name, type);
    end loop;
    foreach name in array array['round', 'trunc'] loop
      execute format(
        'create or replace function redshift_catalog.%s(%s, integer) returns %2$s language sql '
        'immutable parallel safe as $f$ select pg_catalog.%1$s($1::numeric, $2)::%2$s $f$', name, type);
    end loop;
  end loop;
end
$do$;
