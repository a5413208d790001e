import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from './sentences.mjs'

/** Node 24 from the npm packages, else a host Node that runs TypeScript and satisfies our libraries. */
export function chooseNode(root) {
  const packaged = path.join(root, `node_modules/node-linux-${process.arch}/bin/node`)
  if (process.platform === 'linux' && existsSync(packaged) && runs(packaged)) return packaged
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  throw new CannotStart(
    `Node 24 could not be taken from npm for ${process.platform}-${process.arch}, and ${process.version} is too old. ` +
      'Install Node 24 from https://nodejs.org, or run: nvm install 24',
  )
}

/** A musl system (Alpine) gets the file and cannot run it. */
function runs(node) {
  return spawnSync(node, ['--version']).status === 0
}
