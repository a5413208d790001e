import { expect, test } from '#tests/support/test.ts'

test('whoever founds an agency owns it and stands on each of its brands', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand('Tarn Cycles')
  expect(brand).toMatchObject({ slug: 'tarn-cycles', code: 'TC', tenant_id: agency.tenant.id })
  const { data } = await agency.owner.client.rpc('my_permissions').throwOnError()
  expect(data).toMatchObject([{ brand_id: brand.id, role: 'owner' }])
})

test('only owners and admins of an agency add brands to it', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager', 'Teo Okafor')
  const rival = (await foundAgency('Marrow & Co')).owner
  for (const person of [manager, rival]) {
    const { error } = await person.client.rpc('create_brand', {
      tenant_id: agency.tenant.id,
      name: 'Sneaked in',
      time_zone: 'Europe/London',
    })
    expect(error).toMatchObject({ code: 'P0001', message: 'tenant_not_found' })
  }
})

test('an invitation lets in one person, once, in its role', async ({ foundAgency, signUp, anon }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const [first, second] = [await signUp('Marguerite Oakes'), await signUp('Someone Else')]
  const { token } = await agency.invite(brand, 'marguerite@oatandember.example', 'client_approver')

  // Mail scanners follow links: looking, however often, uses nothing up.
  for (let look = 0; look < 3; look++) {
    const { data } = await anon.rpc('peek_invitation', { token }).single().throwOnError()
    expect(data).toMatchObject({ state: 'valid', brand_name: brand.name, role: 'client_approver' })
  }

  const { data: joined } = await first.client.rpc('accept_invitation', { token }).single().throwOnError()
  expect(joined).toMatchObject({ brand_slug: brand.slug, role: 'client_approver' })
  const again = await second.client.rpc('accept_invitation', { token })
  expect(again.error).toMatchObject({ code: 'P0001', message: 'invite_used' })
  const { data: seen } = await anon.rpc('peek_invitation', { token }).single().throwOnError()
  expect(seen.state).toBe('used')
})

test('a revoked or an old invitation lets nobody in', async ({ foundAgency, signUp, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const person = await signUp('Late Comer')

  const revoked = await agency.invite(brand, 'one@oatandember.example', 'creator')
  await agency.owner.client.rpc('revoke_invitation', { invitation_id: revoked.id }).throwOnError()
  const first = await person.client.rpc('accept_invitation', { token: revoked.token })
  expect(first.error).toMatchObject({ code: 'P0001', message: 'invite_revoked' })

  const old = await agency.invite(brand, 'two@oatandember.example', 'creator')
  await db`update brand_invitations set expires_at = now() - interval '1 minute' where id = ${old.id}`
  const second = await person.client.rpc('accept_invitation', { token: old.token })
  expect(second.error).toMatchObject({ code: 'P0001', message: 'invite_expired' })

  const third = await person.client.rpc('accept_invitation', { token: 'guessed' })
  expect(third.error).toMatchObject({ code: 'P0001', message: 'invite_unknown' })
})

test('the database keeps a link’s hash, never the link', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { token } = await agency.invite(brand, 'three@oatandember.example', 'creator')
  const rows = await db`
    select t::text as row from private.link_tokens t
    union all select e::text from outbound_emails e
    union all select i::text from brand_invitations i`
  expect(rows.map(({ row }) => row).join()).not.toContain(token)
})

test('those who manage no members invite nobody, and nobody is invited as owner', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  for (const person of [manager, client]) {
    const { error } = await person.client.rpc('invite_member', {
      brand_id: brand.id,
      email: 'friend@elsewhere.example',
      role: 'creator',
    })
    expect(error).toMatchObject({ code: 'P0001', message: 'not_allowed' })
  }
  const { error } = await agency.owner.client.rpc('invite_member', {
    brand_id: brand.id,
    email: 'friend@elsewhere.example',
    role: 'owner',
  })
  expect(error).toMatchObject({ code: 'P0001', message: 'role_unknown' })
})

test('a person taken off a brand sees nothing of it from that moment, by token or by mailed link', async ({
  foundAgency,
  service,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  await agency.member(brand, 'client_approver', 'Nadia Aziz')
  await agency.submitted(brand, author)
  const [mail] =
    await db`select id from outbound_emails where to_user_id = ${client.id} and template = 'approval_request'`
  await db`select private.issue_link_token(${mail?.id}, sha256('a mailed token'))`
  const before = await service.rpc('redeem_portal_link', { token: 'a mailed token' }).single().throwOnError()
  expect(before.data).toMatchObject({ user_id: client.id, destination: expect.stringContaining(brand.slug) })

  await agency.owner.client.rpc('remove_member', { brand_id: brand.id, user_id: client.id }).throwOnError()

  const { data } = await client.client.from('content_versions').select('id').throwOnError()
  expect(data).toEqual([])
  const after = await service.rpc('redeem_portal_link', { token: 'a mailed token' })
  expect(after.error).toMatchObject({ code: 'P0001', message: 'link_revoked' })
})

test('nobody raises their own role, and the agency’s people on a brand are changed in the agency', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const admin = await agency.member(brand, 'admin', 'Priya Raman')
  const self = await admin.client.rpc('set_member_role', {
    brand_id: brand.id,
    user_id: admin.id,
    role: 'manager',
  })
  expect(self.error).toMatchObject({ code: 'P0001', message: 'member_self' })
  const owner = await admin.client.rpc('remove_member', { brand_id: brand.id, user_id: agency.owner.id })
  expect(owner.error).toMatchObject({ code: 'P0001', message: 'member_mirrored' })
})

test('an agency never loses its last owner', async ({ foundAgency, service }) => {
  const agency = await foundAgency()
  const { error } = await service.auth.admin.deleteUser(agency.owner.id)
  expect(error).not.toBeNull()
  const { data } = await agency.owner.client.from('tenants').select('id').throwOnError()
  expect(data).toEqual([{ id: agency.tenant.id }])
})

test('a person who wrote, decided and left can be deleted, and what they did stays on record', async ({
  foundAgency,
  service,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, author, client)
  for (const person of [author, client]) {
    const { error } = await service.auth.admin.deleteUser(person.id)
    expect(error).toBeNull()
  }
  const [decision] = await db`select decided_by, status from post_approvals where post_id = ${post.id}`
  expect(decision).toEqual({ decided_by: client.id, status: 'approved' })
  const [chain] = await db`select bool_and(hash = private.audit_hash(a)) as whole from audit_logs a`
  expect(chain?.whole).toBe(true)
})
