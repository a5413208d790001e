import { createClient } from '@supabase/supabase-js'
import type { Database, Db } from '#lib/supabase/db.ts'
import type { Backend } from './backend.ts'

export type Person = {
  name: string
  id: string
  email: string
  password: string
  /** The Data API, Auth and Storage as this person. */
  client: Db
}

/** A client of nobody yet, or of whoever the key makes it. */
export function newClient(api: Backend['api'], key: string = api.publishableKey): Db {
  return createClient<Database>(api.url, key, { auth: { persistSession: false, autoRefreshToken: false } })
}

/** Signs up through the public door, as anyone can; a name may be used again, the address is new each time. */
export async function signUp(api: Backend['api'], name: string): Promise<Person> {
  const client = newClient(api)
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}.${crypto.randomUUID().slice(0, 8)}@copydesk.example`
  const password = `${name} writes well 1`
  const { data, error } = await client.auth.signUp({
    email,
    password,
    options: { data: { display_name: name } },
  })
  if (error) throw error
  if (!data.user) throw new Error(`Nobody came of signing up ${name}.`)
  return { name, id: data.user.id, email, password, client }
}
