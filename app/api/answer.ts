import 'server-only'
import { NextResponse } from 'next/server'
import { siteUrl } from '#lib/config.ts'
import type { Refusal } from '#lib/errors.ts'
import { log, newErrorId } from '#lib/log.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'

/** A form with script asks for JSON and goes on by itself; without script it follows a redirect. */
export type FormAnswer =
  | { redirectTo: string }
  | { refusal: Refusal; fieldErrors?: Partial<Record<string, string[]>> }

export function answerForm(request: Request, answer: FormAnswer, page: `/${string}`): NextResponse {
  const wantsJson = request.headers.get('accept')?.includes('application/json')
  if (wantsJson) return NextResponse.json(answer, { status: 'refusal' in answer ? 422 : 200 })
  if ('redirectTo' in answer) return NextResponse.redirect(new URL(answer.redirectTo, siteUrl('/')), 303)
  const back = siteUrl(page)
  back.searchParams.set('refused', answer.refusal.code)
  return NextResponse.redirect(back, 303)
}

/** What went wrong as an answer; the unexpected is logged here, once. */
export function refusalOf(error: unknown, handler: string): Refusal {
  const expected = refusalFrom(error)
  if (expected) return expected
  const errorId = newErrorId()
  log.error({ err: error, errorId, handler }, 'route handler failed')
  return { ...refusal('unexpected'), errorId }
}
