import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { projectFolder } from '#local/supervisor/folder.ts'
import { isAlive, partsIn } from './started.ts'

vi.setConfig({ testTimeout: 120_000 })

const description = z.object({
  api: z.url(),
  db: z.string().startsWith('postgresql://postgres:'),
  publishableKey: z.string(),
  secretKey: z.string(),
  mail: z.url(),
  sandbox: z.url(),
})

test('a stack on free ports is described by one line, and leaves nothing behind', async () => {
  const stack = startStack()
  const described = description.parse(await firstLineOf(stack))
  const settings = await fetch(`${described.api}/auth/v1/settings`, {
    headers: { apikey: described.publishableKey },
  })
  expect(settings.status).toBe(200)
  expect((await fetch(described.sandbox)).status).toBe(200)

  const folder = folderOf(stack)
  const parts = [...partsIn(folder).values()]
  stack.stdin?.end()
  expect(await once(stack, 'exit')).toEqual([0, null])
  expect(parts.filter(isAlive)).toEqual([])
  expect(existsSync(folder)).toBe(false)
})

test('what a killed stack left behind goes with the next one', async () => {
  const killed = startStack()
  await firstLineOf(killed)
  const folder = folderOf(killed)
  const parts = [...partsIn(folder).values()]
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(parts.filter(isAlive)).toEqual(parts)

  const next = startStack()
  await firstLineOf(next)
  expect(parts.filter(isAlive)).toEqual([])
  expect(existsSync(folder)).toBe(false)
  next.kill('SIGTERM')
  expect(await once(next, 'exit')).toEqual([0, null])
})

function startStack(): ChildProcess {
  const given = ['local/stack.ts', '--json', '--ephemeral', '--no-worker']
  return spawn(process.execPath, given, { cwd: projectFolder, stdio: ['pipe', 'pipe', 'ignore'] })
}

async function firstLineOf({ stdout }: ChildProcess): Promise<unknown> {
  if (!stdout) throw new Error('The stack was started without a stdout.')
  const [line] = await once(createInterface(stdout), 'line')
  return JSON.parse(String(line))
}

function folderOf({ pid }: ChildProcess): string {
  const name = readdirSync(tmpdir()).find((entry) => entry.startsWith(`copydesk-${pid}-`))
  if (name === undefined) throw new Error(`The stack ${pid} has no folder.`)
  return path.join(tmpdir(), name)
}
