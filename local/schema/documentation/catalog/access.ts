import type { ISql } from 'postgres'

export type Verb = 'select' | 'insert' | 'update' | 'delete'

export type Policy = {
  name: string
  verb: Verb | 'all'
  roles: string[]
  permissive: boolean
  /** Which rows there are for the caller; null where the verb has none to look at. */
  using: string | null
  /** What a written row must be; null where that is what `using` says. */
  check: string | null
}

export type Grant = { role: string; verb: Verb; columns: string[] }

export type RolePermission = { role: string; permission: string }

/** Of our tables, and of Storage's, where our policies guard the files. */
export async function readPolicies(sql: ISql) {
  return sql<(Policy & { table: string })[]>`
    select p.schemaname || '.' || p.tablename as table, p.policyname as name, lower(p.cmd) as verb,
      p.roles::text[] as roles, p.permissive = 'PERMISSIVE' as permissive, p.qual as using, p.with_check as check
    from pg_policies p
    where p.schemaname in ('public', 'private', 'storage')
    order by 1, array_position(array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], p.cmd), 2`
}

/** Which columns each API role may read and write, whether granted one by one or as a whole. */
export async function readGrants(sql: ISql) {
  return sql<(Grant & { table: string })[]>`
    select n.nspname || '.' || c.relname as table, r.rolname::text as role, v.verb,
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join (values ('select'), ('insert'), ('update'), ('delete')) as v (verb)
    join pg_roles r on r.rolname in ('anon', 'authenticated', 'service_role')
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')
      and case v.verb when 'delete' then has_table_privilege(r.oid, c.oid, 'delete')
          else has_column_privilege(r.oid, c.oid, a.attnum, v.verb) end
    group by 1, 2, 3
    order by 1, 2, array_position(array['select', 'insert', 'update', 'delete'], v.verb)`
}

export async function readBrandPermissions(sql: ISql) {
  return sql<RolePermission[]>`select role, permission from private.role_permissions order by 1, 2`
}

export async function readAgencyPermissions(sql: ISql) {
  return sql<RolePermission[]>`select role, permission from private.tenant_role_permissions order by 1, 2`
}
