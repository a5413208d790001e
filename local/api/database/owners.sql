-- lite made its tables as superuser: give them to the roles that own them on hosted Supabase.

do $$
declare
  relation record;
begin
  for relation in
    select n.nspname, c.relname
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('auth', 'storage') and c.relkind = 'r'
  loop
    execute format('alter table %I.%I owner to %I', relation.nspname, relation.relname,
                   'supabase_' || relation.nspname || '_admin');
  end loop;
end $$;

grant all on all tables in schema auth to postgres, service_role;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role; -- RLS decides there
