import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { z } from 'zod'
import { expect, test } from '#tests/support/browser.ts'
import { linkIn } from '#tests/support/mails.ts'
import { until } from '#tests/support/until.ts'
import { addressOf, invite, makeBrand, openDesk } from './steps.ts'

/** As much as the next full minute, and some for the platform to answer. */
const ITS_TIME_MS = 150_000

test('one post goes from idea to published, between an author and a client', async ({
  openBrowser,
  mails,
  stack,
}) => {
  const tag = randomBytes(3).toString('hex')
  const pages = await newPages(stack.sandbox, tag)
  const email = { ines: addressOf('ines'), marguerite: addressOf('marguerite') }

  // An agency, its brand, two Pages, a client.
  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: email.ines })
  const slug = await makeBrand(ines, 'Oat & Ember')
  await connect(ines, slug, pages)
  await invite(ines, slug, email.marguerite, 'Client, approves')
  const marguerite = await openBrowser({ on: 'phone' })
  await marguerite.goto(linkIn(await mails.next(email.marguerite), stack.site))
  await marguerite.getByLabel('Your name').fill('Marguerite Oakes')
  await marguerite.getByRole('button', { name: 'Open my page' }).click()
  await marguerite.waitForURL('**/portal**')

  // Ines writes for both Pages, with a photograph, and sends it for approval.
  await ines.goto(`/brands/${slug}/content/new`)
  await ines.getByLabel('Title').fill('Friday pie drop: fig')
  await text(ines).fill(`40 fig pies, out at half past seven. ${tag}`)
  const accounts = ines.getByRole('list', { name: 'Accounts this post goes to' }).getByRole('checkbox')
  for (const account of await accounts.all()) await account.check()
  expect(await accounts.count()).toBe(2)
  await addPhotograph(ines)
  await chooseTime(ines, new Date(Date.now() + 3_600_000))
  await send(ines, 'Send for approval')

  // She gets a mail, sees exactly that post, and asks for a change.
  const asked = await mails.next(email.marguerite, 'needs your OK')
  await marguerite.goto(linkIn(asked, stack.site))
  await marguerite.getByRole('button', { name: 'Open my page' }).click()
  await marguerite.waitForURL(`**/portal/${slug}/posts/**`)
  const shown = marguerite.getByRole('article', { name: /Facebook post by/ }).first()
  await shown.getByText(`40 fig pies, out at half past seven. ${tag}`).waitFor()
  expect(await pictureWidth(shown.locator('img').first())).toBeGreaterThan(0)
  await marguerite.getByRole('button', { name: /^Ask for changes/ }).click()
  await marguerite.getByRole('button', { name: 'Send my request' }).click()
  await marguerite.getByText('Say what should change').first().waitFor()
  await marguerite.getByLabel('What should change?').fill('Write forty in words, as on our menu.')
  await marguerite.getByRole('button', { name: 'Send my request' }).click()
  await marguerite.getByText('Your request is with them').waitFor()

  // The author is told, edits, and sends it again; the client approves on the same phone.
  await mails.next(email.ines, 'asks for changes')
  await ines.goto(`/brands/${slug}/content/1`)
  await ines.getByText('Write forty in words, as on our menu.').first().waitFor()
  await text(ines).fill(`Forty fig pies, out at half past seven. ${tag}`)
  await send(ines, /^Send for approval/)
  await until(
    'the second mail',
    async () =>
      (await mails.to(email.marguerite)).filter((mail) => mail.subject.includes('needs your OK'))[1],
  )
  await marguerite.reload()
  await marguerite.getByText(`Forty fig pies, out at half past seven. ${tag}`).first().waitFor()
  await marguerite.getByRole('button', { name: /^Approve/ }).click()
  await marguerite
    .getByText(/approved/i)
    .first()
    .waitFor()

  // It is scheduled. Moving it keeps the yes; at its time it goes out to both Pages, once.
  await ines.goto(`/brands/${slug}/content/1`)
  await ines.getByText('Scheduled').first().waitFor()
  await chooseTime(ines, nextFullMinute())
  await until(
    'both Pages to have it',
    async () =>
      (await postsOn(stack.sandbox, pages)).filter((post) => post.message.includes(tag)).length === 2,
    ITS_TIME_MS,
  )

  // The post page shows where it stands, and that opens on the network's own page.
  await ines.goto(`/brands/${slug}/content/1`)
  const links = ines.getByRole('link', { name: 'See it on Facebook' })
  await links.nth(1).waitFor()
  for (const link of await links.all()) {
    const feed = await openBrowser()
    await feed.goto((await link.getAttribute('href')) ?? '')
    await feed.getByText(`Forty fig pies, out at half past seven. ${tag}`).waitFor()
    await feed.getByText('Sent once').waitFor()
  }
  const posts = (await postsOn(stack.sandbox, pages)).filter((post) => post.message.includes(tag))
  expect(posts.map(({ times_committed, photos }) => [times_committed, photos.length])).toEqual([
    [1, 1],
    [1, 1],
  ])

  // Every step, with who: for the agency here, and for the client what concerns them.
  const timeline = ines.getByRole('list', { name: 'Timeline' })
  for (const step of [
    'Ines Caldeira began it',
    'Ines Caldeira sent version 1 for approval',
    'Marguerite Oakes asked for changes to version 1',
    'Ines Caldeira sent version 2 for approval',
    'Marguerite Oakes approved version 2',
    `Published on ${pages.names[0]}`,
    `Published on ${pages.names[1]}`,
  ]) {
    await timeline.getByText(step, { exact: true }).waitFor()
  }
  await marguerite.goto(`/portal/${slug}/published`)
  await marguerite.getByText('Friday pie drop: fig').first().waitFor()
})

async function connect(page: Page, slug: string, pages: SandboxPages) {
  await page.goto(`/brands/${slug}/connections`)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('heading', { name: 'Connect Copydesk' }).waitFor()
  await page.getByRole('link', { name: pages.person }).click()
  for (const name of pages.names) await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Two accounts are connected').waitFor()
}

async function addPhotograph(page: Page) {
  const buffer = await sharp(
    Buffer.from(
      '<svg width="1200" height="900"><rect width="1200" height="900" fill="#ead9bd"/><circle cx="600" cy="450" r="330" fill="#c98a3d"/><circle cx="600" cy="450" r="270" fill="#6b2d3f"/></svg>',
    ),
  )
    .jpeg()
    .toBuffer()
  await page.getByRole('button', { name: 'Add a picture or video' }).click()
  await page.getByLabel('Files to add').setInputFiles({ name: 'figs.jpg', mimeType: 'image/jpeg', buffer })
  await page.getByRole('button', { name: /^Picture 1/ }).waitFor()
}

/** On the brand's clock, which in these stories is London's. */
async function chooseTime(page: Page, at: Date) {
  const [day = '', time = ''] = at.toLocaleString('sv-SE', { timeZone: 'Europe/London' }).split(' ')
  await page
    .getByRole('button', { name: /Choose a time|Change time/ })
    .first()
    .click()
  await page.getByLabel('Day').fill(day)
  await page.getByLabel('Time', { exact: true }).fill(time.slice(0, 5))
  await page.getByRole('button', { name: /^(Set the time|Move it)$/ }).click()
  await page.getByLabel('Day').waitFor({ state: 'detached' })
}

/** "Text", or "Text for all accounts" where one may have its own. */
const text = (page: Page) => page.getByRole('textbox', { name: /^Text/ }).first()

/** The text is kept as one writes; sending takes what stands there. */
async function send(page: Page, button: string | RegExp) {
  await page.getByRole('button', { name: button }).first().click()
  await page
    .getByText(/In review/)
    .first()
    .waitFor()
}

function nextFullMinute(): Date {
  return new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000)
}

async function pictureWidth(picture: ReturnType<Page['locator']>): Promise<number> {
  return picture.evaluate(async (img: HTMLImageElement) => {
    await img.decode()
    return img.naturalWidth
  })
}

type SandboxPages = { person: string; names: string[]; ids: string[] }

/** A person of the sandbox of this test's own, with two Pages. */
async function newPages(sandbox: string, tag: string): Promise<SandboxPages> {
  const person = `Odile ${tag}`
  const names = [`Oat and Ember ${tag}`, `Oat and Ember Station ${tag}`]
  const answer = await fetch(`${sandbox}/_sandbox/pages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: { name: person }, pages: names.map((name) => ({ name })) }),
  })
  const { pages } = z.object({ pages: z.array(z.object({ id: z.string() })) }).parse(await answer.json())
  return { person, names, ids: pages.map(({ id }) => id) }
}

const sandboxPosts = z.object({
  posts: z.array(
    z.object({
      page_id: z.string(),
      message: z.string().catch(''),
      photos: z.array(z.unknown()),
      times_committed: z.number(),
    }),
  ),
})

async function postsOn(sandbox: string, { ids }: SandboxPages) {
  const answer = await fetch(`${sandbox}/_sandbox/posts`)
  return sandboxPosts.parse(await answer.json()).posts.filter((post) => ids.includes(post.page_id))
}
