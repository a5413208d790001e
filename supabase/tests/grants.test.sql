-- Who reaches what, before any policy is asked.
begin;
select plan(6);

create temp view table_grants as
select c.oid, c.oid::regclass::text as name, c.relkind, g.grantee, g.column_name, g.privilege_type
from pg_class c
cross join lateral (
  select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as grantee, null as column_name, a.privilege_type
  from aclexplode(c.relacl) a where a.grantee <> c.relowner
  union all
  select case a.grantee when 0 then 'public' else a.grantee::regrole::text end, t.attname, a.privilege_type
  from pg_attribute t cross join lateral aclexplode(t.attacl) a
  where t.attrelid = c.oid and a.grantee <> c.relowner
) g
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace);

select is_empty(
  $$ select * from table_grants where grantee not in ('authenticated') $$,
  'nobody but signed-in people holds a grant on a table, a view or a sequence; the secret key''s role holds none'
);

select is_empty(
  $$ select * from table_grants where name like 'private.%' $$,
  'nothing private is granted to anyone'
);

-- Rows are written column by column, so that state, counters and digests stay out of reach.
select is_empty(
  $$ select * from table_grants
     where privilege_type not in ('SELECT', 'DELETE') and (column_name is null or privilege_type not in ('INSERT', 'UPDATE')) $$,
  'no table is granted whole for writing'
);

-- What a column holds is told by its name: nothing secret is readable, the digests people compare are not secret.
select is_empty(
  $$ select t.name, a.attname
     from (select distinct oid, name from table_grants) t
     join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where a.attname ~ '(^|_)(secret|token|token_hash|state_hash|code|wrapped_key|encrypted_value|iv|auth_tag|key_id|password|fingerprint|idempotency_key|memo|leased_by)$'
       and has_column_privilege('authenticated', t.oid, a.attnum, 'SELECT')
       and (t.name, a.attname) not in (
         -- a brand's short name; a code with a sentence; the provider's own name of an event
         ('brands', 'code'), ('media_assets', 'rejected_code'), ('oauth_states', 'failure_code'),
         ('publish_jobs', 'last_error_code'), ('publishing_logs', 'error_code'), ('webhook_events', 'idempotency_key')) $$,
  'no secret is readable'
);

-- What a migration forgets to grant is out of reach, and what it forgets to revoke too.
create table public.newcomer (id bigint generated always as identity primary key);
create function public.newcome() returns int language sql set search_path = '' as 'select 1';
select is_empty(
  $$ select role
     from unnest(array['anon', 'authenticated', 'service_role']) as role
     where has_table_privilege(role, 'public.newcomer', 'select, insert, update, delete, truncate, references, trigger')
        or has_sequence_privilege(role, 'public.newcomer_id_seq', 'usage, select, update')
        or has_function_privilege(role, 'public.newcome()', 'execute') $$,
  'a new table and a new function are granted to nobody'
);

select is_empty(
  $$ select role, namespace
     from unnest(array['anon', 'authenticated', 'service_role']) as role, unnest(array['public', 'private']) as namespace
     where has_schema_privilege(role, namespace, 'create') or (role, namespace) = ('anon', 'private') and has_schema_privilege(role, namespace, 'usage') $$,
  'no API role makes objects, and anonymous callers see nothing private'
);

select * from finish();
rollback;
