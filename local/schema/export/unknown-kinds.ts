import type postgres from 'postgres'

/**
 * Throws, naming it, for anything of ours that the export cannot write yet. Silence would be a table, a rule or
 * a grant that the five files lack.
 */
export async function refuseUnknownKinds(sql: postgres.TransactionSql): Promise<void> {
  const found = await sql<{ what: string }[]>`
    with ours as (select oid from pg_namespace where nspname in ('public', 'private'))
    select format('relation %s of kind %s', c.oid::regclass, c.relkind) as what
      from pg_class c where c.relnamespace in (select oid from ours) and c.relkind not in ('r', 'i')
    union all
    select format('options, inheritance, unlogged storage or forced row security of %s', c.oid::regclass)
      from pg_class c where c.relnamespace in (select oid from ours) and c.relkind = 'r'
       and (c.reloptions is not null or c.relhassubclass or c.relispartition or c.relpersistence <> 'p'
            or c.relforcerowsecurity or c.relhasrules or c.relreplident not in ('d', 'n'))
    union all
    select format('identity, collation, statistics or compression of %s.%I', c.oid::regclass, a.attname)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
     where c.relnamespace in (select oid from ours) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and (a.attidentity <> '' or a.attcompression <> '' or a.attstattarget >= 0
            or a.attstorage <> t.typstorage or a.attcollation <> t.typcollation)
    union all
    select format('type %s', t.oid::regtype)
      from pg_type t left join pg_class c on c.oid = t.typrelid
     where t.typnamespace in (select oid from ours) and t.typelem = 0 and coalesce(c.relkind <> 'r', true)
    union all
    select format('procedure or aggregate %s', p.oid::regprocedure)
      from pg_proc p where p.pronamespace in (select oid from ours) and p.prokind <> 'f'
    union all
    select format('statistics %I', s.stxname) from pg_statistic_ext s where s.stxnamespace in (select oid from ours)
    union all
    select format('operator %s', o.oid::regoperator) from pg_operator o where o.oprnamespace in (select oid from ours)
    union all
    select format('constraint %I of %s, which is not validated', k.conname, k.conrelid::regclass)
      from pg_constraint k where k.connamespace in (select oid from ours) and not k.convalidated
    union all
    select format('trigger %I of %s, which is not simply enabled', t.tgname, t.tgrelid::regclass)
      from pg_trigger t where t.tgenabled <> 'O'
    union all
    select format('a right to grant further on %s', c.oid::regclass)
      from pg_class c, aclexplode(c.relacl) g
     where c.relnamespace in (select oid from ours) and g.is_grantable and g.grantee <> c.relowner
    union all
    select format('an owner of %s other than %I', c.oid::regclass, current_user)
      from pg_class c where c.relnamespace in (select oid from ours) and c.relowner <> current_user::regrole
    union all
    select format('an owner of %s other than %I', p.oid::regprocedure, current_user)
      from pg_proc p where p.pronamespace in (select oid from ours) and p.proowner <> current_user::regrole
    union all
    select format('a default privilege of %s', d.defaclrole::regrole)
      from pg_default_acl d
     where d.defaclnamespace <> 0 or d.defaclobjtype <> 'f' or d.defaclacl <> array[makeaclitem(d.defaclrole, d.defaclrole, 'EXECUTE', false)]
    order by what`
  if (found.length > 0) {
    throw new Error(
      `The export cannot write these yet:\n${found.map(({ what }) => `- ${what}`).join('\n')}\nTeach local/schema/export, then try again.`,
    )
  }
}
