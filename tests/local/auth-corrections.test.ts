import { describe } from 'vitest'
import { linkIn } from '#tests/support/mails.ts'
import { newClient } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'

// One group for each file of local/api/corrections that concerns Auth.

describe('admin/users', () => {
  test('the secret key makes, finds, changes and deletes a user', async ({ api, service }) => {
    const { admin } = service.auth
    const made = await admin.createUser({
      email: 'Marguerite@oatandember.example',
      password: 'seven shops 7',
      email_confirm: true,
      user_metadata: { display_name: 'Marguerite' },
      app_metadata: { invited: true },
    })
    const id = made.data.user?.id ?? ''
    expect(made.data.user).toMatchObject({
      email: 'marguerite@oatandember.example',
      user_metadata: { display_name: 'Marguerite' },
      app_metadata: { provider: 'email', invited: true },
      identities: [{ provider: 'email' }],
    })
    const again = await admin.createUser({ email: 'marguerite@oatandember.example' })
    expect(again.error).toMatchObject({ status: 422, code: 'email_exists' })

    await admin.updateUserById(id, { password: 'eight shops 8', user_metadata: { display_name: 'Margot' } })
    const signedIn = await newClient(api).auth.signInWithPassword({
      email: 'marguerite@oatandember.example',
      password: 'eight shops 8',
    })
    expect(signedIn.data.user?.user_metadata).toMatchObject({ display_name: 'Margot' })
    const { data } = await admin.listUsers({ perPage: 1 })
    expect(data).toMatchObject({ total: expect.any(Number), users: [{ id: expect.any(String) }] })

    await admin.deleteUser(id)
    expect((await admin.getUserById(id)).error).toMatchObject({ status: 404, code: 'user_not_found' })
  })

  test('without the secret key there is no admin', async ({ anon, signUp }) => {
    const ines = await signUp('Ines Duarte')
    for (const { auth } of [anon, ines.client]) {
      expect((await auth.admin.listUsers()).error).toMatchObject({ status: 403, code: 'not_admin' })
      expect((await auth.admin.deleteUser(ines.id)).error).toMatchObject({ code: 'not_admin' })
    }
  })
})

describe('admin/links', () => {
  test.for(['magiclink', 'recovery'] as const)(
    'a %s link signs in whom it was made for',
    async (type, { api, service, signUp }) => {
      const ines = await signUp('Ines Duarte')
      const { data } = await service.auth.admin.generateLink({ type, email: ines.email })
      const { auth } = newClient(api)
      const token = data.properties?.hashed_token ?? ''
      const verified = await auth.verifyOtp({
        token_hash: token,
        type: type === 'magiclink' ? 'email' : type,
      })
      expect(verified.data.user?.id).toBe(ines.id)
      expect((await auth.verifyOtp({ token_hash: token, type: 'email' })).error).toMatchObject({
        code: 'otp_expired',
      })
    },
  )

  test('an invitation is mailed, and its link opens the account', async ({
    api,
    backend,
    mails,
    service,
  }) => {
    const email = 'tom@tidewater.example'
    await service.auth.admin.inviteUserByEmail(email, {
      data: { display_name: 'Tom' },
      redirectTo: `${backend.siteUrl}/welcome`,
    })
    const link = new URL(linkIn(await mails.next(email, 'invited'), backend.siteUrl))
    expect(link.searchParams.get('next')).toBe(`${backend.siteUrl}/welcome`)
    const verified = await newClient(api).auth.verifyOtp({
      token_hash: link.searchParams.get('token_hash') ?? '',
      type: 'invite',
    })
    expect(verified.data.user?.user_metadata).toMatchObject({ display_name: 'Tom' })
  })
})

describe('verification-types and mail-redirects', () => {
  test('a mailed sign-in link leads to our page, and on to where it was asked for', async ({
    api,
    backend,
    mails,
    signUp,
  }) => {
    const ines = await signUp('Ines Duarte')
    const wanted = `${backend.siteUrl}/brands/oat-ember?month=2026-09`
    await newClient(api).auth.signInWithOtp({ email: ines.email, options: { emailRedirectTo: wanted } })

    const link = new URL(linkIn(await mails.next(ines.email, 'sign-in link'), backend.siteUrl))
    expect(link.pathname).toBe('/confirm')
    expect(link.searchParams.get('next')).toBe(wanted)
    const verified = await newClient(api).auth.verifyOtp({
      token_hash: link.searchParams.get('token_hash') ?? '',
      type: 'email',
    })
    expect(verified.data.user?.id).toBe(ines.id)
  })

  test('a redirect to another site is not put into a mail', async ({ api, backend, mails, signUp }) => {
    const ines = await signUp('Ines Duarte')
    await newClient(api).auth.resetPasswordForEmail(ines.email, {
      redirectTo: 'https://copydesk.example.net/',
    })
    const link = new URL(linkIn(await mails.next(ines.email, 'password'), backend.siteUrl))
    expect(link.searchParams.get('type')).toBe('recovery')
    expect(link.searchParams.get('next')).toBe(backend.siteUrl)
  })

  test('the six digits of a mail count as much as its link', async ({ api, db, service, signUp }) => {
    const ines = await signUp('Ines Duarte')
    const { data } = await service.auth.admin.generateLink({ type: 'magiclink', email: ines.email })
    const token = data.properties?.email_otp ?? ''
    const verified = await newClient(api).auth.verifyOtp({ email: ines.email, token, type: 'email' })
    expect(verified.data.user?.id).toBe(ines.id)
    expect(await db`select from auth.users where recovery_token is not null and id = ${ines.id}`).toEqual([])
  })
})

describe('access-tokens', () => {
  test('a token carries the claims of a hosted one, after a refresh too', async ({
    api,
    service,
    signUp,
  }) => {
    const ines = await signUp('Ines Duarte')
    await service.auth.admin.updateUserById(ines.id, { app_metadata: { staff: true } })
    await ines.client.auth.refreshSession()
    const { data } = await ines.client.auth.getClaims()
    expect(data?.claims).toMatchObject({
      iss: `${api.url}/auth/v1`,
      sub: ines.id,
      app_metadata: { provider: 'email', staff: true },
      user_metadata: { display_name: 'Ines Duarte' },
      aal: 'aal1',
      amr: [{ method: expect.any(String) }],
    })
  })

  test('a banned user gets no token until the ban ends', async ({ api, service, signUp }) => {
    const ines = await signUp('Ines Duarte')
    await service.auth.admin.updateUserById(ines.id, { ban_duration: '24h' })
    const signIn = () => newClient(api).auth.signInWithPassword(ines)
    expect((await signIn()).error).toMatchObject({ code: 'user_banned' })
    await service.auth.admin.updateUserById(ines.id, { ban_duration: 'none' })
    expect((await signIn()).error).toBeNull()
  })
})

describe('without a correction', () => {
  test('signing out everywhere ends every other session', async ({ api, signUp }) => {
    const ines = await signUp('Ines Duarte')
    const phone = newClient(api)
    await phone.auth.signInWithPassword(ines)
    await ines.client.auth.signOut({ scope: 'global' })
    expect((await phone.auth.refreshSession()).data.session).toBeNull()
    expect((await phone.auth.getUser()).data.user).toBeNull()
  })

  test('two refreshes of one session at the same moment both succeed', async ({ api, signUp }) => {
    const ines = await signUp('Ines Duarte')
    const { data } = await ines.client.auth.getSession()
    const refresh_token = data.session?.refresh_token ?? ''
    const refreshed = await Promise.all(
      [1, 2].map(() => newClient(api).auth.refreshSession({ refresh_token })),
    )
    expect(refreshed.map(({ error }) => error)).toEqual([null, null])
  })
})
