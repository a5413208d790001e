import { AsyncLocalStorage } from 'node:async_hooks'
import type { Correction } from '../correction.ts'
import type { Mailer } from '../mailer.ts'
import { pathUnder } from '../requests.ts'

const redirectTo = new AsyncLocalStorage<string | undefined>()
const mailingPaths = ['/otp', '/recover', '/signup', '/resend', '/user', '/magiclink', '/invite']

/** Keeps where the caller wants the mailed link to end, for `mailerWithRedirects`. */
export const mailRedirects: Correction =
  ({ siteUrl }, next) =>
  async (request) => {
    if (!mailingPaths.includes(pathUnder('/auth/v1', request) ?? '')) return next(request)
    const wanted = new URL(request.url).searchParams.get('redirect_to')
    const allowed = wanted !== null && URL.parse(wanted)?.origin === siteUrl
    return redirectTo.run(allowed ? wanted : undefined, () => next(request))
  }

/** lite writes the site's own address wherever a template says `{{ .RedirectTo }}`. */
export function mailerWithRedirects(mailer: Mailer, siteUrl: string): Mailer {
  return {
    send(mail) {
      const html = mail.html.replaceAll(`next=${siteUrl}`, () => {
        return `next=${encodeURIComponent(redirectTo.getStore() ?? siteUrl)}`
      })
      return mailer.send({ ...mail, html })
    },
  }
}
