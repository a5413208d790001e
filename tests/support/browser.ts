import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject, vi } from 'vitest'
import { z } from 'zod'
import { projectFolder } from '#local/supervisor/folder.ts'
import { test as apiTest } from './test.ts'

export { expect } from 'vitest'

// The first test of a run may wait for a build of the web app.
vi.setConfig({ testTimeout: 240_000 })

const wholeStack = z.object({
  site: z.string(),
  api: z.string(),
  db: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
  mail: z.string(),
  smtp: z.string(),
  sandbox: z.string(),
})
const answer = z.union([z.object({ failure: z.string() }), wholeStack])

const screens = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
type BrowserOptions = { on?: keyof typeof screens } & BrowserContextOptions

// A closed network answers Chromium's own errands by the hundred, and some at every start.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const withoutErrands = ['--disable-background-networking', '--disable-component-update']

/**
 * A test in a real browser on the run's one whole stack: web app, worker, sandbox, mail. Its database is shared
 * by all files, so each test makes its own people and agency, and never counts what others may add.
 */
export const test = apiTest
  /* biome-ignore-start lint/correctness/noEmptyPattern: vitest reads what a fixture needs from this pattern */
  .extend('stack', { scope: 'file' }, async ({}) => {
    const response = await fetch(inject('wholeStackDoor'))
    const stack = answer.parse(await response.json())
    if ('failure' in stack) throw new Error(stack.failure)
    return stack
  })
  .extend('backend', { scope: 'file' }, async ({ stack }) => ({
    api: { url: stack.api, publishableKey: stack.publishableKey, secretKey: stack.secretKey },
    databaseUrl: stack.db,
    siteUrl: stack.site,
    inboxUrl: stack.mail,
    smtpUrl: stack.smtp,
  }))
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [...quiet, ...withoutErrands],
    })
    onCleanup(() => browser.close())
    return browser
  })
  /* biome-ignore-end lint/correctness/noEmptyPattern: as above */
  /** A new person's own browser: `const page = await openBrowser({ on: 'phone' })`. */
  .extend('openBrowser', async ({ chromium, stack, task }, { onCleanup }) => {
    const pages: Page[] = []
    onCleanup(async () => {
      const failed = task.result?.state === 'fail' || task.result?.errors?.length
      for (const [place, page] of pages.entries()) {
        if (failed) await keepPicture(page, `${task.name} ${place + 1}`)
        await page.context().close()
      }
    })
    return async ({ on = 'desktop', ...options }: BrowserOptions = {}) => {
      const context = await chromium.newContext({
        baseURL: stack.site,
        viewport: screens[on],
        ...options,
      })
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      pages.push(page)
      return page
    }
  })

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = path.join(projectFolder, 'test-results')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name.replaceAll(/[^\w]+/g, '-')}.png`), fullPage: true })
}
