import { createHash, randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from '#tests/support/browser.ts'
import { linkIn } from '#tests/support/mails.ts'
import { addressOf, invite, makeBrand, openDesk, password, signIn } from './steps.ts'

const alert = (page: Page) => page.getByRole('alert').filter({ hasText: /\S/ })

test('someone opens a desk, makes a brand, and lands in it the next time', async ({ openBrowser }) => {
  const ines = await openBrowser()
  const email = addressOf('ines')
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email })
  const slug = await makeBrand(ines, 'Tidewater Ferries')
  expect(slug).toBe('tidewater-ferries')

  const later = await openBrowser({ on: 'phone' })
  await signIn(later, email)
  await later.waitForURL(`**/brands/${slug}/**`)
})

test('a wrong password is refused in words, and what was typed stays', async ({ openBrowser, signUp }) => {
  const { email } = await signUp('Rafael Moura')
  const page = await openBrowser()
  await signIn(page, email, 'not the password')
  await page.getByText('This address and password do not go together.').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe(email)
  expect(await page.getByLabel('Password').inputValue()).toBe('not the password')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
})

test('signing in works before any script has come, its refusal too', async ({ openBrowser, signUp }) => {
  const person = await signUp('Hana Novak')
  const page = await openBrowser({ javaScriptEnabled: false })
  await signIn(page, person.email, 'not the password')
  await page.getByText('This address and password do not go together.').waitFor()
  await signIn(page, person.email, person.password)
  await page.waitForURL('**/welcome')
})

test('a mailed link signs in once its button is pressed, however often it was opened', async ({
  openBrowser,
  signUp,
  mails,
  stack,
}) => {
  const { email } = await signUp('Lena Wirth')
  const page = await openBrowser()
  await page.goto('/sign-in?with=link')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('heading', { name: `Check ${email}` }).waitFor()

  const link = linkIn(await mails.next(email), stack.site)
  await fetch(link) // a scanner, on its way through the mail
  await page.goto(link)
  await page.reload()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/welcome')

  const again = await openBrowser()
  await again.goto(link)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.getByText('This link was used already, or it grew old.').waitFor()
})

test('an address without an account is answered alike, and gets no mail', async ({ openBrowser, mails }) => {
  const page = await openBrowser()
  const email = addressOf('nobody')
  for (const door of ['/sign-in?with=link', '/reset']) {
    await page.goto(door)
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Mail me a link' }).click()
    await page.getByRole('heading', { name: `Check ${email}` }).waitFor()
  }
  expect(await mails.to(email)).toEqual([])
})

test('a new password by mail ends the sessions of other devices', async ({ openBrowser, mails, stack }) => {
  const email = addressOf('ines')
  const elsewhere = await openBrowser()
  await openDesk(elsewhere, { agency: 'Halyard Studio', name: 'Ines Caldeira', email })

  const page = await openBrowser()
  await page.goto('/reset')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.goto(linkIn(await mails.next(email, 'password'), stack.site))
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByLabel('New password').fill('copper kettle ten birds')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.waitForURL('**/today')

  await elsewhere.goto('/account')
  expect(new URL(elsewhere.url()).pathname).toBe('/sign-in')
})

test('an invitation brings someone in once; the way to it says who asks and as what', async ({
  openBrowser,
  mails,
  stack,
}) => {
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const slug = await makeBrand(ines, 'Oat & Ember')
  const email = addressOf('bea')
  await invite(ines, slug, email, 'Creator')

  const link = linkIn(await mails.next(email), stack.site)
  await fetch(link)
  const bea = await openBrowser()
  await bea.goto(link)
  await bea.getByRole('heading', { name: 'Ines Caldeira asks you to join Halyard Studio' }).waitFor()
  await bea.getByLabel('Your name').fill('Bea Lindqvist')
  await bea.getByLabel('Choose a password').fill('short')
  await bea.getByRole('button', { name: `Join as ${email}` }).click()
  await alert(bea).waitFor()
  expect(await bea.getByLabel('Your name').inputValue()).toBe('Bea Lindqvist')
  await bea.getByLabel('Choose a password').fill(password)
  await bea.getByRole('button', { name: `Join as ${email}` }).click()
  await bea.waitForURL(`**/brands/${slug}/**`)

  const second = await openBrowser()
  await second.goto(link)
  await second.getByRole('heading', { name: 'This invitation was used already' }).waitFor()
})

test('a revoked and an old invitation open nothing, and say why', async ({
  openBrowser,
  mails,
  stack,
  db,
}) => {
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const slug = await makeBrand(ines, 'Marrow Lane')
  const [revoked, old] = [addressOf('teo'), addressOf('sam')]
  await invite(ines, slug, revoked, 'Member')
  await ines
    .getByRole('listitem')
    .filter({ hasText: revoked })
    .getByRole('button', { name: 'Revoke' })
    .click()
  await ines.getByText(`The invitation of ${revoked} no longer opens anything`).first().waitFor()
  await invite(ines, slug, old, 'Member')
  await db`update public.brand_invitations set expires_at = now() - interval '1 minute' where email = ${old}`

  const page = await openBrowser()
  await page.goto(linkIn(await mails.next(revoked), stack.site))
  await page.getByRole('heading', { name: 'This invitation was withdrawn' }).waitFor()
  await page.goto(linkIn(await mails.next(old), stack.site))
  await page.getByRole('heading', { name: 'This invitation grew old' }).waitFor()
  await page.goto(`/join/${'a'.repeat(43)}`)
  await page.getByRole('heading', { name: 'This invitation leads nowhere' }).waitFor()
})

test('a client joins without a password, and is kept to the portal whatever they type', async ({
  openBrowser,
  mails,
  stack,
}) => {
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const slug = await makeBrand(ines, 'Oat & Ember')
  const email = addressOf('marguerite')
  await invite(ines, slug, email, 'Client, approves')

  const marguerite = await openBrowser({ on: 'phone' })
  await marguerite.goto(linkIn(await mails.next(email), stack.site))
  await marguerite.getByLabel('Your name').fill('Marguerite Oakes')
  await marguerite.getByRole('button', { name: 'Open my page' }).click()
  await marguerite.waitForURL('**/portal**')
  for (const path of [`/brands/${slug}/settings`, '/brands/someone-else/settings', '/brands/new']) {
    await marguerite.goto(path)
    await marguerite.waitForURL('**/portal**')
  }
})

test('someone who has an account joins with it', async ({ openBrowser, signUp, mails, stack }) => {
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const slug = await makeBrand(ines, 'Tarn Cycles')
  const teo = await signUp('Teo Okafor')
  await invite(ines, slug, teo.email, 'Creator')
  const link = linkIn(await mails.next(teo.email), stack.site)

  const page = await openBrowser()
  await page.goto(link)
  await page.getByLabel('Your name').fill('Teo Okafor')
  await page.getByLabel('Choose a password').fill(password)
  await page.getByRole('button', { name: `Join as ${teo.email}` }).click()
  await page.getByText(`${teo.email} has an account here already.`).waitFor()
  await page.getByRole('link', { name: 'Sign in and join with it' }).click()
  await page.waitForURL('**/sign-in**')
  await page.getByLabel('Password').fill(teo.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: `Join as ${teo.email}` }).click()
  await page.waitForURL(`**/brands/${slug}/**`)
})

test('a client’s mailed link opens their page on each device, with or without script, until it is revoked', async ({
  openBrowser,
  foundAgency,
  stack,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest()
  await db`insert into private.link_tokens (token_hash, purpose, brand_id, user_id, expires_at)
           values (${hash}, 'portal', ${brand.id}, ${client.id}, now() + interval '30 days')`

  for (const javaScriptEnabled of [true, false, true]) {
    const page = await openBrowser({ on: 'phone', javaScriptEnabled })
    await fetch(`${stack.site}/open/${token}`)
    await page.goto(`/open/${token}`)
    await page.getByRole('heading', { name: `${client.name}, this page is yours` }).waitFor()
    await page.getByRole('button', { name: 'Open my page' }).click()
    await page.waitForURL(`**/portal/${brand.slug}**`)
  }

  await db`update private.link_tokens set revoked_at = now() where token_hash = ${hash}`
  const late = await openBrowser({ on: 'phone' })
  await late.goto(`/open/${token}`)
  await late.getByRole('heading', { name: 'This link is no longer open' }).waitFor()
  const answer = await late.request.post('/api/portal/open', {
    headers: { origin: stack.site, accept: 'application/json' },
    multipart: { token },
  })
  expect(await answer.json()).toMatchObject({ refusal: { code: 'link_revoked' } })
})

test('a form posted from another site does nothing', async ({ openBrowser, stack }) => {
  const page = await openBrowser()
  for (const door of ['/api/join', '/api/portal/open']) {
    const answer = await page.request.post(door, {
      headers: { origin: 'https://elsewhere.example', accept: 'application/json' },
      multipart: { token: 'a'.repeat(43) },
    })
    expect(await answer.json()).toMatchObject({ refusal: { code: 'origin_not_ours' } })
  }
  expect(await page.context().cookies(stack.site)).toEqual([])
})

test('a session about to expire is renewed on the way, and the page comes', async ({
  openBrowser,
  stack,
}) => {
  const page = await openBrowser()
  await openDesk(page, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const name = `copydesk-${new URL(stack.site).port}`
  const before = await sessionIn(page, name)
  const past = Math.floor(Date.now() / 1000) - 60
  await page.context().clearCookies()
  const value = `base64-${Buffer.from(JSON.stringify({ ...before, expires_at: past })).toString('base64url')}`
  await page.context().addCookies([{ name, value, url: stack.site }])

  await page.goto('/account')
  await page.getByRole('heading', { name: 'Ines Caldeira' }).waitFor()
  expect(Number((await sessionIn(page, name)).expires_at)).toBeGreaterThan(past + 600)
})

/** The session as @supabase/ssr keeps it: base64url of JSON, in pieces where one cookie cannot hold it. */
async function sessionIn(page: Page, name: string): Promise<Record<string, unknown>> {
  const pieces = (await page.context().cookies())
    .filter((cookie) => cookie.name === name || cookie.name.startsWith(`${name}.`))
    .sort((one, other) => one.name.localeCompare(other.name))
  const encoded = pieces
    .map((cookie) => cookie.value)
    .join('')
    .replace(/^base64-/, '')
  return JSON.parse(Buffer.from(encoded, 'base64url').toString())
}

test('someone signed out comes back to the page they asked for', async ({ openBrowser }) => {
  const email = addressOf('ines')
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email })
  const slug = await makeBrand(ines, 'Tarn Cycles')

  const page = await openBrowser()
  await page.goto(`/brands/${slug}/settings/members`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`**/brands/${slug}/settings/members`)
})

test('a brand of somebody else is not there', async ({ openBrowser }) => {
  const [ines, other] = [await openBrowser(), await openBrowser()]
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  await openDesk(other, { agency: 'Quill & Co', name: 'Jo Quill', email: addressOf('jo') })
  const slug = await makeBrand(ines, 'Saltmarsh Cider')
  const answer = await other.goto(`/brands/${slug}/settings`)
  expect(answer?.status()).toBe(404)
  await other.getByRole('heading', { name: 'There is nothing at this address' }).waitFor()
})

test('signing out everywhere ends every session of the person', async ({ openBrowser }) => {
  const email = addressOf('ines')
  const [desk, phone] = [await openBrowser(), await openBrowser({ on: 'phone' })]
  await openDesk(desk, { agency: 'Halyard Studio', name: 'Ines Caldeira', email })
  await signIn(phone, email)
  await phone.waitForURL('**/today')
  await phone.goto('/account')
  await phone.getByRole('button', { name: 'Sign out everywhere' }).click()
  await phone.waitForURL('**/sign-in')
  await desk.goto('/account')
  expect(new URL(desk.url()).pathname).toBe('/sign-in')
})

test('no page runs a script that its policy did not name', async ({ openBrowser }) => {
  const page = await openBrowser()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text())
  })
  await openDesk(page, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: addressOf('ines') })
  const slug = await makeBrand(page, 'Oat & Ember')
  for (const path of [
    '/sign-in',
    '/account',
    `/brands/${slug}/settings`,
    `/brands/${slug}/settings/members`,
  ]) {
    await page.goto(path)
  }
  expect(complaints).toEqual([])
})
