import { siteConfig } from '#lib/config.ts'
import { safeNext } from '#lib/identity/paths.ts'
import { linkToken } from '#lib/members/schema.ts'
import { refusal } from '#lib/refusals.ts'
import { isFromThisSite } from '#lib/same-origin.ts'
import { serviceDb } from '#lib/supabase/service.ts'
import { answerForm, type FormAnswer, refusalOf } from '../../answer.ts'
import { mintSession } from '../../mint-session.ts'

/** The button behind a client's mailed link: redeems it and signs them in on this device. */
export async function POST(request: Request) {
  const token = String((await request.formData()).get('token') ?? '')
  const answer = isFromThisSite(request)
    ? await open(token).catch((error: unknown) => ({ refusal: refusalOf(error, 'api/portal/open') }))
    : { refusal: refusal('origin_not_ours') }
  return answerForm(request, answer, `/open/${encodeURIComponent(token)}`)
}

async function open(token: string): Promise<FormAnswer> {
  if (!linkToken.safeParse(token).success) return { refusal: refusal('link_unknown') }
  const service = serviceDb()
  const { data: link } = await service.rpc('redeem_portal_link', { token }).single().throwOnError()
  await mintSession(service, link.email)
  return { redirectTo: safeNext(link.destination, siteConfig().siteUrl, '/portal') }
}
