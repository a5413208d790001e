import { z } from 'zod'
import type { PlatformError, RefreshOutcome, TokenWork } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, shaped, type Tools } from './client.ts'
import { readMetaAnswer } from './errors.ts'
import { graphUrl } from './graph.ts'
import { readList } from './list.ts'

const TIMEOUT_MS = 20_000

const exchanged = z.object({ access_token: z.string().min(1) })
const page = z.object({
  id: platformId,
  access_token: z.string().min(1).optional(),
  instagram_business_account: z.object({ id: platformId }).optional(),
})

/**
 * A Page's token that was made with a long-lived user token has no clock (platforms/meta.md 0.11). One that has
 * is made anew: the user token is exchanged while it lives, then the Page's is read with it.
 */
export async function refreshMetaToken(work: TokenWork, tools: Tools): Promise<RefreshOutcome> {
  if (work.expiresAt === null) return { kind: 'not_needed' }
  if (work.refreshToken === null) return { kind: 'failed', error: cannotRefresh }

  const { app, http } = tools
  const answer = readMetaAnswer(
    await http.send({
      method: 'POST',
      url: graphUrl('oauth/access_token'),
      form: {
        grant_type: 'fb_exchange_token',
        client_id: app.id,
        client_secret: app.secret,
        fb_exchange_token: work.refreshToken,
      },
      secrets: [app.secret, work.refreshToken],
      timeoutMs: TIMEOUT_MS,
    }),
  )
  const user = shaped(answer, exchanged)
  if (user.kind === 'error') return { kind: 'failed', error: user.error }

  const refreshToken = user.value.access_token
  const client = createGraphClient(refreshToken, tools)
  const fields = 'id,access_token,instagram_business_account{id}'
  const listed = await readList(client, 'me/accounts', { fields }, page)
  if (listed.kind === 'error') return { kind: 'failed', error: listed.error }
  const mine = listed.value.find(
    ({ id, instagram_business_account: linked }) => id === work.accountId || linked?.id === work.accountId,
  )
  // What an exchange gives is long-lived, and so is the Page's token made with it.
  if (mine?.access_token) {
    return { kind: 'refreshed', accessToken: mine.access_token, expiresAt: null, refreshToken }
  }
  return { kind: 'failed', error: roleLost }
}

const cannotRefresh: PlatformError = {
  class: 'auth',
  code: 'meta_token_expired',
  message: 'The desk keeps nothing that a new token could be asked with.',
}
const roleLost: PlatformError = {
  class: 'auth',
  code: 'meta_page_role_lost',
  message: 'Whoever connected this account no longer manages it.',
}
