-- What a plain Postgres lacks for migrations written for Supabase. Run by the superuser, before lite's own tables.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role supabase_auth_admin login noinherit createrole password 'postgres';
create role supabase_storage_admin login noinherit createrole password 'postgres';

-- Whom the API connects as. PostgREST, Auth and Storage have a login each on hosted Supabase; lite has one for
-- all three, so this one also owns what the latter two own. It is no superuser, there or here.
create role authenticator login noinherit password 'postgres';
grant anon, authenticated, service_role to authenticator with inherit false, set true;
grant supabase_auth_admin, supabase_storage_admin to authenticator with inherit true, set true;

-- Migrations, worker and seeder. Membership lets migrations put triggers on auth.users and policies on
-- storage.objects.
create role postgres login createdb createrole replication bypassrls password 'postgres';
grant anon, authenticated, service_role, authenticator, supabase_auth_admin, supabase_storage_admin
  to postgres with inherit true, set true;
grant pg_monitor, pg_signal_backend to postgres;
-- Hosted Supabase lets postgres set what PostgREST reads from its login.
grant authenticator to postgres with admin true;
grant set on parameter "pgrst.db_pre_request" to postgres;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
-- On the roles and not on the database: a database cloned from a template keeps these.
alter role postgres set search_path = "$user", public, extensions;
alter role authenticator set search_path = public, extensions;
