import type { Sql } from 'postgres'
import type { ApiKeys } from './keys.ts'
import type { Mailer } from './mailer.ts'

export type Answer = (request: Request) => Promise<Response>

/** What a correction may use; it needs nothing of lite itself. */
export type ApiParts = {
  /** lite's own connections, values formatted as the API gives them. */
  sql: Sql
  keys: ApiKeys
  /** Origin of this API. */
  url: string
  /** Origin of the web app. */
  siteUrl: string
  mailer: Mailer
}

/** One repair of @supabase/lite: stands in front of it, sees what comes in and what goes out. */
export type Correction = (api: ApiParts, next: Answer) => Answer
