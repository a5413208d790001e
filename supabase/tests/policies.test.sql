-- The one form of a policy, which costs a set per statement where others cost a call or a subquery per row.
begin;
select plan(6);

create temp view our_policies as
select p.schemaname, p.tablename, p.policyname, p.permissive, p.roles, p.cmd, condition
from pg_policies p, unnest(array[p.qual, p.with_check]) as condition
where p.schemaname in ('public', 'private', 'storage') and condition is not null;

select is_empty(
  $$ select schemaname, tablename, policyname, roles from our_policies where roles <> '{authenticated}' $$,
  'every policy is for signed-in people alone'
);

-- Each comparison becomes T; nothing but T, and, or and brackets may be left. So whatever else calls a function or
-- has a subquery is seen: a bare auth.uid(), exists, in (select), or (select is_staff()), using (true).
select is_empty(
  $$ with comparisons (nr, form) as (values
       (1, '\w+ = ANY \(\( SELECT private\.brands_with\(''[a-z_.]+''::text\) AS brands_with\)::uuid\[\]\)'),
       (2, '\(storage\.foldername\(name\)\)\[1\] = ANY \(\(\( SELECT private\.brands_with\(''[a-z_.]+''::text\) AS brands_with\)\)::text\[\]\)'),
       (3, '\w+ = ANY \(ARRAY\( SELECT private\.tenants_with\(''[a-z_.]+''::text\) AS tenants_with\)\)'),
       (4, '\w+ = ANY \(ARRAY\( SELECT private\.\w+\(\) AS \w+\)\)'),
       (5, '\w+ = \( SELECT auth\.uid\(\) AS uid\)'),
       (6, '\w+ = ''[a-z_]+''::text'),
       (7, '\w+ IS (NOT )?NULL'))
     select schemaname, tablename, policyname, condition
     from our_policies
     where regexp_replace(
       regexp_replace(condition, (select string_agg(form, '|' order by nr) from comparisons), 'T', 'g'),
       '\m(T|AND|OR)\M|[() ]', '', 'g') <> '' $$,
  'every policy has the one form'
);

-- A plain column test says which rows of a set, never whose: null tenant_id is the catalogue, everyone''s.
select is_empty(
  $$ select schemaname, tablename, policyname, condition
     from our_policies
     where condition !~ '= ANY \((ARRAY\(|\(+ SELECT private\.brands_with)|= \( SELECT auth\.uid\(\)' $$,
  'every policy asks who the caller is'
);

select is_empty(
  $$ select tablename, policyname, asked.permission
     from our_policies,
       regexp_matches(condition, '(brands_with|tenants_with)\(''([a-z_.]+)''', 'g') as call,
       lateral (select call[1] as of, call[2] as permission) as asked
     where case asked.of
       when 'brands_with' then not exists (select from private.role_permissions r where r.permission = asked.permission)
       else not exists (select from private.tenant_role_permissions r where r.permission = asked.permission)
     end $$,
  'every permission that a policy asks for is in the matrix'
);

-- Two of them are evaluated both, row by row.
select is_empty(
  $$ select p.schemaname, p.tablename, command, count(*)
     from pg_policies p, unnest(case p.cmd when 'ALL' then '{SELECT,INSERT,UPDATE,DELETE}' else array[p.cmd] end) as command
     where p.schemaname in ('public', 'private', 'storage') and p.permissive = 'PERMISSIVE'
     group by 1, 2, 3 having count(*) > 1 $$,
  'one permissive policy a table and command'
);

select is_empty(
  $$ select c.oid::regclass, verb,
       has_table_privilege('authenticated', c.oid, verb)
         or verb <> 'DELETE' and has_any_column_privilege('authenticated', c.oid, verb) as granted
     from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as verb
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
       and (has_table_privilege('authenticated', c.oid, verb)
             or verb <> 'DELETE' and has_any_column_privilege('authenticated', c.oid, verb))
         <> exists (
           select from pg_policies p
           where (p.schemaname, p.tablename) = (c.relnamespace::regnamespace::text, c.relname) and p.cmd in (verb, 'ALL')) $$,
  'what is granted has a policy, and what has a policy is granted'
);

select * from finish();
rollback;
