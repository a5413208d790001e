import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { createClient } from '@supabase/supabase-js'
import { cookies } from 'next/headers'
import { siteConfig } from '#lib/config.ts'
import { sessionCookie } from './cookies.ts'
import type { Database, Db } from './db.ts'

/**
 * The Data API for one request, under the token that middleware verified (null: as anon).
 * It cannot refresh or change the session: only middleware and `authClient` may write cookies.
 */
export function requestDb(accessToken: string | null): Db {
  const { supabaseUrl, publishableKey } = siteConfig()
  return createClient<Database>(supabaseUrl, publishableKey, { accessToken: async () => accessToken })
}

/** Signs people in and out. For actions and route handlers, which may set cookies. */
export async function authClient(): Promise<Db> {
  const { siteUrl, supabaseUrl, publishableKey } = siteConfig()
  const jar = await cookies()
  return createServerClient<Database>(supabaseUrl, publishableKey, {
    cookieOptions: sessionCookie(siteUrl),
    cookies: {
      getAll: () => jar.getAll(),
      setAll: (written) => {
        for (const { name, value, options } of written) jar.set(name, value, options)
      },
    },
  })
}

/** Speaks to Auth without touching anybody's cookies: to check a password, to mail a link. */
export function statelessAuth(): Db['auth'] {
  const { supabaseUrl, publishableKey } = siteConfig()
  const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
  return createClient<Database>(supabaseUrl, publishableKey, { auth }).auth
}
