import 'server-only'
import { createClient } from '@supabase/supabase-js'
import { siteConfig } from '#lib/config.ts'
import type { Database, Db } from './db.ts'

/**
 * The service key, which no policy holds back: imported by app/api route handlers alone (a lint rule
 * holds it), each to call one function or to mint one session.
 */
export function serviceDb(): Db {
  const secretKey = process.env.SUPABASE_SECRET_KEY
  if (!secretKey) throw new Error('Set SUPABASE_SECRET_KEY: the route handlers of app/api need it.')
  return createClient<Database>(siteConfig().supabaseUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
}
