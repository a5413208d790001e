import type { PlatformName } from './contract.ts'
import { metaAuthorizeUrl } from './meta/oauth.ts'

/** The platform's own address where a person grants the rights; open it through throughGateway of http.ts. */
export function authorizeUrl(
  platform: PlatformName,
  request: { appId: string; state: string; redirectUri: string },
): string {
  const builders: Record<PlatformName, typeof metaAuthorizeUrl> = { meta: metaAuthorizeUrl }
  return builders[platform](request)
}

/** Where the networks ask for consent: a form that leads there may be redirected to them. */
export const consentOrigins = ['https://www.facebook.com'] as const
