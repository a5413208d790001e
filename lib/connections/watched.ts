import type { Db } from '#lib/supabase/db.ts'
import { type Attempt, attempt, attemptColumns } from './schema.ts'

/** How far an attempt to connect has come. One small request, from the browser. */
export async function watchAttempt(db: Db, id: string, signal: AbortSignal): Promise<Attempt> {
  const { data } = await db
    .from('oauth_states')
    .select(attemptColumns)
    .eq('id', id)
    .abortSignal(signal)
    .single()
    .throwOnError()
  return attempt.parse(data)
}
