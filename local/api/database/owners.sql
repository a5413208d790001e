-- lite made its tables as superuser: give them to the roles that own them on hosted Supabase.

do $$
declare
  relation record;
begin
  for relation in
    select n.nspname, c.relname, case n.nspname
             when 'auth' then 'supabase_auth_admin'
             when 'storage' then 'supabase_storage_admin'
             else 'postgres'
           end as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('auth', 'storage', 'supabase_migrations') and c.relkind in ('r', 'p')
  loop
    execute format('alter table %I.%I owner to %I', relation.nspname, relation.relname, relation.owner);
  end loop;
end $$;

grant all on all tables in schema auth to postgres, service_role;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role; -- RLS decides there
