import { supabaseCli } from '#local/api/database/supabase-cli.ts'
import { expect, test } from '#tests/support/test.ts'

const ours = ['public', 'private', 'storage']

/**
 * What the advisors may say, each with why it stays. `unused_index` is left out whole: it fires on every database
 * that nobody has used yet; tests/schema/plans.test.ts sees which indexes reads take.
 */
const allowed: Record<string, string> = {
  'rls_enabled_no_policy public.encrypted_secrets': 'sealed tokens: granted to no role of the API',
  'rls_enabled_no_policy public.outbound_emails': 'the worker alone writes and reads mails',
  'rls_enabled_no_policy private.audit_heads': 'the ends of the audit chains: functions alone',
  'rls_enabled_no_policy private.brands_of_people': 'read by private.brands_with() alone',
  'rls_enabled_no_policy private.connection_upkeep': 'the worker alone',
  'rls_enabled_no_policy private.link_tokens': 'hashes of mailed links: functions alone',
  'rls_enabled_no_policy private.rate_buckets': 'calls counted by the worker alone',
  'rls_enabled_no_policy private.role_permissions': 'shown by public.role_permissions() alone',
  'rls_enabled_no_policy private.searched_posts': 'what public.search_posts() reads for the caller',
  'rls_enabled_no_policy private.ceilings': 'read by private.ceiling() alone',
  'rls_enabled_no_policy private.tenant_role_permissions': 'read by private.tenants_with() alone',
  'rls_enabled_no_policy private.worker_heartbeats': 'the worker alone',
  'unindexed_foreign_keys public.publish_jobs.publish_jobs_content_id_brand_id_fkey':
    'a piece’s id is unique without its brand, and leads an index',
  'unindexed_foreign_keys public.publish_jobs.publish_jobs_content_id_version_brand_id_fkey':
    'a piece’s version is unique without its brand, and leads an index',
}

test('the Supabase advisors say what the list allows, and nothing else', { timeout: 60_000 }, async ({
  backend,
}) => {
  expect(await advice(backend.databaseUrl)).toEqual(Object.keys(allowed).sort())
})

test('the advisors see a table without row security and a key without index', { timeout: 60_000 }, async ({
  backend,
  db,
}) => {
  await db`create table public.loose (id uuid primary key, brand_id uuid references public.brands)`
  await db`grant select on public.loose to authenticated`
  const found = await advice(backend.databaseUrl)
  await db`drop table public.loose`
  expect(found).toEqual(
    expect.arrayContaining([
      'rls_disabled_in_public public.loose',
      'unindexed_foreign_keys public.loose.loose_brand_id_fkey',
    ]),
  )
})

type Finding = { name: string; metadata: { schema?: string; name?: string; fkey_name?: string } }

async function advice(databaseUrl: string): Promise<string[]> {
  const output = await supabaseCli([
    'db',
    'advisors',
    `--remote=${databaseUrl}`,
    '--type=all',
    '--level=info',
    '--output-format=json',
  ])
  const { results } = JSON.parse(output) as { results: Finding[] }
  return results
    .filter(({ name, metadata }) => name !== 'unused_index' && ours.includes(metadata.schema ?? ''))
    .map(
      ({ name, metadata: { schema, name: of, fkey_name: key } }) =>
        `${name} ${[schema, of, key].filter(Boolean).join('.')}`,
    )
    .sort()
}
