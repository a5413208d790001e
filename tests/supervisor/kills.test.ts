import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { newClient, signUp } from '#tests/support/people.ts'
import { until } from '#tests/support/until.ts'
import {
  isAlive,
  keysIn,
  newDataFolder,
  partsIn,
  pidOf,
  removeDataFolder,
  sixFreePorts,
  start,
} from './started.ts'

vi.setConfig({ testTimeout: 240_000 })

const dataFolder = newDataFolder()
const firstPort = await sixFreePorts()
const site = `http://127.0.0.1:${firstPort}`
const apiUrl = `http://127.0.0.1:${firstPort + 1}`
afterAll(() => removeDataFolder(dataFolder))

function api() {
  return { url: apiUrl, ...keysIn(dataFolder) }
}

async function peopleKnown(): Promise<number> {
  const { data, error } = await newClient(api(), keysIn(dataFolder).secretKey).auth.admin.listUsers()
  if (error) throw error
  return data.users.length
}

const everythingAnswers = () =>
  until(
    'web, API, inbox and sandbox to answer',
    async () => {
      const urls = [
        `${site}/api/health`,
        `${site}/sign-in`,
        `http://127.0.0.1:${firstPort + 3}`,
        `http://127.0.0.1:${firstPort + 4}`,
      ]
      const answers = await Promise.allSettled(urls.map((url) => fetch(url)))
      return answers.every((answer) => answer.status === 'fulfilled' && answer.value.ok)
    },
    60_000,
  )

// One story on one data folder: each test begins where the one before ended.
describe('npm start', () => {
  let running = start({ dataFolder, firstPort })

  test('reaches its table of addresses, and they answer', async () => {
    await running.ready()
    expect(running.said()).toContain(site)
    await everythingAnswers()
    await signUp(api(), 'Ines Duarte')
    expect(await peopleKnown()).toBe(1)
  })

  test('refuses a second start on the same data, naming the first', async () => {
    const second = start({ dataFolder, firstPort: await sixFreePorts() })
    expect(await second.exit).toMatchObject({ code: 1 })
    expect(second.said()).toContain(`already runs on this data, at ${site} (process ${running.pid})`)
  })

  test.for([
    'The database',
    'The Supabase API with mail',
    'The platform sandbox',
    'The worker',
    'The web app',
  ])('brings back what is killed with -9: %s', async (name) => {
    const pid = pidOf(name, dataFolder)
    process.kill(pid, 'SIGKILL')
    await running.saying(`${name} stopped (SIGKILL). Starting it again.`)
    await running.saying(`${name} is back.`)
    expect(pidOf(name, dataFolder)).not.toBe(pid)
    await everythingAnswers()
    expect(await until('the API to find its database', () => peopleKnown().catch(() => 0))).toBe(1)
  })

  test('recovers when it was itself killed with -9: what it left is ended, the data is there', async () => {
    const left = [...partsIn(dataFolder).values()]
    running.kill('SIGKILL')
    await running.exit
    expect(left.filter(isAlive)).toEqual(left)

    running = start({ dataFolder, firstPort })
    await running.ready()
    expect(running.said()).toContain('The last run was killed. Ending what it left:')
    expect(left.filter(isAlive)).toEqual([])
    await everythingAnswers()
    expect(await peopleKnown()).toBe(1)
  })

  test('stops cleanly at SIGTERM', async () => {
    const parts = [...partsIn(dataFolder).values()]
    running.kill('SIGTERM')
    expect(await running.exit).toEqual({ code: 0, signal: null })
    expect(parts.filter(isAlive)).toEqual([])
    expect(existsSync(path.join(dataFolder, 'run.json'))).toBe(false)
  })

  test('is ready within 10 seconds on data that is there', async () => {
    running = start({ dataFolder, firstPort })
    const seconds = await running.ready()
    process.stderr.write(`A second start took ${seconds} s.\n`)
    expect(seconds).toBeLessThan(10)
    expect(await peopleKnown()).toBe(1)
    running.kill('SIGINT')
    expect(await running.exit).toEqual({ code: 0, signal: null })
  })

  test('names a busy port, and the flag that changes it', async () => {
    const other = createServer().listen(firstPort + 2, '127.0.0.1')
    await once(other, 'listening')
    const refused = start({ dataFolder, firstPort })
    expect(await refused.exit).toMatchObject({ code: 1 })
    expect(refused.said()).toContain(`Port ${firstPort + 2}, for the database, is taken by another program.`)
    expect(refused.said()).toContain('npm start -- --port')
    other.close()
  })

  test('starts over with --fresh', async () => {
    running = start({ dataFolder, firstPort, flags: ['--fresh'] })
    await running.ready()
    expect(await peopleKnown()).toBe(0)
    running.kill('SIGTERM')
    await running.exit
  })

  test('answers a flag it does not know with those it does', async () => {
    const refused = start({ dataFolder, firstPort, flags: ['--hurry'] })
    expect(await refused.exit).toMatchObject({ code: 1 })
    expect(refused.said()).toContain('Usage: npm start -- [--port 3000] [--fresh]')
  })
})
