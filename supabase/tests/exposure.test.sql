-- Ways around row security that a schema can have by accident.
begin;
select plan(4);

select is_empty(
  $$ select c.oid::regclass
     from pg_class c
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'v'
       and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false) $$,
  'every view reads as its reader, not as its owner'
);

select is_empty(
  $$ select c.oid::regclass, c.relkind
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('m', 'f') $$,
  'nothing without row security, as materialized views and foreign tables are, stands in public'
);

select is_empty(
  $$ select distinct w.ev_class::regclass
     from pg_depend d
     join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
     join pg_class c on c.oid = w.ev_class
     where d.refclassid = 'pg_class'::regclass and d.refobjid = 'auth.users'::regclass
       and c.relnamespace = 'public'::regnamespace $$,
  'no view shows auth.users'
);

select is_empty(
  $$ select e.extname from pg_extension e where e.extnamespace in ('public'::regnamespace, 'private'::regnamespace) $$,
  'no extension lives among our objects'
);

select * from finish();
rollback;
