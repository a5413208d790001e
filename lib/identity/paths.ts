/**
 * Where to go on, from something a stranger may have written.
 * @returns a path on this desk; `fallback` for anything that leads elsewhere
 */
export function safeNext(next: string | null | undefined, siteUrl: string, fallback: string): string {
  if (!next || !URL.canParse(next, siteUrl)) return fallback
  const target = new URL(next, siteUrl)
  if (target.origin !== new URL(siteUrl).origin) return fallback
  return `${target.pathname}${target.search}${target.hash}`
}

export function signInPath(next: string | null): string {
  return next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'
}
