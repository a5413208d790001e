import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { newApiKeys } from '#local/api/keys.ts'

const secrets = z.object({
  publishableKey: z.string(),
  secretKey: z.string(),
  jwtSecret: z.string(),
  /** SECRETS_KEYS of the worker: platform tokens in this folder's database are sealed with them. */
  secretsKeys: z.string(),
})
export type Secrets = z.infer<typeof secrets>

/** The keys of this data folder, made when it was. */
export function folderSecrets(folder: string): Secrets {
  const file = path.join(folder, 'keys.json')
  if (existsSync(file)) return secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  const made = newSecrets()
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

export function newSecrets(): Secrets {
  return { ...newApiKeys(), secretsKeys: `local1:${randomBytes(32).toString('base64')}` }
}
