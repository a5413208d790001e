import { chromium } from 'playwright-core'
import postgres from 'postgres'
import { afterAll, expect, test, vi } from 'vitest'
import { databaseUrl } from '#local/postgres/start.ts'
import { foundAgency } from '#tests/support/agency.ts'
import { signUp } from '#tests/support/people.ts'
import { until } from '#tests/support/until.ts'
import { keysIn, newDataFolder, pidOf, removeDataFolder, sixFreePorts, start } from './started.ts'

vi.setConfig({ testTimeout: 240_000 })

const dataFolder = newDataFolder()
const firstPort = await sixFreePorts()
const site = `http://127.0.0.1:${firstPort}`
afterAll(() => removeDataFolder(dataFolder))

test('a yes is given once and whole, though the web app is killed while it is being given', async () => {
  const running = start({ dataFolder, firstPort })
  await running.ready()
  const db = postgres(databaseUrl(firstPort + 2), { max: 2, onnotice: () => {} })
  const api = { url: `http://127.0.0.1:${firstPort + 1}`, ...keysIn(dataFolder) }
  const agency = await foundAgency({ db, signUp: (name) => signUp(api, name) })
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)

  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage({ baseURL: site })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(client.email)
  await page.getByLabel('Password').fill(client.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/portal/**')

  // The piece's row is held, so that the request is surely under way when the web app dies.
  const held = await db.reserve()
  await held`begin`
  await held`select from content_items where id = ${post.id} for update`
  await page.getByRole('button', { name: /^Approve/ }).click()
  await until('the request to reach the row', async () => {
    const [waiting] =
      await db`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%decide_approval%'`
    return (waiting?.n ?? 0) > 0
  })
  process.kill(pidOf('The web app', dataFolder), 'SIGKILL')
  await running.saying('The web app is back.')
  await held`rollback`
  held.release()

  await until('the yes to stand', async () => (await agency.state(post)).status === 'scheduled')
  await page.goto(`/portal/${brand.slug}/posts/${post.id}`)
  await page
    .getByText(/approved/i)
    .first()
    .waitFor()
  expect(await page.getByRole('button', { name: /^Approve/ }).count()).toBe(0)
  const decisions = await db`select status from post_approvals where post_id = ${post.id}`
  expect(decisions.map(({ status }) => status)).toEqual(['approved'])
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })

  await browser.close()
  await db.end()
  running.kill('SIGTERM')
  await running.exit
})
