-- What every table of ours is.
begin;
select plan(6);

create temp view our_tables as
select c.oid, c.oid::regclass::text as name
from pg_class c
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p');

select is_empty(
  $$ select t.name from our_tables t join pg_class c on c.oid = t.oid where not c.relrowsecurity $$,
  'row security is on everywhere'
);

select is_empty(
  $$ select t.name from our_tables t where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p') $$,
  'every table has a primary key'
);

select is_empty(
  $$ select t.name from our_tables t where obj_description(t.oid, 'pg_class') is null $$,
  'every table says what it is'
);

-- A wall clock stands beside its zone; every other time is an instant.
select is_empty(
  $$ select t.name, a.attname
     from our_tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where a.atttypid in ('timestamp'::regtype, 'time'::regtype, 'timetz'::regtype)
       and (t.name, a.attname) not in (('content_versions', 'local_time'), ('scheduled_content', 'local_time')) $$,
  'every time is an instant, but the wall clocks of a plan'
);

-- content_items.platform is the old product's word for where a piece came from; nothing reads it.
-- A generated word has its vocabulary in its expression.
select is_empty(
  $$ select t.name, a.attname
     from our_tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where a.atttypid in ('text'::regtype, 'varchar'::regtype)
       and a.attname ~ '(^|_)(status|state|role|mode|kind|audience|priority|severity|platform|network|provider)$'
       and (t.name, a.attname) <> ('content_items', 'platform')
       and a.attgenerated = ''
       and not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'c' and a.attnum = any (k.conkey)) $$,
  'every vocabulary has a check'
);

select is_empty(
  $$ select t.name
     from our_tables t join pg_attribute a on a.attrelid = t.oid and a.attname = 'updated_at' and not a.attisdropped
     where not exists (
       select from pg_trigger g
       where g.tgrelid = t.oid and g.tgfoid = 'private.touch_updated_at'::regproc and g.tgenabled = 'O'
         -- before, for each row, on update
         and g.tgtype & 19 = 19)
       -- Append-only, so that updated_at is the plan's column alone.
       and not exists (
         select from pg_trigger g
         where g.tgrelid = t.oid and g.tgfoid = 'private.refuse_change'::regproc and g.tgtype & 19 = 19 and g.tgqual is null) $$,
  'whatever has an updated_at keeps it by trigger'
);

select * from finish();
rollback;
