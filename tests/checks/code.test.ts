import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { projectFolder } from '#local/supervisor/folder.ts'

const bin = path.join(projectFolder, 'node_modules/.bin')

test('the code keeps its style and its import rules', { timeout: 120_000 }, async () => {
  expect(await complaints('biome', ['check', '--error-on-warnings', '--colors=off', '.'])).toBe('')
})

test('the code passes the type checker', { timeout: 120_000 }, async () => {
  expect(await complaints('tsc', ['--noEmit', '--pretty', 'false'])).toBe('')
})

async function complaints(command: string, given: string[]): Promise<string> {
  try {
    await promisify(execFile)(path.join(bin, command), given, {
      cwd: projectFolder,
      maxBuffer: 16 * 1024 ** 2,
    })
    return ''
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return `${stdout}${stderr}`
  }
}
