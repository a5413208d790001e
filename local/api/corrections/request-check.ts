import { jsonAnswer } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

const GUESSED_COUNT = /count=(planned|estimated)/i

/**
 * PostgREST calls the function that the role setting `pgrst.db_pre_request` names before each request; lite
 * knows of none. Ours refuses guessed counts alone, so it is called where one is asked for.
 */
export const requestCheck: Correction =
  ({ sql }, next) =>
  async (request) => {
    const prefer = request.headers.get('prefer') ?? ''
    if (pathUnder('/rest/v1', request) === undefined || !GUESSED_COUNT.test(prefer)) return next(request)
    const [setting] = await sql<{ name: string | null }[]>`
      select (select substring(c from '^pgrst.db_pre_request=(.*)$') from unnest(s.setconfig) c
               where c like 'pgrst.db_pre_request=%') as name
        from pg_catalog.pg_db_role_setting s where s.setrole = 'authenticator'::regrole and s.setdatabase = 0`
    if (!setting?.name) return next(request)
    try {
      await sql.begin(async (check) => {
        await check`set local role anon`
        await check`select set_config('request.headers', ${JSON.stringify({ prefer })}, true)`
        await check`select ${sql(setting.name ?? '')}()`
      })
    } catch (error) {
      const { code, message, detail } = error as { code?: string; message: string; detail?: string }
      return jsonAnswer(
        { code: code ?? 'XX000', message, details: detail ?? null, hint: null },
        { status: 400 },
      )
    }
    return next(request)
  }
