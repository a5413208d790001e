import 'server-only'
import { siteConfig } from './config.ts'

/** Server actions check this themselves; a route handler that a form posts to must ask. */
export function isFromThisSite(request: Request): boolean {
  return request.headers.get('origin') === siteConfig().siteUrl
}
