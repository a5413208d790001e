import { redirect } from 'next/navigation'
import { type NextRequest, NextResponse } from 'next/server'
import { z } from 'zod'
import { listMyBrands } from '#lib/brands/queries.ts'
import { siteUrl } from '#lib/config.ts'
import { signInPath } from '#lib/identity/paths.ts'
import { getSession } from '#lib/supabase/session.ts'
import { refusalOf } from '../../answer.ts'

const text = z.string().max(4000)
const callback = z.union([
  z.object({ state: text, error: text, error_reason: text.optional(), error_description: text.optional() }),
  z.object({ state: text, code: text }),
])

/**
 * Where a network sends the person back. Acts as that person: one function consumes the state and stores
 * the code; the worker, which alone sees keys in clear, exchanges it while the page waits.
 */
export async function GET(request: NextRequest) {
  const session = await getSession()
  if (!session) redirect(signInPath(`${request.nextUrl.pathname}${request.nextUrl.search}`))

  const answer = callback.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  if (!answer.success) return NextResponse.redirect(siteUrl('/refused?code=oauth_state_unknown'), 303)

  const { data: attempt, error } =
    'code' in answer.data
      ? await session.db.rpc('finish_connect', { state: answer.data.state, code: answer.data.code }).single()
      : await session.db
          .rpc('refuse_connect', {
            state: answer.data.state,
            error: answer.data.error,
            reason: answer.data.error_description ?? answer.data.error_reason ?? '',
          })
          .single()
  if (error) {
    const { code } = refusalOf(error, 'api/oauth')
    return NextResponse.redirect(siteUrl(`/refused?code=${encodeURIComponent(code)}`), 303)
  }

  const brand = (await listMyBrands()).find((one) => one.id === attempt.brand_id)
  const page = brand ? (`/brands/${brand.slug}/connections?connecting=${attempt.id}` as const) : '/'
  return NextResponse.redirect(siteUrl(page), 303)
}
