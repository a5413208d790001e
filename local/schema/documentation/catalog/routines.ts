import type { ISql } from 'postgres'

export type Routine = {
  schema: string
  name: string
  arguments: string
  result: string
  body: string
  comment: string | null
  /** API roles that may execute it. */
  callers: string[]
  /** Tables whose row types its arguments or its result have. */
  rowTypes: string[]
}

export type Trigger = {
  table: string
  name: string
  when: string
  /** `private.touch_updated_at` */
  routine: string
  comment: string | null
}

export async function readRoutines(sql: ISql): Promise<Routine[]> {
  return sql<Routine[]>`
    select n.nspname as schema, p.proname as name, pg_get_function_arguments(p.oid) as arguments,
      pg_get_function_result(p.oid) as result, p.prosrc as body, obj_description(p.oid, 'pg_proc') as comment,
      array(select r.rolname::text from pg_roles r
            where r.rolname in ('anon', 'authenticated', 'service_role') and has_function_privilege(r.oid, p.oid, 'execute')
            order by 1) as callers,
      array(select distinct tn.nspname || '.' || c.relname
            from unnest(p.proargtypes::oid[] || p.prorettype) as given (type)
            join pg_type t on t.oid = given.type
            join pg_class c on c.oid = t.typrelid and c.relkind = 'r'
            join pg_namespace tn on tn.oid = c.relnamespace
            order by 1) as "rowTypes"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and p.prokind = 'f'
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 2, 3`
}

export async function readTriggers(sql: ISql): Promise<Trigger[]> {
  return sql<Trigger[]>`
    select tn.nspname || '.' || c.relname as table, t.tgname as name, pg_get_triggerdef(t.oid) as when,
      fn.nspname || '.' || p.proname as routine, obj_description(p.oid, 'pg_proc') as comment
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid join pg_namespace tn on tn.oid = c.relnamespace
    join pg_proc p on p.oid = t.tgfoid join pg_namespace fn on fn.oid = p.pronamespace
    where not t.tgisinternal and fn.nspname in ('public', 'private')
    order by 1, 2`
}
