import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { authMails } from '#local/api/auth-mails.ts'
import { projectFolder } from '#local/supervisor/folder.ts'

test('local and hosted Supabase send the same mails', async () => {
  const config = await readFile(path.join(projectFolder, 'supabase/config.toml'), 'utf8')
  for (const [kind, { subject }] of Object.entries(authMails)) {
    expect(config).toContain(
      `[auth.email.template.${kind}]\nsubject = "${subject}"\ncontent_path = "./supabase/templates/${kind}.html"\n`,
    )
  }
})
