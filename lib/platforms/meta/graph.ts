import { createHmac } from 'node:crypto'

/** One pinned version: v26.0 of 2026-07-29, alive for about two years (platforms/meta.md 1). */
export const GRAPH_VERSION = 'v26.0'

export type MetaApp = { id: string; secret: string }

export function graphUrl(path: string): string {
  return `https://graph.facebook.com/${GRAPH_VERSION}/${path}`
}

/** Proves that the caller holds the app secret, so that a leaked token alone is of no use (meta.md 1). */
export function appSecretProof(app: MetaApp, token: string): string {
  return createHmac('sha256', app.secret).update(token).digest('hex')
}

/** Meta writes 2026-08-07T12:34:56+0000: no colon in the offset, which strict parsers refuse. */
export function parseMetaTime(text: string): Date {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
}
