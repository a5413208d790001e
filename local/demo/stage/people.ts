import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { TransactionSql } from 'postgres'
import { cast, demoPassword, type PersonKey } from '#local/demo/cast.ts'
import type { Sql } from '#worker/records/sql.ts'
import type { StoryClock } from './clock.ts'

const NO_BROWSER = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } }

type Api = { url: string; secretKey: string; publishableKey: string }

/** Where the founder's account says how far the story got. Only the service key writes it. */
export type Progress = 'begun' | 'told'

/** The cast, each with an account of their own: what they do is done under their role and their claims. */
export class People {
  readonly #sql: Sql
  readonly #clock: StoryClock
  readonly #api: Api
  readonly #service: SupabaseClient
  readonly #ids = new Map<PersonKey, string>()
  readonly #sessions = new Map<PersonKey, Promise<SupabaseClient>>()

  constructor(api: Api, sql: Sql, clock: StoryClock) {
    this.#api = api
    this.#sql = sql
    this.#clock = clock
    this.#service = createClient(api.url, api.secretKey, NO_BROWSER)
  }

  async createAccount(key: PersonKey, progress?: Progress): Promise<void> {
    const { name, email, timeZone } = cast[key]
    const { data, error } = await this.#service.auth.admin.createUser({
      email,
      password: demoPassword,
      email_confirm: true,
      user_metadata: { display_name: name, time_zone: timeZone },
      ...(progress && { app_metadata: { demo_story: progress } }),
    })
    if (error) throw new Error(`${name} got no account: ${error.message}`, { cause: error })
    this.#ids.set(key, data.user.id)
  }

  async setProgress(key: PersonKey, progress: Progress): Promise<void> {
    const { error } = await this.#service.auth.admin.updateUserById(this.id(key), {
      app_metadata: { demo_story: progress },
    })
    if (error) throw error
  }

  /** Whatever stands of a story that broke off: accounts, and files under the given paths. */
  async remove(userIds: readonly string[], files: string[]): Promise<void> {
    if (files.length > 0) {
      const { error } = await this.#service.storage.from('media').remove(files)
      if (error) throw error
    }
    for (const id of userIds) {
      const { error } = await this.#service.auth.admin.deleteUser(id)
      if (error) throw error
    }
  }

  id(key: PersonKey): string {
    const id = this.#ids.get(key)
    if (!id) throw new Error(`${cast[key].name} has no account yet.`)
    return id
  }

  /** One transaction as that person, at the story's time, as the Data API would run it. */
  async as<T>(key: PersonKey, deed: (sql: TransactionSql) => Promise<T>): Promise<T> {
    const claims = JSON.stringify({
      sub: this.id(key),
      role: 'authenticated',
      email: cast[key].email,
      aal: 'aal1',
    })
    await this.#clock.tellDatabase()
    const { value } = await this.#sql.begin(async (sql) => {
      await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
      return { value: await deed(sql) }
    })
    return value
  }

  /** Their own session with the Storage API. */
  async upload(key: PersonKey, path: string, bytes: Buffer, contentType: string): Promise<void> {
    const session = this.#sessions.get(key) ?? this.#signIn(key)
    this.#sessions.set(key, session)
    const { error } = await (await session).storage.from('media').upload(path, bytes, { contentType })
    if (error)
      throw new Error(`${cast[key].name} could not upload ${path}: ${error.message}`, { cause: error })
  }

  async #signIn(key: PersonKey): Promise<SupabaseClient> {
    const client = createClient(this.#api.url, this.#api.publishableKey, NO_BROWSER)
    const { error } = await client.auth.signInWithPassword({ email: cast[key].email, password: demoPassword })
    if (error) throw new Error(`${cast[key].name} could not sign in: ${error.message}`, { cause: error })
    return client
  }
}
