import { createBrowserClient } from '@supabase/ssr'
import { sessionCookie } from './cookies.ts'
import type { Database, Db } from './db.ts'

/** supabase-js in the browser, as the signed-in person. `@supabase/ssr` keeps one instance a tab. */
export function browserDb(config: { siteUrl: string; supabaseUrl: string; publishableKey: string }): Db {
  return createBrowserClient<Database>(config.supabaseUrl, config.publishableKey, {
    cookieOptions: sessionCookie(config.siteUrl),
  })
}
