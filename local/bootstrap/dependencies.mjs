import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from './sentences.mjs'

/** Runs `npm ci` unless node_modules already holds what package-lock.json asks for. */
export async function installDependencies(root) {
  if (isInstalled(root)) return
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new CannotStart(
      `This account may not write to ${root}. Clone Copydesk somewhere it may, or fix the owner.`,
    )
  }
  console.error(
    'Installing dependencies with npm ci: about a minute, once for each change of package-lock.json.',
  )
  const began = Date.now()
  const [command, ...first] = npmCommand()
  const child = spawn(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // Their progress is no result: `npm run stack -- --json` has one line on stdout.
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0 || !isInstalled(root)) {
    throw new CannotStart('The dependencies could not be installed; npm says why above. Then try again.')
  }
  console.error(`Dependencies installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

/** npm writes what it installed into node_modules/.package-lock.json, at the very end. */
function isInstalled(root) {
  const record = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    // Optional ones are another platform's, or were not installable.
    return place === '' || link || (place in installed ? installed[place].version === version : optional)
  })
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages
}

/** The npm that called us, else the one on the PATH. */
function npmCommand() {
  const { npm_execpath } = process.env
  if (npm_execpath?.endsWith('npm-cli.js')) return [process.execPath, npm_execpath]
  if (spawnSync('npm', ['--version']).status === 0) return ['npm']
  throw new CannotStart(
    'npm was not found. It comes with Node from https://nodejs.org; on Debian: apt-get install npm',
  )
}
