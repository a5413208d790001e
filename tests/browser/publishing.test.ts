import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from '#tests/support/browser.ts'
import { signIn } from './steps.ts'

test('an owner pauses a brand with a reason, sees it everywhere, and lets it run again', async ({
  openBrowser,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'manager')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  await agency.scheduled(brand, author, client)

  const page = await openBrowser()
  await signIn(page, agency.owner.email, agency.owner.password)
  await page.waitForURL(`**/brands/${brand.slug}/**`)
  await page.goto(`/brands/${brand.slug}/publishing`)
  const queue = page.getByRole('table', { name: 'Posts that go out next' })
  await queue.getByRole('link', { name: 'Friday pie drop' }).waitFor()
  await seen(queue.getByText('Sealed, ready')).waitFor()

  await page
    .getByRole('button', { name: `Pause ${brand.name}` })
    .first()
    .click()
  await page.getByLabel('Why').fill('Flood in the clinic')
  await page.getByLabel('Why').press('Enter')
  await page.getByRole('heading', { name: `${brand.name} is paused` }).waitFor()
  await page
    .getByRole('paragraph')
    .filter({ hasText: `${brand.name} is paused` })
    .waitFor()
  await page.getByText('“Flood in the clinic”').first().waitFor()
  await seen(queue.getByText('Paused', { exact: true })).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await violations(page)).toEqual([])

  // Over all brands it says the same, and lets it go from there; a phone has room for all of it.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/publishing')
  const resume = page.getByRole('button', { name: `Resume ${brand.name}` }).first()
  await resume.waitFor()
  expect(await overflow(page)).toBe(0)
  await resume.focus()
  await resume.press('Enter')
  await page.getByText(`${brand.name} is paused`, { exact: true }).first().waitFor({ state: 'detached' })
  await seen(queue.getByText('Sealed, ready')).waitFor()
})

/** Phones and desktops each have a place of their own for it. */
const seen = (found: Locator) => found.filter({ visible: true }).first()

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id }) => id)
}

/** How far the page reaches beyond the screen, sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
