import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe } from 'vitest'
import { sentenceFor } from '#lib/errors.ts'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { linkIn } from '#tests/support/mails.ts'
import { signUp } from '#tests/support/people.ts'
import type { Ports } from '#worker/ports.ts'
import { runDueOnce } from '#worker/run-due.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { type Engine, expect, test } from './engine.ts'

describe('an uploaded file', () => {
  const picture = () => sharp({ create: { width: 640, height: 480, channels: 3, background: '#2f3d36' } })

  async function checked(engine: Engine, bytes: Uint8Array, type = 'image/jpeg') {
    const id = await engine.upload(bytes, { name: 'picture.jpg', type })
    await engine.tasks.verify_media({ asset_id: id })
    const [row] = await engine.sql`
      select status, rejected_code, rejected_facts, mime_type, width, height, hash, size_bytes::int
      from public.media_assets where id = ${id}`
    return row
  }

  test('that is a picture becomes usable, with its true size and hash', async ({ engine }) => {
    for (const [type, bytes] of [
      ['image/jpeg', await picture().jpeg().toBuffer()],
      ['image/png', await picture().png().toBuffer()],
      ['image/webp', await picture().webp().toBuffer()],
      ['image/gif', await picture().gif().toBuffer()],
    ] as const) {
      expect(await checked(engine, bytes, type)).toMatchObject({
        status: 'active',
        mime_type: type,
        width: 640,
        height: 480,
        size_bytes: bytes.length,
        hash: createHash('sha256').update(bytes).digest('hex'),
      })
    }
  })

  test('that lies on its side counts as it is shown', async ({ engine }) => {
    const sideways = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await checked(engine, sideways)).toMatchObject({ width: 480, height: 640 })
  })

  test.for([
    [
      'a renamed program',
      () => Buffer.concat([Buffer.from('MZ'), randomBytes(4_000)]),
      'media_type_not_allowed',
    ],
    ['a renamed script', () => Buffer.from('#!/bin/sh\necho out\n'), 'media_type_unknown'],
    [
      'an SVG',
      () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'media_type_not_allowed',
    ],
    ['a PDF', () => Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}`), 'media_type_not_allowed'],
    [
      'a page of HTML behind a picture’s first bytes',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<script>alert(1)</script>')]),
      'media_unreadable',
    ],
    ['a picture of another kind', () => picture().png().toBuffer(), 'media_type_mismatch'],
    [
      'a picture cut short',
      async () => (await picture().jpeg().toBuffer()).subarray(0, 900),
      'media_unreadable',
    ],
  ] as const)('that is %s is rejected, with a reason', async ([what, make, code], { engine }) => {
    expect(await checked(engine, await make()), what).toMatchObject({
      status: 'rejected',
      rejected_code: code,
    })
  })

  test('that would unfold to 256 megapixels is rejected by its header', async ({ engine }) => {
    // A small file whose header promises a huge picture, checksum and all.
    const bomb = await picture().png().toBuffer()
    bomb.writeUInt32BE(16_000, 16)
    bomb.writeUInt32BE(16_000, 20)
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
    expect(await checked(engine, bomb, 'image/png')).toMatchObject({
      status: 'rejected',
      rejected_code: 'media_too_many_pixels',
      rejected_facts: { width: 16_000, height: 16_000, limit_pixels: 50_000_000 },
    })
  })

  test('that the brand has already is rejected as such', async ({ engine }) => {
    const bytes = await picture().tint('#8a3f1c').jpeg().toBuffer()
    await checked(engine, bytes)
    expect(await checked(engine, bytes)).toMatchObject({
      status: 'rejected',
      rejected_code: 'media_duplicate',
    })
  })

  test('that never arrived is rejected', async ({ engine, service }) => {
    const id = await engine.upload(await picture().blur(3).jpeg().toBuffer(), {
      name: 'gone.jpg',
      type: 'image/jpeg',
    })
    await service.storage.from('media').remove([`${engine.brandId}/${id}/gone.jpg`])
    await engine.tasks.verify_media({ asset_id: id })
    const [row] = await engine.sql`select status, rejected_code from public.media_assets where id = ${id}`
    expect(row).toEqual({ status: 'rejected', rejected_code: 'media_missing' })
  })
})

describe('connecting', () => {
  async function attempt(engine: Engine, stateId: string) {
    const [row] = await engine.sql`
      select status, code, failure_code, failure_facts, connected from public.oauth_states where id = ${stateId}`
    return row
  }

  test('keeps each Page with a token that is sealed, and forgets the code', async ({ engine }) => {
    const { personId, pages } = await engine.sandbox.newPerson('Noor Haddad', ['Tidewater', 'Tidewater Quay'])
    const stateId = await engine.consent(
      pages.map(({ id }) => id),
      { personId },
    )
    await engine.tasks.exchange_oauth({ oauth_state_id: stateId })
    expect(await attempt(engine, stateId)).toMatchObject({ status: 'done', code: null })
    const secrets = await engine.sql`
      select s.version, s.key_id, n.status, n.platform_user_id from public.encrypted_secrets s
      join public.connections n on n.id = s.connection_id
      where n.platform_account_id = any (${pages.map(({ id }) => id)}) and s.secret_type = 'access_token'`
    expect(secrets).toMatchObject([
      { version: 1, status: 'active', platform_user_id: personId },
      { version: 1, status: 'active', platform_user_id: personId },
    ])
  })

  test('again keeps the account, and raises the version of its secret', async ({ engine }) => {
    const { personId, pages } = await engine.sandbox.newPerson('Teo Okafor', ['Marrow Lane'])
    const pageIds = pages.map(({ id }) => id)
    const connection = async () =>
      engine.sql`
        select n.id, max(s.version) as version from public.connections n
        join public.encrypted_secrets s on s.connection_id = n.id
        where n.platform_account_id = any (${pageIds}) group by n.id`
    await engine.tasks.exchange_oauth({ oauth_state_id: await engine.consent(pageIds, { personId }) })
    const [before] = await connection()
    await engine.tasks.exchange_oauth({ oauth_state_id: await engine.consent(pageIds, { personId }) })
    expect(await connection()).toEqual([{ id: before?.id, version: 2 }])
  })

  test('twice at the same moment ends in one account, with the later token', async ({ engine }) => {
    const { personId, pages } = await engine.sandbox.newPerson('Ana Reis', ['Tidewater Bath'])
    const pageIds = pages.map(({ id }) => id)
    const [first, second] = [
      await engine.consent(pageIds, { personId }),
      await engine.consent(pageIds, { personId }),
    ]
    const { oauth } = engine.ports.records
    const overtaken: Ports = {
      ...engine.ports,
      records: {
        ...engine.ports.records,
        oauth: {
          ...oauth,
          async claim(stateId) {
            const claimed = await oauth.claim(stateId)
            await engine.tasks.exchange_oauth({ oauth_state_id: second })
            return claimed
          },
        },
      },
    }
    await createTasks(overtaken, 'overtaken').exchange_oauth({ oauth_state_id: first })
    const secrets = await engine.sql<{ tenantId: string; connectionId: string; version: number }[]>`
      select s.tenant_id as "tenantId", n.id as "connectionId", s.version from public.connections n
      join public.encrypted_secrets s on s.connection_id = n.id and s.secret_type = 'access_token'
      where n.platform_account_id = any (${pageIds})`
    expect(secrets).toMatchObject([{ version: 2 }])
    for (const secret of secrets) {
      expect(await engine.ports.records.secrets.accessToken(secret)).toMatch(/^EAA/)
    }
  })

  test('fails with what was declined, and stores nothing', async ({ engine }) => {
    const { personId, pages } = await engine.sandbox.newPerson('Ana Reis', ['Oat & Ember Bath'])
    const pageIds = pages.map(({ id }) => id)
    const stateId = await engine.consent(pageIds, { personId, declined: ['pages_manage_posts'] })
    await engine.tasks.exchange_oauth({ oauth_state_id: stateId })
    expect(await attempt(engine, stateId)).toMatchObject({
      status: 'failed',
      code: null,
      failure_code: 'oauth_scope_missing',
      failure_facts: { missing: ['pages_manage_posts'] },
    })
    const stored =
      await engine.sql`select from public.connections where platform_account_id = any (${pageIds})`
    expect(stored).toHaveLength(0)
    expect(engine.logged.join('')).not.toContain(META_SANDBOX_APP.secret)
  })
})

describe('a mail', () => {
  async function queue(
    engine: Engine,
    mail: { to: string; toUserId?: string; template: string; payload?: Record<string, unknown> },
  ): Promise<string> {
    const facts = {
      agency_name: 'Halyard Studio',
      brand_name: 'Oat & Ember',
      brand_slug: 'oat-ember',
      post_id: '6f0c0a52-0000-4000-8000-000000000001',
      post_title: 'One tray, one take',
      slug: 'OE-321',
      version: 2,
      scheduled_at: '2026-09-18T16:30:00Z',
      time_zone: 'Europe/London',
      body: 'Twenty-seven folds, no cuts, no music.',
      person_name: 'Marguerite Baker',
      ...mail.payload,
    }
    const [row] = await engine.sql<{ id: string }[]>`
      select private.queue_email(b.tenant_id, b.id, ${mail.to}, ${mail.toUserId ?? null}, ${mail.template},
        ${engine.sql.json(facts)}, ${`tasks:${crypto.randomUUID()}`}) as id
      from public.brands b where b.id = ${engine.brandId}`
    return row?.id ?? ''
  }

  test('to the author quotes the comment, in words on both its sides', async ({ engine, mails, backend }) => {
    const to = `author-${crypto.randomUUID()}@halyard.example`
    const comment = 'At the counter from seven, please.\nThe rest is lovely.'
    const emailId = await queue(engine, { to, template: 'changes_requested', payload: { comment } })
    await engine.tasks.send_email({ email_id: emailId })
    const mail = await mails.next(to)
    expect(mail.subject).toBe('Marguerite Baker asks for changes: “One tray, one take”')
    for (const side of [mail.html ?? '', mail.text]) {
      expect(side).toContain('The rest is lovely.')
      expect(side).toContain('OE-321, version 2')
      expect(side).toContain('Fri 18 Sep, 17:30, London')
    }
    expect(linkIn(mail, backend.siteUrl)).toBe(
      `${backend.siteUrl}/brands/oat-ember/content/6f0c0a52-0000-4000-8000-000000000001`,
    )
    const [row] = await engine.sql`select status, attempts from public.outbound_emails where id = ${emailId}`
    expect(row).toEqual({ status: 'sent', attempts: 1 })
  })

  test('that was sent is not sent again', async ({ engine, mails }) => {
    const to = `once-${crypto.randomUUID()}@halyard.example`
    const emailId = await queue(engine, { to, template: 'approved' })
    await engine.tasks.send_email({ email_id: emailId })
    await engine.tasks.send_email({ email_id: emailId })
    expect(await mails.to(to)).toHaveLength(1)
  })

  test('escapes what people wrote', async ({ engine, mails }) => {
    const to = `escape-${crypto.randomUUID()}@halyard.example`
    const comment = '<img src=x onerror="alert(1)"> & more'
    const emailId = await queue(engine, { to, template: 'changes_requested', payload: { comment } })
    await engine.tasks.send_email({ email_id: emailId })
    const mail = await mails.next(to)
    expect(mail.html).not.toContain('<img src=x')
    expect(mail.text).toContain(comment)
  })

  test('of a failure says cause and account', async ({ engine, mails }) => {
    const to = `failed-${crypto.randomUUID()}@halyard.example`
    const payload = {
      account_name: 'Oat & Ember',
      network: 'facebook',
      code: 'meta_token_expired',
      reason: 'Session expired',
    }
    const emailId = await queue(engine, { to, template: 'publish_failed', payload })
    await engine.tasks.send_email({ email_id: emailId })
    const mail = await mails.next(to)
    expect(mail.subject).toBe('Did not go out: “One tray, one take” on Oat & Ember')
    expect(mail.text).toContain('Account    Oat & Ember')
    expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(sentenceFor('meta_token_expired', payload))
  })

  test('with an invitation carries a link whose token is stored as a hash alone', async ({
    engine,
    mails,
    backend,
    anon,
  }) => {
    const to = `marguerite-${crypto.randomUUID()}@oatandember.example`
    await engine.asOwner(
      (db) => db`select id from public.invite_member(${engine.brandId}, ${to}, 'client_approver')`,
    )
    await runDueOnce(engine.sql, engine.tasks)
    const link = linkIn(await mails.next(to), backend.siteUrl)
    const token = /\/join\/([\w-]{43})$/.exec(link)?.[1] ?? ''
    const { data } = await anon.rpc('peek_invitation', { token }).single().throwOnError()
    expect(data).toMatchObject({ state: 'valid', email: to, role: 'client_approver' })
    const [dump] = await engine.sql`
      select coalesce(string_agg(t::text, ' '), '') || (select string_agg(e::text, ' ') from public.outbound_emails e) as text
      from private.link_tokens t`
    expect(dump?.text).not.toContain(token)
  })

  test('to a client opens their page by a link of their own, and says where to have fewer', async ({
    engine,
    foundAgency,
    mails,
    backend,
    anon,
  }) => {
    const agency = await foundAgency()
    const brand = await agency.brand()
    const client = await agency.member(brand, 'client_approver', 'Marguerite Baker')
    await agency.submitted(brand, agency.owner)
    await runDueOnce(engine.sql, engine.tasks)

    const mail = await mails.next(client.email, 'needs your OK')
    const token = /\/open\/([\w-]{43})$/.exec(linkIn(mail, backend.siteUrl))?.[1] ?? ''
    const { data } = await anon.rpc('peek_portal_link', { token }).single().throwOnError()
    expect(data).toMatchObject({ state: 'valid', brand_name: brand.name })
    for (const side of [mail.html, mail.text]) {
      expect(side).toContain(`${backend.siteUrl}/portal/${brand.slug}/preferences`)
      expect(side).toContain('If you do nothing, it will not go out.')
    }
  })

  test('is not sent for an invitation that was revoked meanwhile', async ({ engine, mails, backend }) => {
    const person = await signUp(backend.api, 'Revoked Person')
    const to = `late-${person.email}`
    const [invited] = await engine.asOwner(
      (db) => db<{ id: string }[]>`select id from public.invite_member(${engine.brandId}, ${to}, 'creator')`,
    )
    await engine.asOwner((db) => db`select from public.revoke_invitation(${invited?.id ?? ''})`)
    await runDueOnce(engine.sql, engine.tasks)
    expect(await mails.to(to)).toEqual([])
  })

  test('that the server does not take is kept, with the reason', async ({ engine }) => {
    const emailId = await queue(engine, { to: 'not an address', template: 'approved' })
    await expect(engine.tasks.send_email({ email_id: emailId })).rejects.toThrow()
    const [row] =
      await engine.sql`select status, last_error from public.outbound_emails where id = ${emailId}`
    expect(row).toMatchObject({ status: 'failed', last_error: expect.stringMatching(/recipient/i) })
  })
})
