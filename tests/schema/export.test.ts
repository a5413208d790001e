import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { withThrowawayDatabase } from '#local/api/database/throwaway.ts'
import { exportSchema } from '#local/schema/export/files.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { expect, test as plainTest } from '#tests/support/test.ts'
import { catalogFacts, factsThatDiffer } from './catalog-facts.ts'

const folder = path.join(projectFolder, 'supabase/schema')

/** Each changes one thing, and this is the name under which the comparison must report it. */
const changes = {
  'schema private': 'grant usage on schema private to anon',
  'default privileges postgres f': 'alter default privileges grant execute on functions to anon',
  'relation public.brands': 'alter table public.brands disable row level security',
  'relation public.tenants': 'grant delete on public.tenants to service_role',
  'relation public.profiles': `comment on table public.profiles is 'Someone.'`,
  'column public.brands.slug':
    'revoke update (slug), insert (slug) on public.brands from authenticated; grant update (slug) on public.brands to authenticated',
  'column public.brands.industry': `comment on column public.brands.industry is 'What they do.'`,
  'column public.brands.self_approval': 'alter table public.brands alter self_approval set default true',
  'column public.tenants.plan': 'alter table public.tenants alter plan drop not null',
  'constraint storage_quotas_used_bytes_check on public.storage_quotas':
    'alter table public.storage_quotas drop constraint storage_quotas_used_bytes_check',
  'constraint media_usage_logs_brand_id_fkey on public.media_usage_logs': `
    alter table public.media_usage_logs drop constraint media_usage_logs_brand_id_fkey;
    alter table public.media_usage_logs add constraint media_usage_logs_brand_id_fkey foreign key (brand_id) references public.brands`,
  'index public.brands_created_by_idx': 'drop index public.brands_created_by_idx',
  'trigger touch on public.brands': 'alter table public.brands disable trigger touch',
  'trigger create_profile on auth.users': 'drop trigger create_profile on auth.users',
  'policy "members with content.view" on public.content_items':
    'alter policy "members with content.view" on public.content_items using (true)',
  'policy "media: everything" on storage.objects':
    'create policy "media: everything" on storage.objects for select using (true)',
  'function private.can(uuid,text)': 'alter function private.can(uuid, text) security invoker',
  'function public.create_tenant(text)': 'grant execute on function public.create_tenant(text) to anon',
  'function private.deletion_grace()': `
    create or replace function private.deletion_grace() returns interval
    language sql immutable set search_path = '' as $$ select interval '0 days' $$`,
  'row of private.role_permissions: client_viewer brand.delete': `insert into private.role_permissions (role, permission) values ('client_viewer', 'brand.delete')`,
  'row of public.connector_platforms: tiktok': `update public.connector_platforms set is_enabled = true where platform_name = 'tiktok'`,
  'row of storage.buckets: media': 'update storage.buckets set public = true',
}

/** What nobody has told the export about yet: it refuses, and says what it met. */
const strangers = [
  {
    make: 'create view public.names as select name from public.tenants',
    unmake: 'drop view public.names',
    refusal: 'relation public.names of kind v',
  },
  {
    make: 'create table public.strays (id int)',
    unmake: 'drop table public.strays',
    refusal: 'public.strays is in no category',
  },
  {
    make: `create function private.nothing() returns int language sql return 1`,
    unmake: 'drop function private.nothing()',
    refusal: 'private.nothing() is about no table',
  },
  {
    make: `insert into public.tenants (name) values ('Halyard')`,
    unmake: 'delete from public.tenants',
    refusal: 'left rows in public.tenants',
  },
  {
    make: 'alter table public.tenants alter name set statistics 500',
    unmake: 'alter table public.tenants alter name set statistics -1',
    refusal: 'statistics or compression of public.tenants.name',
  },
]

async function refusalsOf(sql: postgres.Sql): Promise<string[]> {
  const refusals: string[] = []
  for (const { make, unmake } of strangers) {
    await sql.unsafe(make)
    refusals.push(
      await exportSchema(sql).then(
        () => 'exported',
        (error: Error) => error.message,
      ),
    )
    await sql.unsafe(unmake)
  }
  return refusals
}

/** What a database becomes that saw no migration, only the five files in order; and then the changes above. */
/* biome-ignore-start lint/correctness/noEmptyPattern: vitest reads what a fixture needs from this pattern */
const test = plainTest.extend('reloaded', { scope: 'file' }, async ({}) =>
  withThrowawayDatabase(async (ownerUrl) => {
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
    try {
      for (const content of Object.values(await committedFiles())) await sql.unsafe(content)
      const facts = await catalogFacts(sql)
      const files = Object.fromEntries(await exportSchema(sql))
      const refusals = await refusalsOf(sql)
      for (const change of Object.values(changes)) await sql.unsafe(change)
      return { facts, files, refusals, factsAfterChanges: await catalogFacts(sql) }
    } finally {
      await sql.end()
    }
  }),
)
/* biome-ignore-end lint/correctness/noEmptyPattern: as above */

async function committedFiles(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')])),
  )
}

test('the five files are those of the migrations (npm run db:export)', async ({ db }) => {
  expect(await committedFiles()).toEqual(Object.fromEntries(await exportSchema(db)))
})

test('the five files alone make the schema that the migrations make', async ({ db, reloaded }) => {
  const migrated = await catalogFacts(db)
  expect(factsThatDiffer(migrated, reloaded.facts)).toEqual([])
  console.info(`${Object.keys(migrated).length} facts of the catalog compared.`)
})

test('what they make is exported to the same bytes', async ({ reloaded }) => {
  expect(reloaded.files).toEqual(await committedFiles())
})

test('the comparison names each thing that is changed, and nothing else', async ({ reloaded }) => {
  const named = factsThatDiffer(reloaded.facts, reloaded.factsAfterChanges).map(
    (line) => line.split(': was ')[0],
  )
  expect(named).toEqual(Object.keys(changes).sort())
})

test('what the export cannot write yet it refuses by name', async ({ reloaded }) => {
  expect(reloaded.refusals).toEqual(strangers.map(({ refusal }) => expect.stringContaining(refusal)))
})
