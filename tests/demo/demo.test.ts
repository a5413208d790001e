import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { throughGateway } from '#lib/platforms/http.ts'
import { demoLogins } from '#local/demo/logins.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { newClient } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'
import { workerEnvironment } from '#tests/support/worker.ts'

/** The seeder in a process of its own, as `npm start` runs it. */
function tellStory(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['local/demo/seed.ts'], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
      child.emit('said')
    })
  }
  return {
    async killOnceItSays(words: string) {
      while (!said.includes(words)) await once(child, 'said')
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async toItsEnd() {
      const [code] = await once(child, 'exit')
      return { code, said }
    },
  }
}

test('a story that broke off is told again from its beginning', { timeout: 120_000 }, async ({
  backend,
  sandbox,
  db,
}) => {
  const environment = workerEnvironment(backend, sandbox.url)
  await tellStory(environment).killOnceItSays('Pages connected')
  const { code, said } = await tellStory(environment).toItsEnd()

  expect(code, said).toBe(0)
  expect(said).toContain('An earlier run broke off. Starting over.')
  const [counts] = await db`
    select (select count(*)::int from public.tenants) as tenants, (select count(*)::int from auth.users) as people,
      (select count(*)::int from public.media_assets where status in ('active', 'archived')) as pictures,
      (select count(*)::int from storage.objects) as files`
  expect(counts).toMatchObject({ tenants: 1, people: demoLogins.length })
  expect(counts?.files).toBe(counts?.pictures)
})

test('every state that a post can be in is there to be looked at', async ({ db }) => {
  const [states] = await db`
    select
      (select array_agg(distinct status order by status) from public.content_items) as posts,
      (select array_agg(distinct status::text order by status::text) from public.publish_jobs) as jobs,
      (select array_agg(distinct mode order by mode) from public.workflow_templates) as modes,
      (select array_agg(distinct role::text order by role::text) from public.brand_members) as roles,
      exists (select from public.content_items where held_at is not null) as held,
      exists (select from public.audit_logs where action = 'post.approval_voided') as voided,
      exists (select from public.brand_invitations where status = 'pending' and expires_at < now()) as expired,
      exists (select from public.brand_invitations where status = 'pending' and expires_at > now()) as invited,
      exists (select from public.publish_jobs where status = 'published' and replays is not null) as retried,
      exists (select from public.workflow_notifications n join public.tenant_members m using (user_id)
              where m.role = 'owner' and n.read_at is null) as unread`
  expect(states).toEqual({
    posts: [
      'approved',
      'archived',
      'changes_requested',
      'draft',
      'failed',
      'pending_review',
      'published',
      'publishing',
      'scheduled',
    ],
    jobs: ['cancelled', 'dlq', 'failed', 'outcome_unknown', 'paused', 'published', 'scheduled'],
    modes: ['client', 'internal', 'internal_client'],
    roles: ['admin', 'analyst', 'client_approver', 'client_viewer', 'creator', 'manager', 'member', 'owner'],
    held: true,
    voided: true,
    expired: true,
    invited: true,
    retried: true,
    unread: true,
  })
})

test('what was published stands on the network once, where its link leads', async ({ db, sandbox }) => {
  const jobs = await db<{ permalink: string }[]>`
    select permalink from public.publish_jobs where status = 'published'`
  expect(jobs.length).toBeGreaterThan(30)
  for (const { permalink } of jobs) {
    const response = await fetch(throughGateway(permalink, sandbox.url))
    expect(await response.text()).toContain('Sent once')
  }
})

test('everyone of the table of logins can sign in', async ({ api }) => {
  for (const { name, email, password } of demoLogins) {
    const { error } = await newClient(api).auth.signInWithPassword({ email, password })
    expect(error, name).toBeNull()
  }
})

test('a second run finds the agency there and changes nothing', async ({ backend, sandbox, db }) => {
  const [before] = await db`select max(seq) as entries from public.audit_logs`
  const { code, said } = await tellStory(workerEnvironment(backend, sandbox.url)).toItsEnd()
  expect(code, said).toBe(0)
  expect(said).toContain('is there already')
  expect((await db`select max(seq) as entries from public.audit_logs`)[0]).toEqual(before)
})

test('the seeder refuses to work beside a running worker', async ({
  backend,
  sandbox,
  db,
  startWorker,
  service,
}) => {
  const [founder] = await db<
    { id: string }[]
  >`select user_id as id from public.tenant_members where role = 'owner'`
  await service.auth.admin.updateUserById(founder?.id ?? '', { app_metadata: { demo_story: 'begun' } })
  await startWorker()
  await expect
    .poll(() => db`select from private.worker_heartbeats where beat_at > now() - interval '5 seconds'`)
    .toHaveLength(1)
  const { code, said } = await tellStory(workerEnvironment(backend, sandbox.url)).toItsEnd()
  expect(code).toBe(1)
  expect(said).toContain('A worker is running.')
})
