import { randomBytes } from 'node:crypto'
import { type CookieOptions, createServerClient } from '@supabase/ssr'
import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { type NextRequest, NextResponse } from 'next/server'
import { siteConfig } from '#lib/config.ts'
import { consentOrigins } from '#lib/platforms/authorize.ts'
import { throughGateway } from '#lib/platforms/http.ts'
import { contentSecurityPolicy, securityHeaders } from '#lib/security-headers.ts'
import { sessionCookie } from '#lib/supabase/cookies.ts'
import { requestFacts } from '#lib/supabase/request-facts.ts'

export const config = {
  // Edge, the default of this file name, has no node:crypto and cannot reach a local API.
  runtime: 'nodejs',
  matcher: ['/((?!_next/static|_next/image|api/health|favicon.ico|icon.svg).*)'],
}

/** One look at the session a request; then pages, actions and route handlers know who asks. */
export async function middleware(request: NextRequest) {
  const { siteUrl, supabaseUrl } = siteConfig()
  const { pathname, search } = request.nextUrl
  const https = siteUrl.startsWith('https:')
  const nonce = randomBytes(16).toString('base64')
  const development = process.env.NODE_ENV === 'development'
  const policy = contentSecurityPolicy({
    nonce,
    supabaseUrl,
    formTargets: consentOrigins.map((origin) => new URL(throughGateway(origin)).origin),
    https,
    development,
  })

  const session = await refreshSession(request)

  const onward = new Headers(request.headers)
  for (const name of Object.values(requestFacts)) onward.delete(name)
  onward.set('content-security-policy', policy)
  onward.set(requestFacts.nonce, nonce)
  onward.set(requestFacts.path, `${pathname}${search}`)
  for (const [name, value] of Object.entries(session.facts)) onward.set(name, value)

  const response = NextResponse.next({ request: { headers: onward } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(securityHeaders({ https }))) response.headers.set(name, value)
  for (const { name, value, options } of session.written) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(session.cacheHeaders)) response.headers.set(name, value)
  return response
}

type Written = { name: string; value: string; options: CookieOptions }

/** Refreshes a session about to expire, for this request (its cookies change too) and for the browser. */
async function refreshSession(request: NextRequest) {
  const { siteUrl, supabaseUrl, publishableKey } = siteConfig()
  const written: Written[] = []
  const cacheHeaders: Record<string, string> = {}
  const client = createServerClient(supabaseUrl, publishableKey, {
    cookieOptions: sessionCookie(siteUrl),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (changed, headers) => {
        for (const { name, value, options } of changed) {
          request.cookies.set(name, value)
          written.push({ name, value, options })
        }
        Object.assign(cacheHeaders, headers)
      },
    },
  })

  const { data, error } = await client.auth.getClaims()
  const facts: Record<string, string> = {}
  if (data) {
    const { data: stored } = await client.auth.getSession()
    facts[requestFacts.userId] = data.claims.sub
    facts[requestFacts.email] = encodeURIComponent(data.claims.email ?? '')
    facts[requestFacts.token] = stored.session?.access_token ?? ''
  } else if (isAuthRetryableFetchError(error)) {
    facts[requestFacts.unreachable] = '1'
  }
  return { facts, written, cacheHeaders }
}
