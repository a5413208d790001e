import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { CannotStart } from './sentences.mjs'

const systemBrowsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium for the browser tests: the system's, else Playwright's own, else Debian's package. */
export async function findBrowser(root, node) {
  return systemBrowser() ?? (await playwrightBrowser(root, node)) ?? debianBrowser() ?? refuse()
}

function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const candidates = folders.flatMap((folder) => systemBrowsers.map((name) => path.join(folder, name)))
  return candidates.find((file) => existsSync(file))
}

async function playwrightBrowser(root, node) {
  const module = pathToFileURL(path.join(root, 'node_modules/playwright-core/index.mjs'))
  const { chromium } = await import(module.href)
  const file = chromium.executablePath()
  if (runs(file)) return file
  console.error('No Chromium on this system. Downloading Playwright’s own: about a minute, once.')
  const cli = path.join(root, 'node_modules/playwright-core/cli.js')
  spawnSync(node, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 })
  return runs(file) ? file : undefined
}

/** Downloaded, it still needs libraries that a bare system lacks. */
function runs(file) {
  return spawnSync(file, ['--version']).status === 0
}

function debianBrowser() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  console.error('Installing Debian’s chromium package instead: under a minute, once.')
  const stdio = ['ignore', process.stderr, process.stderr]
  spawnSync('apt-get', ['update', '-qq'], { stdio })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio })
  return systemBrowser()
}

function refuse() {
  throw new CannotStart(
    'The browser tests need Chromium, and it could neither be downloaded nor installed. ' +
      'Install Chromium or Google Chrome so that it is on the PATH; on Debian and Ubuntu: sudo apt-get install chromium',
  )
}
