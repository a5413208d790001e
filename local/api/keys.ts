import { randomBytes } from 'node:crypto'

/** The keys of one local Supabase, in the shape of hosted ones. */
export type ApiKeys = {
  publishableKey: string
  secretKey: string
  jwtSecret: string
}

export function newApiKeys(): ApiKeys {
  return {
    publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    jwtSecret: randomBytes(32).toString('base64url'),
  }
}
