import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMp4 } from '#tests/support/mp4.ts'
import { SandboxClient, serveBytes } from './world.ts'

let client: SandboxClient
let account: Awaited<ReturnType<SandboxClient['connectedInstagram']>>
let browser: Browser
let page: Page
const serving: { close: () => void }[] = []
const published: Record<string, string> = {}

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  page = await (await browser.newContext()).newPage()
  client = await SandboxClient.start()
  await client.control('POST', '/settings', { image_processing_ms: 0, video_processing_ms: 0 })
  account = await client.connectedInstagram('Pine & Press')
  const film = await serve(makeMp4({ durationMs: 7000, width: 540, height: 960 }), 'video/mp4')
  const pictures = await Promise.all(['#7d8f69', '#b0413e'].map((colour) => picture(colour)))
  const [first = '', second = ''] = pictures

  const image = { image_url: first, caption: 'Proofs are back. #letterpress' }
  for (const name of ['image', 'again']) published[name] = await publish(image)
  published.reel = await publish({ media_type: 'REELS', video_url: film, caption: 'Ink, paper, weight.' })
  const items = [
    await create({ image_url: first, is_carousel_item: 'true', alt_text: 'A green sheet' }),
    await create({ image_url: second, is_carousel_item: 'true', alt_text: 'A red sheet' }),
    await create({ media_type: 'VIDEO', video_url: film, is_carousel_item: 'true' }),
  ]
  published.carousel = await publish({ media_type: 'CAROUSEL', children: items.join(','), caption: 'Three' })
  published.story = await publish({ media_type: 'STORIES', image_url: second })
  await client.control('POST', '/comments', {
    object_id: published.image,
    author: 'vera',
    message: 'Lovely!',
  })

  const reel = { file_url: film, description: 'How a sheet is pulled' }
  published.video = (await json(post(`${account.pageId}/videos`, reel))).id
}, 60_000)
afterAll(async () => {
  for (const server of serving) server.close()
  await browser.close()
  await client.sandbox.stop()
})

const json = async (answer: Response | Promise<Response>) => (await answer).json()
const post = (path: string, fields: Record<string, string>) =>
  client.post(`/v26.0/${path}`, account.token, fields)
async function serve(bytes: Uint8Array, contentType: string): Promise<string> {
  const server = await serveBytes(bytes, 200, contentType)
  serving.push(server)
  return server.url
}
async function picture(background: string): Promise<string> {
  const made = sharp({ create: { width: 640, height: 800, channels: 3, background } })
  return serve(new Uint8Array(await made.jpeg().toBuffer()), 'image/jpeg')
}
const create = async (fields: Record<string, string>): Promise<string> =>
  (await json(post(`${account.instagramId}/media`, fields))).id
const publish = async (fields: Record<string, string>): Promise<string> =>
  (await json(post(`${account.instagramId}/media_publish`, { creation_id: await create(fields) }))).id

/** Opens a page and holds it against the rules for accessibility. */
async function open(address: string, { width = 1100 } = {}): Promise<Page> {
  await page.setViewportSize({ width, height: 900 })
  await page.goto(`${client.sandbox.url}${address}`, { waitUntil: 'load' })
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  const seen = await page.evaluate(() => ({
    isTooWide: document.documentElement.scrollWidth > window.innerWidth,
    broken: [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length,
  }))
  expect(seen).toEqual({ isTooWide: false, broken: 0 })
  return page
}

test('an Instagram profile is a grid that names each post, shows stories and marks what was sent twice', async () => {
  for (const width of [1100, 390]) {
    await open('/www.instagram.com/pinepress/', { width })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('pinepress')
    const tiles = page.getByRole('listitem').getByRole('link')
    expect(await tiles.count()).toBe(4)
    expect(await page.getByRole('link', { name: 'Three Several' }).count()).toBe(1)
    expect(await page.getByText('Sent 2 times').count()).toBe(2)
    expect(await page.getByRole('navigation', { name: 'Stories' }).getByRole('link').count()).toBe(1)
  }
})

test('each post opens: a picture with its comments, a carousel side by side, a reel that plays, a story', async () => {
  for (const [id, expected] of [
    [published.image, 'Lovely!'],
    [published.carousel, 'Three'],
    [published.reel, 'Ink, paper, weight.'],
  ] as const) {
    const { permalink } = await json(client.get(`/v26.0/${id}?fields=permalink`, account.token))
    const opened = await open(permalink.replace('https://', '/'))
    expect(await opened.getByText(expected).count()).toBe(1)
  }
  const story = await open(`/www.instagram.com/stories/pinepress/${published.story}`)
  expect(await story.getByRole('article', { name: 'Story of pinepress' }).count()).toBe(1)
})

test('a Page shows its films with a still and their length', async () => {
  await open('/www.facebook.com/pinepress', { width: 390 })
  const film = page.locator('video')
  expect(await film.getAttribute('aria-label')).toBe('Video, 0:07')
  const own = await open(`/www.facebook.com/reel/${published.video}`)
  expect(await own.getByText('How a sheet is pulled').count()).toBe(1)
})

test('a film is served in the parts that a player asks for', async () => {
  const address = `${client.sandbox.url}/scontent.xx.fbcdn.net/o/${published.video}.mp4`
  const part = await fetch(address, { headers: { range: 'bytes=4-7' } })
  expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
  const whole = await fetch(address)
  expect(part.headers.get('content-range')).toBe(`bytes 4-7/${whole.headers.get('content-length')}`)
  expect((await fetch(address, { headers: { range: 'bytes=99999999-' } })).status).toBe(416)
})

test('the front page leads to both', async () => {
  await open('/')
  expect(await page.getByRole('link', { name: '@pinepress' }).count()).toBe(1)
})
