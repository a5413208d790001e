import 'server-only'
import { z } from 'zod'

const origin = z.url().transform((url) => new URL(url).origin)

const webEnvironment = z.object({
  SITE_URL: origin,
  SUPABASE_URL: origin,
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
})

export type SiteConfig = { siteUrl: string; supabaseUrl: string; publishableKey: string }

let parsed: SiteConfig | undefined

/** Read when first asked, not at build: one build serves every port and every deployment. */
export function siteConfig(): SiteConfig {
  if (parsed) return parsed
  const environment = webEnvironment.safeParse(process.env)
  if (!environment.success) {
    const names = environment.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw new Error(`The web app cannot start: set ${names}. docs/operate.md lists every variable.`)
  }
  const { SITE_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = environment.data
  parsed = { siteUrl: SITE_URL, supabaseUrl: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY }
  return parsed
}

/** An absolute address of this desk. Route handlers need it: `request.url` may name another host. */
export function siteUrl(path: `/${string}`): URL {
  return new URL(path, siteConfig().siteUrl)
}

/** The id under which a platform knows this desk; undefined where whoever runs it has set none. */
export function platformAppId(platform: 'meta'): string | undefined {
  const ids = { meta: process.env.META_APP_ID }
  return ids[platform] || undefined
}
