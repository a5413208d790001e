import { GraphError, tokenUnreadable } from '../errors.ts'
import { META_SANDBOX_APP } from '../facts.ts'
import type { Params } from '../params.ts'
import { isGranular, isSame, type Token } from '../tokens.ts'
import type { Meta } from './call.ts'

/** `/oauth/access_token`: a code becomes a short-lived token, a short-lived token a long-lived one. */
export function exchangeToken(meta: Meta, params: Params) {
  mustBeOurApp(params)
  switch (params.text('grant_type') ?? 'authorization_code') {
    case 'authorization_code':
      return answer(meta, meta.tokens.redeem(params.required('code'), params.required('redirect_uri')))
    case 'fb_exchange_token':
      return answer(meta, meta.tokens.lengthen(params.required('fb_exchange_token')))
    default:
      throw new GraphError('Invalid grant_type', { code: 100 })
  }
}

function answer({ tokens, ground }: Meta, token: Token) {
  return {
    access_token: tokens.secretOf(token),
    token_type: 'bearer',
    ...(token.expires_at !== null && {
      expires_in: Math.round((token.expires_at - ground.clock.now()) / 1000),
    }),
  }
}

function mustBeOurApp(params: Params): void {
  if (params.required('client_id') !== META_SANDBOX_APP.id)
    throw new GraphError('Error validating application. Cannot get application info due to a system error.', {
      code: 101,
    })
  if (!isSame(META_SANDBOX_APP.secret, params.required('client_secret')))
    throw new GraphError('Error validating client secret.', { code: 1 })
}

/** `/debug_token`, asked by the app or by the person whose token it is. */
export function debugToken(meta: Meta, params: Params, accessToken: string) {
  const inspected = params.required('input_token')
  const found = meta.tokens.find(inspected)
  if (!meta.tokens.isAppToken(accessToken)) {
    const asking = meta.tokens.session(accessToken)
    if (!found || found.person_id !== asking.token.person_id) throw tokenUnreadable()
  }
  const problem = problemWith(meta, inspected)
  if (!found)
    return {
      data: { app_id: META_SANDBOX_APP.id, is_valid: false, scopes: [], ...(problem && { error: problem }) },
    }

  const grant = meta.tokens.grantOf(found.person_id)
  const seconds = (ms: number | null | undefined) => (ms == null ? 0 : Math.floor(ms / 1000))
  return {
    data: {
      app_id: META_SANDBOX_APP.id,
      type: found.kind === 'page' ? 'PAGE' : 'USER',
      application: META_SANDBOX_APP.name,
      data_access_expires_at: seconds(grant?.data_access_expires_at),
      expires_at: seconds(found.expires_at),
      is_valid: problem === null,
      issued_at: seconds(found.issued_at),
      ...(found.page_id !== null && { profile_id: found.page_id }),
      scopes: grant?.granted ?? [],
      granular_scopes: (grant?.granted ?? [])
        .filter(isGranular)
        .map((scope) => ({ scope, target_ids: grant?.page_ids ?? [] })),
      user_id: found.person_id,
      ...(problem && { error: problem }),
    },
  }
}

function problemWith({ tokens }: Meta, token: string) {
  try {
    tokens.session(token)
    return null
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    const { code, subcode } = error.facts
    return { code, message: error.message, ...(subcode !== undefined && { subcode }) }
  }
}
