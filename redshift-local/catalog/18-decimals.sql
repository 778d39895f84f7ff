-- The operators of a division of DECIMALs (dialect/divisions): the engine's, by names that tell them apart from a
-- client's own in the definition of a view.
do $do$
begin
  if to_regoperator('redshift_catalog./(numeric, numeric)') is null then
    create operator redshift_catalog./ (leftarg = numeric, rightarg = numeric, function = pg_catalog.div);
    create operator redshift_catalog.* (leftarg = numeric, rightarg = numeric, function = pg_catalog.numeric_mul);
  end if;
end
$do$;
