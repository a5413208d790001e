import { siteConfig } from '#lib/config.ts'

export const dynamic = 'force-dynamic'

/** 200 once this process serves and its Supabase answers; 503 says which of the two does not. */
export async function GET() {
  const { supabaseUrl, publishableKey } = siteConfig()
  const api = await fetch(`${supabaseUrl}/auth/v1/settings`, {
    headers: { apikey: publishableKey },
    signal: AbortSignal.timeout(2000),
    cache: 'no-store',
  }).then(
    (response) => (response.status < 500 ? 'ok' : 'failing'),
    () => 'unreachable',
  )
  return Response.json({ web: 'ok', api }, { status: api === 'ok' ? 200 : 503 })
}
