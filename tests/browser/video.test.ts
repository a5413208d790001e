import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { z } from 'zod'
import { expect, test } from '#tests/support/browser.ts'
import { linkIn } from '#tests/support/mails.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { until } from '#tests/support/until.ts'
import { addressOf, invite, makeBrand, openDesk } from './steps.ts'

test('a video, a story and a carousel go out on a Page and its Instagram account as the client saw them', async ({
  openBrowser,
  mails,
  stack,
}) => {
  const tag = randomBytes(3).toString('hex')
  const account = await newAccount(stack.sandbox, tag)
  const email = { ines: addressOf('ines'), marguerite: addressOf('marguerite') }

  const ines = await openBrowser()
  await openDesk(ines, { agency: 'Halyard Studio', name: 'Ines Caldeira', email: email.ines })
  const slug = await makeBrand(ines, 'Oat & Ember')
  await connect(ines, slug, account)
  await invite(ines, slug, email.marguerite, 'Client, approves')
  const marguerite = await openBrowser({ on: 'phone' })
  await marguerite.goto(linkIn(await mails.next(email.marguerite), stack.site))
  await marguerite.getByLabel('Your name').fill('Marguerite Oakes')
  await marguerite.getByRole('button', { name: 'Open my page' }).click()
  await marguerite.waitForURL('**/portal**')

  // The film is checked, and its length said, before anything can use it.
  await ines.goto(`/brands/${slug}/media`)
  const film = Buffer.from(makeMp4({ durationMs: 6_000, width: 720, height: 1_280, mark: tag }))
  await ines
    .getByLabel('Files to add')
    .setInputFiles({ name: 'oven.mp4', mimeType: 'video/mp4', buffer: film })
  await ines.getByText('0:06').waitFor()

  await begin(ines, slug, `The oven ${tag}`, 'Inside the oven at five. #figs', ['Facebook', 'Instagram'])
  await ines.getByRole('button', { name: 'Add a picture or video' }).click()
  await ines.getByRole('button', { name: /oven/ }).click()
  await ines.getByRole('button', { name: 'Use it' }).click()
  await ines.getByRole('button', { name: /Video 1, 6 seconds/ }).waitFor()
  await ines.getByText('Instagram, reel').waitFor()
  await sendForApproval(ines)

  await begin(ines, slug, `The tray ${tag}`, '', ['Instagram'])
  await addPictures(ines, [{ width: 900, height: 1_600 }])
  await ines.getByText('Instagram takes pictures from 4:5').waitFor()
  await ines.getByRole('button', { name: 'Story' }).click()
  await ines.getByText('Instagram, story').waitFor()
  await ines.getByText('Instagram takes pictures from 4:5').waitFor({ state: 'detached' })
  await sendForApproval(ines)

  await begin(ines, slug, `The counter ${tag}`, 'Two loaves, one counter.', ['Facebook', 'Instagram'])
  await addPictures(ines, [
    { width: 1_080, height: 1_080 },
    { width: 1_200, height: 1_200 },
  ])
  await ines.getByText('Instagram, carousel').waitFor()
  await sendForApproval(ines)

  // The client plays the film where she is asked about it, and says yes to all three.
  await marguerite.goto(`/portal/${slug}`)
  const reel = marguerite.getByRole('article', { name: `Instagram reel by ${account.username}` })
  expect(await plays(reel.locator('video'))).toEqual({ seconds: 6, width: 720 })
  await marguerite.getByRole('article', { name: `Instagram story by ${account.username}` }).waitFor()
  const carousel = marguerite.getByRole('article', { name: `Instagram post by ${account.username}` })
  await carousel.getByText('1/2').waitFor()
  for (const left of [3, 2, 1]) {
    const approve = marguerite.getByRole('button', { name: /^Approve/ })
    await expect.poll(() => approve.count()).toBe(left)
    await approve.first().click()
  }
  await expect.poll(() => marguerite.getByText('You approved it').count()).toBe(3)

  for (const number of [1, 2, 3]) {
    await ines.goto(`/brands/${slug}/content/${number}`)
    await ines.getByRole('button', { name: 'Publish now' }).first().click()
    await ines.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click()
    await ines.getByRole('alertdialog').waitFor({ state: 'detached' })
  }

  // Once each, in the form that was approved; every link leads to where it stands.
  const out = await until(
    'all five to be out',
    async () => {
      const posts = await postsOn(stack.sandbox, account)
      return posts.length === 5 && posts
    },
    50_000,
  )
  expect(
    out.map(({ network, type, times_committed }) => `${network} ${type} ${times_committed}`).toSorted(),
  ).toEqual([
    'facebook album 1',
    'facebook video 1',
    'instagram carousel 1',
    'instagram reel 1',
    'instagram story 1',
  ])
  const shown = await openBrowser()
  for (const number of [1, 3]) {
    await ines.goto(`/brands/${slug}/content/${number}`)
    for (const network of ['Facebook', 'Instagram']) {
      const link = ines.getByRole('link', { name: `See it on ${network}` }).first()
      await shown.goto((await link.getAttribute('href')) ?? '')
      await shown.getByText('Sent once').first().waitFor()
    }
  }
  await marguerite.goto(`/portal/${slug}/published`)
  await marguerite.getByText(`The oven ${tag}`).waitFor()
})

async function connect(page: Page, slug: string, { person, name }: Account) {
  await page.goto(`/brands/${slug}/connections`)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('heading', { name: 'Connect Copydesk' }).waitFor()
  await page.getByRole('link', { name: person }).click()
  await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Two accounts are connected').waitFor()
}

async function begin(page: Page, slug: string, title: string, text: string, networks: readonly string[]) {
  await page.goto(`/brands/${slug}/content/new`)
  await page.getByLabel('Title').fill(title)
  const accounts = page.getByRole('list', { name: 'Accounts this post goes to' }).getByRole('listitem')
  for (const network of ['Facebook', 'Instagram']) {
    const box = accounts.filter({ hasText: network }).getByRole('checkbox')
    await box.setChecked(networks.includes(network))
  }
  await page.getByRole('textbox', { name: /^Text/ }).first().fill(text)
}

async function addPictures(page: Page, sizes: readonly { width: number; height: number }[]) {
  const files = await Promise.all(
    sizes.map(async ({ width, height }, index) => {
      const [r = 0, g = 0, b = 0] = randomBytes(3)
      const buffer = await sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
        .jpeg()
        .toBuffer()
      return { name: `loaf-${index}.jpg`, mimeType: 'image/jpeg', buffer }
    }),
  )
  await page.getByRole('button', { name: 'Add a picture or video' }).click()
  await page.getByLabel('Files to add').setInputFiles(files)
  await page.getByRole('button', { name: new RegExp(`Picture ${sizes.length}`) }).waitFor()
}

async function sendForApproval(page: Page) {
  await page.getByRole('button', { name: 'Send for approval' }).first().click()
  await page
    .getByText(/In review/)
    .first()
    .waitFor()
}

async function plays(video: ReturnType<Page['locator']>) {
  return video.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true
    await element.play()
    return { seconds: Math.round(element.duration), width: element.videoWidth }
  })
}

type Account = { person: string; name: string; username: string; pageId: string }

/** A person of the sandbox of this test's own, with a Page and an Instagram account on it. */
async function newAccount(sandbox: string, tag: string): Promise<Account> {
  const person = `Odile ${tag}`
  const name = `Oat and Ember ${tag}`
  const username = `oatandember_${tag}`
  const answer = await fetch(`${sandbox}/_sandbox/pages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: { name: person }, pages: [{ name, instagram: { username } }] }),
  })
  const { pages } = z.object({ pages: z.array(z.object({ id: z.string() })) }).parse(await answer.json())
  return { person, name, username, pageId: pages[0]?.id ?? '' }
}

const sandboxPosts = z.object({
  posts: z.array(
    z.object({ page_id: z.string(), network: z.string(), type: z.string(), times_committed: z.number() }),
  ),
})

async function postsOn(sandbox: string, { pageId }: Account) {
  const answer = await fetch(`${sandbox}/_sandbox/posts`)
  return sandboxPosts.parse(await answer.json()).posts.filter((post) => post.page_id === pageId)
}
