import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { projectFolder } from '#local/supervisor/folder.ts'

// A registry that lacks one platform's package lets `npm install` write a lock file that `npm ci` refuses.
test('a fresh clone can be installed from the lock file', async () => {
  const { stderr } = await promisify(execFile)('npm', ['ci', '--dry-run', '--ignore-scripts'], {
    cwd: projectFolder,
    maxBuffer: 10_000_000,
  })
  expect(stderr).not.toContain('Missing:')
})
