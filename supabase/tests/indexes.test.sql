-- An index for each way in, and none twice.
begin;
select plan(4);

-- indkey counts from 0; a slice of it counts from 1 again.
create temp view our_indexes as
select i.*, i.indexrelid::regclass::text as name, (i.indkey::int2[])[0 : i.indnkeyatts - 1] as key
from pg_index i join pg_class c on c.oid = i.indrelid
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace);

-- A deleted parent looks for its children by the key, of which those columns will do that name one parent alone: a
-- piece's id without its brand. Where a key is mostly null an index may leave the nulls out.
select is_empty(
  $$ select k.conrelid::regclass, k.conname
     from pg_constraint k
     where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not exists (
         select from our_indexes i, pg_index u,
           lateral (
             select array_agg(child) as columns
             from unnest(k.conkey, k.confkey) as pair (child, parent) where parent = any (u.indkey)
           ) as enough
         where u.indrelid = k.confrelid and u.indisunique and u.indpred is null and cardinality(enough.columns) = u.indnkeyatts
           and i.indrelid = k.conrelid and i.indisvalid
           and i.key[1 : u.indnkeyatts] @> enough.columns
           and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
             select format('(%I IS NOT NULL)', a.attname)
             from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)))) $$,
  'every foreign key has an index that its columns lead'
);

-- What a policy compares with a set or with the caller, and paths in the bucket. Other columns filter what that found.
select is_empty(
  $$ select distinct c.oid::regclass, a.attname
     from pg_policy p
     join pg_class c on c.oid = p.polrelid
     join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
       and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.refobjsubid > 0
     join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and a.atttypid = 'uuid'::regtype
       and not exists (select from our_indexes i where i.indrelid = c.oid and i.indisvalid and i.indpred is null and i.key[1] = a.attnum) $$,
  'every column by which a policy finds rows leads an index'
);

select is_empty(
  $$ select a.name, b.name
     from our_indexes a join our_indexes b on b.indrelid = a.indrelid and b.indexrelid > a.indexrelid
     where (a.indkey, a.indclass, a.indcollation, a.indoption, a.indnkeyatts)
         = (b.indkey, b.indclass, b.indcollation, b.indoption, b.indnkeyatts)
       and coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')
       and coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '') $$,
  'no index is there twice'
);

select is_empty(
  $$ select short.name, long.name
     from our_indexes short join our_indexes long on long.indrelid = short.indrelid and long.indexrelid <> short.indexrelid
     where not short.indisunique and short.indexprs is null and long.indexprs is null
       and long.indpred is null and short.indpred is null
       and short.indnkeyatts < long.indnkeyatts
       and long.key[1 : short.indnkeyatts] = short.key $$,
  'no index is the beginning of another'
);

select * from finish();
rollback;
