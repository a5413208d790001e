import type { Page } from 'playwright-core'

/** What people do in several stories, step by step as they do it. */
export const password = 'copper kettle nine birds'

/** An address nobody had before, since the stack is shared. */
export const addressOf = (name: string) => `${name}.${crypto.randomUUID().slice(0, 8)}@halyard.example`

export async function openDesk(
  page: Page,
  { agency, name, email }: { agency: string; name: string; email: string },
) {
  await page.goto('/sign-up')
  await page.getByLabel('Agency name').fill(agency)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Open the desk' }).click()
  await page.waitForURL('**/brands/new')
}

/** @returns the brand's slug */
export async function makeBrand(page: Page, name: string): Promise<string> {
  await page.goto('/brands/new')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Make the brand' }).click()
  await page.waitForURL(/\/brands\/[^/]+\/overview/)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

export async function signIn(page: Page, email: string, secret = password) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function invite(page: Page, slug: string, email: string, role: string) {
  await page.goto(`/brands/${slug}/settings/members`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('radio', { name: new RegExp(`^${role}`) }).check()
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByRole('listitem').filter({ hasText: email }).waitFor()
}
