import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { Vault } from '#lib/connections/secrets.ts'

export type Desk = { ownerId: string; tenantId: string; brandId: string; connectionIds: string[] }

/** An agency whose posts need nobody's yes, with so many accounts, each with a sealed token. */
export async function foundDesk(sql: postgres.Sql, vault: Vault, accounts: number): Promise<Desk> {
  const ownerId = randomUUID()
  await sql`
    insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data)
    values (${ownerId}, ${`${ownerId}@halyard.example`}, now(), '{"full_name": "Ines Duarte"}')`
  const made = await asOwner(sql, ownerId, async (db) => {
    const [tenant] = await db`select id from public.create_tenant('Halyard Studio')`
    const [brand] = await db`
      select id from public.create_brand(${tenant?.id}, 'Oat & Ember', 'Europe/London', 'none')`
    return { tenantId: String(tenant?.id), brandId: String(brand?.id) }
  })
  const connections = await sql<{ id: string }[]>`
    insert into public.connections (tenant_id, brand_id, platform_id, platform, network, platform_user_id,
      platform_account_id, display_name)
    select ${made.tenantId}, ${made.brandId}, p.id, 'meta', 'facebook', 'person', 'page ' || n, 'Page ' || n
    from generate_series(1, ${accounts}) n, public.connector_platforms p
    where p.platform_name = 'meta' and p.tenant_id is null returning id`
  for (const { id } of connections) {
    const binding = {
      tenantId: made.tenantId,
      connectionId: id,
      secretType: 'access_token' as const,
      version: 1,
    }
    const sealed = vault.seal('a token as long as one of theirs is, which opens nothing', binding)
    await sql`
      insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key,
        encrypted_value, iv, auth_tag)
      values (${made.tenantId}, ${id}, 'access_token', 'access_token', 1, ${sealed.keyId}, ${sealed.wrappedKey},
        ${sealed.encryptedValue}, ${sealed.iv}, ${sealed.authTag})`
  }
  return { ownerId, ...made, connectionIds: connections.map(({ id }) => id) }
}

/** So many approved posts, one account each in turn, all due at one instant that lies ahead. */
export async function schedulePosts(
  sql: postgres.Sql,
  { ownerId, brandId, connectionIds }: Desk,
  { count, inMs }: { count: number; inMs: number },
): Promise<{ jobIds: string[]; dueAt: Date }> {
  const postIds = await asOwner(sql, ownerId, async (db) => {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const channels = JSON.stringify([{ connection_id: connectionIds[n % connectionIds.length] }])
      const [post] = await db`
        select id, revision from public.create_post(${brandId}, 'A post', ${`Body ${n} ${randomUUID()}`}, null, null,
          '{}'::uuid[], ${channels}::text::jsonb)`
      await db`select id from public.submit_post(${post?.id}, ${post?.revision})`
      await db`select id from public.publish_now(${post?.id})`
      ids.push(String(post?.id))
    }
    // Nobody claims one before all are there: until the commit they are not to be seen.
    return ids
  })
  const jobs = await sql.begin(async (db) => {
    const moved = await db<{ id: string; due_at: Date }[]>`
      update public.publish_jobs set scheduled_for = now() + make_interval(secs => ${inMs / 1000})
      where content_id = any (${postIds}) returning id, scheduled_for as due_at`
    await db`
      select private.wake_to_send(j) from public.publish_jobs j where j.content_id = any (${postIds})`
    return moved
  })
  const dueAt = jobs[0]?.due_at
  if (!dueAt) throw new Error('no jobs')
  return { jobIds: jobs.map(({ id }) => id), dueAt }
}

/** Copies of one job: waiting for a time far ahead, or published long ago. Their posts are copies in name alone. */
export async function fillJobs(
  superuser: postgres.Sql,
  { count, finished }: { count: number; finished: boolean },
): Promise<void> {
  await superuser.begin(async (db) => {
    await db`set local session_replication_role = replica`
    const columns = await db<{ name: string }[]>`
      select quote_ident(attname) as name from pg_attribute
      where attrelid = 'public.publish_jobs'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`
    const changed: Record<string, string> = {
      id: 'gen_random_uuid()',
      content_id: 'gen_random_uuid()',
      idempotency_key: 'gen_random_uuid()',
      channel_id: 'null',
      connection_id:
        '(array(select id from public.connections order by id))[1 + n % (select count(*) from public.connections)]',
      status: finished ? `'published'` : `'scheduled'`,
      platform_post_id: finished ? `'old ' || n` : 'null',
      published_at: finished ? `now() - interval '3 days' - n * interval '1 second'` : 'null',
      scheduled_for: finished
        ? `now() - interval '3 days' - n * interval '1 second'`
        : `now() + interval '2 days' + n * interval '1 second'`,
      replays: 'null',
    }
    const list = columns.map(({ name }) => name)
    await db.unsafe(
      `insert into public.publish_jobs (${list.join(', ')})
       select ${list.map((name) => changed[name] ?? `one.${name}`).join(', ')}
       from (select * from public.publish_jobs where status in ('published', 'scheduled') order by created_at limit 1) one,
         generate_series(1, ${count}) n`,
    )
    if (!finished) {
      await db`
        insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, key)
        select t.id, json_build_object('job_id', j.id), j.scheduled_for, 25, 'publish:' || j.id
        from public.publish_jobs j, graphile_worker._private_tasks t
        where t.identifier = 'publish_post' and j.status = 'scheduled' and j.scheduled_for > now() + interval '1 day'`
    }
  })
  await superuser`vacuum analyze public.publish_jobs`
  await superuser`vacuum analyze graphile_worker._private_jobs`
}

export async function asOwner<T>(
  sql: postgres.Sql,
  ownerId: string,
  act: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    const claims = JSON.stringify({ sub: ownerId, role: 'authenticated' })
    await transaction`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
    // It answers queries as the connection does.
    return act(transaction as unknown as postgres.Sql)
  })
  return result as T
}
