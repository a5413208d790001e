import type { CookieOptionsWithName } from '@supabase/ssr'

/**
 * One shape for every client, so that a refresh in the browser never weakens what the server set.
 * Cookies ignore the port; its number in the name lets two local desks share one browser.
 */
export function sessionCookie(siteUrl: string): CookieOptionsWithName {
  const site = new URL(siteUrl)
  return {
    name: site.port ? `copydesk-${site.port}` : 'copydesk',
    path: '/',
    sameSite: 'lax',
    secure: site.protocol === 'https:',
  }
}
