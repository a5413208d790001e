import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { describe } from 'vitest'
import { createVault, parseSecretsKeys, type SecretBinding } from '#lib/connections/secrets.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { until } from '#tests/support/until.ts'
import { createRotation } from '#worker/records/rotation.ts'
import { rotateSecrets } from '#worker/secrets/rotate.ts'
import { type Engine, expect, type Page, test } from './engine.ts'

/** docs/operate/secrets.md: SECRETS_COUNT=100000 for the long form. */
const COUNT = Number(process.env.SECRETS_COUNT ?? 2_000)
const LONG_MS = 30_000 + COUNT * 3

const newKey = () => `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`
const vaultOf = (keys: string) => createVault(parseSecretsKeys(keys))
const idOf = (key: string) => key.slice(0, key.indexOf(':'))

/** Secrets that nobody calls with, sealed as the worker seals them. */
async function fill(engine: Engine, { connectionId }: Page, count: number, keys: string) {
  const vault = vaultOf(keys)
  const [row] = await engine.sql<{ tenantId: string; last: number }[]>`
    select tenant_id as "tenantId", coalesce((select max(s.version) from public.encrypted_secrets s
      where s.connection_id = n.id and s.secret_type = 'webhook_secret'), 0) as last
    from public.connections n where id = ${connectionId}`
  if (!row) throw new Error('no connection')
  for (let from = 0; from < count; from += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, count - from) }, (_, n) => {
      const version = row.last + from + n + 1
      const binding: SecretBinding = {
        tenantId: row.tenantId,
        connectionId,
        secretType: 'webhook_secret',
        version,
      }
      const sealed = vault.seal(`whsec_${version}`, binding)
      return {
        tenant_id: row.tenantId,
        connection_id: connectionId,
        secret_type: 'webhook_secret',
        secret_name: 'filling',
        version,
        key_id: sealed.keyId,
        wrapped_key: sealed.wrappedKey,
        encrypted_value: sealed.encryptedValue,
        iv: sealed.iv,
        auth_tag: sealed.authTag,
      }
    })
    await engine.sql`
      insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag)
      select * from jsonb_to_recordset(${engine.sql.json(rows)}) as r (tenant_id uuid, connection_id uuid, secret_type text, secret_name text,
        version int, key_id text, wrapped_key text, encrypted_value text, iv text, auth_tag text)`
  }
}

/** Opens every secret there is. @returns how many, or throws at the first that does not */
async function openAll(engine: Engine, keys: string): Promise<number> {
  const vault = vaultOf(keys)
  let opened = 0
  const rows = engine.sql`
    select tenant_id as "tenantId", connection_id as "connectionId", secret_type as "secretType", version,
      key_id as "keyId", wrapped_key as "wrappedKey", encrypted_value as "encryptedValue", iv, auth_tag as "authTag"
    from public.encrypted_secrets`
  await rows.cursor(2_000, (batch) => {
    for (const {
      keyId,
      wrappedKey,
      encryptedValue,
      iv,
      authTag,
      tenantId,
      connectionId,
      secretType,
      version,
    } of batch) {
      vault.open(
        { keyId, wrappedKey, encryptedValue, iv, authTag },
        { tenantId, connectionId, secretType, version },
      )
      opened++
    }
  })
  return opened
}

async function under(engine: Engine, key: string): Promise<number> {
  const counts = await createRotation(engine.sql).countByKey()
  return counts.find(({ keyId }) => keyId === idOf(key))?.secrets ?? 0
}

/** The command itself, in a process of its own. */
function command(engine: Engine, keys: string, ...flags: string[]) {
  const child = spawn(process.execPath, ['worker/secrets/main.ts', ...flags], {
    cwd: projectFolder,
    env: { ...process.env, DATABASE_URL: engine.environment.DATABASE_URL, SECRETS_KEYS: keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code, said }))
  return { ended, kill: () => child.kill('SIGKILL') }
}

/** Workers that other tests killed count as living for ten seconds. */
async function forgetWorkers(engine: Engine) {
  await engine.sql`delete from private.worker_heartbeats`
}

describe('rotating the key', () => {
  test(`wraps ${COUNT} secrets anew while workers publish, and none fails`, { timeout: LONG_MS }, async ({
    engine,
    startWorker,
  }) => {
    await forgetWorkers(engine)
    // Each test leaves every secret under this one.
    const old = engine.environment.SECRETS_KEYS
    const fresh = newKey()
    const both = `${fresh},${old}`
    const pages = await engine.connectPages(Array.from({ length: 6 }, (_, n) => `Rotated ${n}`))
    const [first] = pages
    if (!first) throw new Error('no Page')
    await fill(engine, first, COUNT, old)
    const total = await under(engine, old)
    expect(total).toBeGreaterThanOrEqual(COUNT + 6)

    await Promise.all([startWorker({ SECRETS_KEYS: both }), startWorker({ SECRETS_KEYS: both })])
    await until('both to beat', async () => {
      const beats =
        await engine.sql`select from private.worker_heartbeats where facts -> 'keys' ? ${idOf(fresh)}`
      return beats.length === 2
    })
    const connectionIds = pages.map(({ connectionId }) => connectionId)
    const jobs: string[] = []
    let isRotating = true
    const publishing = (async () => {
      // A Page takes fifty posts in a row; the network's limit is another test's matter.
      for (let round = 0; round < 3 || (isRotating && round < 40); round++) {
        const { jobIds } = await engine.publish({ body: `Round ${round}`, connectionIds })
        jobs.push(...jobIds)
        for (const id of jobIds) {
          await until(
            'the post to end',
            async () => !['scheduled', 'processing'].includes((await engine.job(id)).status),
          )
        }
      }
    })()
    const startedAt = performance.now()
    const { code, said } = await command(engine, both).ended
    const seconds = (performance.now() - startedAt) / 1000
    isRotating = false
    await publishing

    expect(said).toMatch(
      new RegExp(`${total} secrets wrapped anew with ${idOf(fresh)} in [\\d.]+ s, 0 left\\.`),
    )
    expect(code).toBe(0)
    const ends = await Promise.all(jobs.map(async (id) => (await engine.job(id)).status))
    expect(ends.filter((status) => status !== 'published')).toEqual([])
    expect(seconds).toBeLessThan(60)
    // The old key can go now.
    expect(await openAll(engine, fresh)).toBe(total)
    console.log(`${total} secrets in ${seconds.toFixed(1)} s, ${jobs.length} posts meanwhile`)

    await rotateSecrets(createRotation(engine.sql), vaultOf(`${old},${fresh}`))
  })

  test('killed in the middle and run again finishes; nothing is shut in between', {
    timeout: 60_000,
  }, async ({ engine }) => {
    await forgetWorkers(engine)
    const old = engine.environment.SECRETS_KEYS
    const fresh = newKey()
    const both = `${fresh},${old}`
    await fill(engine, await engine.connectPage(), 1_500, old)
    const total = await openAll(engine, old)
    // Slow enough to be met half-way.
    await engine.sql.unsafe(`
      create function public.take_time() returns trigger language plpgsql as 'begin perform pg_sleep(0.001); return new; end';
      create trigger take_time before update on public.encrypted_secrets for each row execute function public.take_time();`)
    const slow = command(engine, both)
    await until('some to be wrapped anew', async () => (await under(engine, fresh)) > 0)
    slow.kill()
    await slow.ended
    await engine.sql.unsafe(
      `drop trigger take_time on public.encrypted_secrets; drop function public.take_time()`,
    )

    const done = await under(engine, fresh)
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(total)
    expect(await openAll(engine, both)).toBe(total)
    const { code, said } = await command(engine, both).ended
    expect(said).toContain(`${total - done} secrets wrapped anew`)
    expect(code).toBe(0)
    expect(await openAll(engine, fresh)).toBe(total)
    await rotateSecrets(createRotation(engine.sql), vaultOf(`${old},${fresh}`))
  })

  test('leaves what does not open as it is, names it, and says that it is not done', async ({ engine }) => {
    await forgetWorkers(engine)
    const old = engine.environment.SECRETS_KEYS
    const fresh = newKey()
    const page = await engine.connectPage()
    const foreign = newKey()
    await fill(engine, page, 1, foreign)
    const { code, said } = await command(engine, `${fresh},${old}`).ended
    expect(code).toBe(1)
    expect(said).toContain(
      `webhook_secret 1 of connection ${page.connectionId}: No key named ${idOf(foreign)}`,
    )
    expect(said).toMatch(/, 1 left\.\s*$/)
    expect(said).not.toContain(fresh.slice(fresh.indexOf(':') + 1))
    await engine.sql`delete from public.encrypted_secrets where secret_type = 'webhook_secret' and connection_id = ${page.connectionId}`
    await rotateSecrets(createRotation(engine.sql), vaultOf(`${old},${fresh}`))
  })

  test('changes nothing while a worker lives that does not hold the new key', async ({
    engine,
    startWorker,
  }) => {
    await forgetWorkers(engine)
    const old = engine.environment.SECRETS_KEYS
    const fresh = newKey()
    await engine.connectPage()
    await startWorker()
    await until('a beat', async () => (await engine.sql`select from private.worker_heartbeats`).length > 0)
    const { code, said } = await command(engine, `${fresh},${old}`).ended
    expect(code).toBe(1)
    expect(said).toMatch(/Nothing was changed: these workers do not hold the key/)
    expect(await under(engine, fresh)).toBe(0)
  })

  test('with --check counts by key and changes nothing', async ({ engine }) => {
    await forgetWorkers(engine)
    const old = engine.environment.SECRETS_KEYS
    const fresh = newKey()
    const page = await engine.connectPage()
    await fill(engine, page, 3, fresh)
    const before = await under(engine, old)
    const { code, said } = await command(engine, `${old},${newKey()}`, '--check').ended
    expect(code).toBe(0)
    expect(said).toContain(`${idOf(old)}: ${before} secrets (current)`)
    expect(said).toContain(`${idOf(fresh)}: 3 secrets (NOT in SECRETS_KEYS)`)
    expect(said).toContain(`3 left under another key than ${idOf(old)}.`)
    await engine.sql`delete from public.encrypted_secrets where connection_id = ${page.connectionId} and secret_type = 'webhook_secret'`
  })
})
