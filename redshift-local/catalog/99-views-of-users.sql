-- Views of users over ours, which were dropped with them (01-tables.sql). One that asks for what is gone is gone.
do $$
declare
  view record;
  item record;
begin
  for view in select * from dropped_view order by level, schema, name loop
    begin
      execute format('create view %I.%I as %s', view.schema, view.name, view.definition);
      execute format('alter view %I.%I owner to %I', view.schema, view.name, view.owner);
      if view.comment is not null then
        execute format('comment on view %I.%I is %L', view.schema, view.name, view.comment);
      end if;
      for item in
        select grantee, privilege_type, is_grantable from aclexplode(view.acl)
        where grantee <> (select oid from pg_roles where rolname = view.owner)
      loop
        execute format('grant %s on %I.%I to %s %s', item.privilege_type, view.schema, view.name,
          case item.grantee when 0 then 'public' else format('%I', pg_get_userbyid(item.grantee)) end,
          case when item.is_grantable then 'with grant option' else '' end);
      end loop;
    exception when undefined_table or undefined_column or undefined_function or undefined_object or invalid_column_reference
      or datatype_mismatch then
      null;
    end;
  end loop;
end
$$;
