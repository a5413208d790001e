type CspFacts = {
  nonce: string
  supabaseUrl: string
  /** Where a form may lead on to: the networks' own consent pages. */
  formTargets: readonly string[]
  https: boolean
  development: boolean
}

/** docs/decisions/0004: scripts run by nonce alone; pictures, film and data come from here and from Supabase. */
export function contentSecurityPolicy({
  nonce,
  supabaseUrl,
  formTargets,
  https,
  development,
}: CspFacts): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // React's development build rebuilds server stacks with eval; production needs none.
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    // The development server adds style elements without a nonce.
    'style-src-elem': ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // Server-rendered style attributes (an agency's colour, a meter's width) carry values, never rules.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:', supabaseUrl],
    'media-src': ["'self'", 'blob:', supabaseUrl],
    'font-src': ["'self'"],
    'connect-src': ["'self'", supabaseUrl, ...(development ? ['ws:'] : [])],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    // A browser without script follows the redirect of a form, and asks whether it may.
    'form-action': ["'self'", ...formTargets],
    ...(https ? { 'upgrade-insecure-requests': [] } : {}),
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

export function securityHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Invitation and client links carry their token in the path: no other site learns it. (no-referrer would
    // also blank the Origin that POSTs are checked by.)
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}
