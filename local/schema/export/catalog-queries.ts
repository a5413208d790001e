/** Grants of an access list to others than the owner; `list` is an expression of type aclitem[]. */
const grantsOf = (list: string, columns = 'null') => `
  coalesce((select json_agg(json_build_object(
              'role', case when g.grantee = 0 then 'public' else g.grantee::regrole::text end,
              'privilege', lower(g.privilege_type), 'columns', ${columns})
            order by g.grantee::regrole::text collate "C", g.privilege_type collate "C")
     from aclexplode(${list}) g where g.grantee <> g.grantor), '[]'::json)`

/** Our functions that an object was recorded as depending on. */
const callsOf = (catalog: string, oid: string) => `
  'functions', coalesce((select json_agg(distinct called.oid::regprocedure::text)
     from pg_depend d join pg_proc called on called.oid = d.refobjid
    where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.refclassid = 'pg_proc'::regclass
      and called.pronamespace in (select oid from ours)), '[]'::json)`

/** These, and our other tables that it depends on. */
const dependsOn = (catalog: string, oid: string) => `${callsOf(catalog, oid)},
  'tables', coalesce((select json_agg(distinct read.oid::regclass::text)
     from pg_depend d join pg_class read on read.oid = d.refobjid
    where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.refclassid = 'pg_class'::regclass
      and read.oid <> c.oid and read.relkind = 'r' and read.relnamespace in (select oid from ours)), '[]'::json)`

const ours = `ours as (select oid from pg_namespace where nspname in ('public', 'private'))`

export const schemasQuery = `
  select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment, ${grantsOf('n.nspacl')} as grants
    from pg_namespace n
   where n.nspname = 'private'`

const columns = `
  select json_agg(json_build_object(
           'name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
           'default', pg_get_expr(e.adbin, e.adrelid, true), 'generated', a.attgenerated = 's',
           'comment', col_description(c.oid, a.attnum), ${callsOf('pg_attrdef', 'e.oid')}) order by a.attnum)
    from pg_attribute a left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

const constraints = `
  select json_agg(json_build_object(
           'name', quote_ident(k.conname), 'kind', k.contype, 'definition', pg_get_constraintdef(k.oid, true),
           'comment', obj_description(k.oid, 'pg_constraint'), ${dependsOn('pg_constraint', 'k.oid')})
         order by k.conname collate "C")
    from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')`

const indexes = `
  select json_agg(json_build_object(
           'name', quote_ident(i.relname), 'definition', pg_get_indexdef(i.oid, 0, true),
           'comment', obj_description(i.oid, 'pg_class'), ${dependsOn('pg_class', 'i.oid')})
         order by i.relname collate "C")
    from pg_index x join pg_class i on i.oid = x.indexrelid
   where x.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))`

const triggers = `
  select json_agg(json_build_object(
           'name', quote_ident(t.tgname), 'definition', pg_get_triggerdef(t.oid, true),
           'comment', obj_description(t.oid, 'pg_trigger'), ${dependsOn('pg_trigger', 't.oid')})
         order by t.tgname collate "C")
    from pg_trigger t join pg_proc f on f.oid = t.tgfoid
   where t.tgrelid = c.oid and not t.tgisinternal and f.pronamespace in (select oid from ours)`

const policies = `
  select json_agg(json_build_object(
           'name', quote_ident(p.polname), 'permissive', p.polpermissive,
           'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
           'roles', (select json_agg(case when r = 0 then 'public' else r::regrole::text end order by r::regrole::text collate "C") from unnest(p.polroles) r),
           'using', pg_get_expr(p.polqual, p.polrelid, true), 'check', pg_get_expr(p.polwithcheck, p.polrelid, true),
           'comment', obj_description(p.oid, 'pg_policy'), ${dependsOn('pg_policy', 'p.oid')})
         order by p.polname collate "C")
    from pg_policy p where p.polrelid = c.oid`

// Grants on columns come one row a column and privilege; they are gathered by role and privilege.
const columnGrants = `
  select coalesce(json_agg(json_build_object('role', role, 'privilege', privilege, 'columns', names)
                  order by role collate "C", privilege collate "C"), '[]'::json)
    from (select g.grantee::regrole::text as role, lower(g.privilege_type) as privilege,
                 json_agg(quote_ident(a.attname) order by a.attnum) as names
            from pg_attribute a, aclexplode(a.attacl) g
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           group by 1, 2) gathered`

export const tablesQuery = `
  with ${ours}
  select c.oid::regclass::text as name, o.oid is not null as ours, c.relrowsecurity as "rowSecurity",
         obj_description(c.oid, 'pg_class') as comment,
         case when o.oid is null then '[]'::json else (${columns}) end as columns,
         case when o.oid is null then '[]'::json else coalesce((${constraints}), '[]'::json) end as constraints,
         case when o.oid is null then '[]'::json else coalesce((${indexes}), '[]'::json) end as indexes,
         coalesce((${triggers}), '[]'::json) as triggers,
         coalesce((${policies}), '[]'::json) as policies,
         case when o.oid is null then '[]'::json else
           (select coalesce(json_agg(g), '[]'::json) from (select json_array_elements(${grantsOf('c.relacl')}) union all
                                     select json_array_elements((${columnGrants}))) granted (g)) end as grants
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join ours o on o.oid = n.oid
   where c.relkind = 'r' and (o.oid is not null or n.nspname in ('auth', 'storage'))
   order by c.oid::regclass::text collate "C"`

export const functionsQuery = `
  with ${ours}
  select p.oid::regprocedure::text as signature, format('%I.%I', n.nspname, p.proname) as name,
         pg_get_functiondef(p.oid) as definition, p.prosrc as body, obj_description(p.oid, 'pg_proc') as comment,
         ${grantsOf(`coalesce(p.proacl, acldefault('f', p.proowner))`)} as grants,
         coalesce((select json_agg(distinct r.oid::regclass::text)
            from unnest(array_append(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.prorettype)) a (type)
            join pg_type t on t.oid = a.type left join pg_type e on e.oid = t.typelem
            join pg_class r on r.oid in (t.typrelid, e.typrelid) and r.relkind = 'r'), '[]'::json) as "rowTypes",
         coalesce((select json_agg(distinct t.tgrelid::regclass::text) from pg_trigger t where t.tgfoid = p.oid), '[]'::json) as "firedBy"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where p.pronamespace in (select oid from ours)
   order by p.oid::regprocedure::text collate "C"`
