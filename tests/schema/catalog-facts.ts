import type postgres from 'postgres'

/**
 * Everything a database's catalog says of its objects, each by a name and as text: what two databases with the
 * same schema agree on. Written apart from the export, so that what one forgets the other still sees; schemas of
 * Supabase and of the queue are in it, since a migration may reach into them.
 */
export async function catalogFacts(sql: postgres.Sql): Promise<Record<string, string>> {
  return sql.begin('read only', async (tx) => {
    await tx`set local search_path = ''`
    const named = await tx.unsafe<{ object: string; fact: string }[]>(
      `select object, fact from (${queries.join('\nunion all\n')}) facts (object, fact) order by object collate "C"`,
    )
    const twice = named.filter(({ object }, place) => object === named[place - 1]?.object)
    if (twice.length > 0)
      throw new Error(`Two facts have one name: ${twice.map(({ object }) => object).join('; ')}`)
    return Object.fromEntries(named.map(({ object, fact }) => [object, fact]))
  })
}

/** The CLI's history of migrations is what the two differ in. */
const schemas = `(select oid from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'supabase_migrations'))`

const sorted = (list: string) =>
  `(select string_agg(item::text, ' ' order by item::text collate "C") from unnest(${list}) item)`

const queries = [
  `select 'schema ' || nspname,
          concat_ws(' | ', nspowner::regrole, ${sorted(`coalesce(nspacl, acldefault('n', nspowner))`)}, obj_description(oid, 'pg_namespace'))
     from pg_namespace where oid in ${schemas}`,
  `select 'default privileges ' || concat_ws(' ', defaclrole::regrole, nullif(defaclnamespace, 0)::regnamespace, defaclobjtype),
          ${sorted('defaclacl')} from pg_default_acl`,
  `select 'extension ' || extname, concat_ws(' | ', extversion, extnamespace::regnamespace) from pg_extension`,
  `select 'relation ' || c.oid::regclass,
          concat_ws(' | ', relkind, relowner::regrole, relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
                    reloptions, case when relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
                    ${sorted(`coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))`)},
                    obj_description(c.oid, 'pg_class'))
     from pg_class c where relnamespace in ${schemas} and relkind <> 'i'`,
  `select format('column %s.%I', attrelid::regclass, attname),
          concat_ws(' | ', rank() over (partition by attrelid order by attnum), format_type(atttypid, atttypmod), attnotnull,
                    attidentity, attgenerated, pg_get_expr(adbin, adrelid), attcollation::regcollation, attstorage,
                    attcompression, attstattarget, attoptions, ${sorted('attacl')}, col_description(attrelid, attnum))
     from pg_attribute join pg_class c on c.oid = attrelid
     left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace in ${schemas} and relkind <> 'i' and attnum > 0 and not attisdropped`,
  `select format('constraint %I on %s', conname, conrelid::regclass),
          concat_ws(' | ', pg_get_constraintdef(k.oid), convalidated, connoinherit, conislocal, obj_description(k.oid, 'pg_constraint'))
     from pg_constraint k where connamespace in ${schemas} and conrelid <> 0`,
  `select 'index ' || indexrelid::regclass,
          concat_ws(' | ', pg_get_indexdef(indexrelid), indisprimary, indisvalid, indisclustered, indisreplident,
                    reloptions, obj_description(indexrelid, 'pg_class'))
     from pg_index join pg_class c on c.oid = indexrelid where relnamespace in ${schemas}`,
  `select format('trigger %I on %s', tgname, tgrelid::regclass),
          concat_ws(' | ', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger'))
     from pg_trigger t join pg_class c on c.oid = tgrelid where relnamespace in ${schemas} and not tgisinternal`,
  `select format('policy %I on %s', polname, polrelid::regclass),
          concat_ws(' | ', polcmd, polpermissive, ${sorted('polroles::regrole[]')},
                    'using ' || pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid),
                    obj_description(p.oid, 'pg_policy'))
     from pg_policy p join pg_class c on c.oid = polrelid where relnamespace in ${schemas}`,
  `select 'rule ' || concat_ws(' on ', quote_ident(rulename), ev_class::regclass), pg_get_ruledef(r.oid)
     from pg_rewrite r join pg_class c on c.oid = ev_class where relnamespace in ${schemas}`,
  `select 'function ' || p.oid::regprocedure,
          concat_ws(' | ', proowner::regrole, case when prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end,
                    ${sorted(`coalesce(proacl, acldefault('f', proowner))`)}, obj_description(p.oid, 'pg_proc'))
     from pg_proc p where pronamespace in ${schemas}`,
  `select 'type ' || t.oid::regtype,
          concat_ws(' | ', typtype, typowner::regrole, format_type(typbasetype, typtypmod), typnotnull, typdefault,
                    (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid),
                    (select string_agg(pg_get_constraintdef(oid), ', ' order by conname) from pg_constraint where contypid = t.oid),
                    ${sorted(`coalesce(typacl, acldefault('T', typowner))`)}, obj_description(t.oid, 'pg_type'))
     from pg_type t left join pg_class c on c.oid = typrelid
    where typnamespace in ${schemas} and (typrelid = 0 or relkind = 'c') and typcategory <> 'A'`,
  `select 'statistics ' || stxname, pg_get_statisticsobjdef(oid) from pg_statistic_ext where stxnamespace in ${schemas}`,
  `select 'event trigger ' || evtname, concat_ws(' | ', evtevent, evtfoid::regprocedure, evtenabled, evttags)
     from pg_event_trigger`,
  `select 'publication ' || pubname, concat_ws(' | ', puballtables, pubinsert, pubupdate, pubdelete,
          (select string_agg(prrelid::regclass::text, ', ' order by prrelid::regclass::text) from pg_publication_rel where prpubid = p.oid))
     from pg_publication p`,
  // Rows that migrations bring, without what chance and the clock put into them.
  `select format('row of private.role_permissions: %s %s', role, permission), '' from private.role_permissions`,
  `select format('row of private.tenant_role_permissions: %s %s', role, permission), ''
     from private.tenant_role_permissions`,
  `select format('row of private.ceilings: %s', name), most::text from private.ceilings`,
  `select format('row of public.connector_platforms: %s', platform_name),
          (to_jsonb(p) - '{id,created_at,updated_at}'::text[])::text from public.connector_platforms p`,
  `select format('row of storage.buckets: %s', id), (to_jsonb(b) - '{created_at,updated_at}'::text[])::text
     from storage.buckets b`,
]

/** One line for each fact that only one has, or that reads otherwise in the other: name, before, after. */
export function factsThatDiffer(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: was ${before[name] ?? '(nothing)'}; is ${after[name] ?? '(nothing)'}`)
}
