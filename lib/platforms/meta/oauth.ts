import { z } from 'zod'
import type { Clock, ConnectedAccount, ExchangeOutcome } from '../contract.ts'
import type { PlatformHttp, PlatformRequest } from '../http.ts'
import { platformId } from '../json.ts'
import { readMetaAnswer } from './errors.ts'
import { appSecretProof, GRAPH_VERSION, graphUrl, type MetaApp } from './graph.ts'

/** What listing Pages and publishing on them takes: without one of these there is nothing to connect. */
const PAGE_SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'] as const
/** What posting on the Instagram accounts linked to them takes; declined, the Pages are connected alone. */
const INSTAGRAM_SCOPES = ['instagram_basic', 'instagram_content_publish'] as const
/** For readMetrics of metrics.ts; declined, posts go out and their numbers stay empty. */
const INSIGHT_SCOPES = ['read_insights', 'instagram_manage_insights'] as const
const SCOPES = [...PAGE_SCOPES, ...INSTAGRAM_SCOPES, ...INSIGHT_SCOPES]

const TIMEOUT_MS = 20_000

/** Where the browser goes to ask for the rights. `auth_type` makes Facebook ask again for what was declined. */
export function metaAuthorizeUrl({
  appId,
  state,
  redirectUri,
}: {
  appId: string
  state: string
  redirectUri: string
}): string {
  const url = new URL(`https://www.facebook.com/${GRAPH_VERSION}/dialog/oauth`)
  url.search = new URLSearchParams({
    client_id: appId,
    redirect_uri: redirectUri,
    state,
    response_type: 'code',
    scope: SCOPES.join(','),
    auth_type: 'rerequest',
  }).toString()
  return url.href
}

const tokenAnswer = z.object({ access_token: z.string().min(1) })
const permissions = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) })
const linkedInstagram = z.object({
  id: platformId,
  username: z.string().optional(),
  profile_picture_url: z.string().optional(),
})
const pagesAnswer = z.object({
  data: z.array(
    z.object({
      id: platformId,
      name: z.string(),
      access_token: z.string().min(1).optional(),
      tasks: z.array(z.string()).optional(),
      picture: z.object({ data: z.object({ url: z.string() }).optional() }).optional(),
      // Absent where no professional account is linked to the Page.
      instagram_business_account: linkedInstagram.optional(),
    }),
  ),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
})

type Tools = { app: MetaApp; http: PlatformHttp; clock: Clock }

/** Code → user token → long-lived user token → the tokens of its Pages, which no clock ends. */
export async function exchangeMetaCode(
  { code, redirectUri }: { code: string; redirectUri: string },
  tools: Tools,
): Promise<ExchangeOutcome> {
  try {
    const short = await askToken({ code, redirect_uri: redirectUri }, tools)
    const long = await askToken({ grant_type: 'fb_exchange_token', fb_exchange_token: short }, tools)

    const granted = await readAsUser('me/permissions', {}, permissions, long, tools)
    const scopes = granted.data
      .filter(({ status }) => status === 'granted')
      .map(({ permission }) => permission)
    const missing = PAGE_SCOPES.filter((scope) => !scopes.includes(scope))
    if (missing.length > 0) return { kind: 'failed', code: 'oauth_scope_missing', facts: { missing } }

    const user = await readAsUser('me', { fields: 'id' }, z.object({ id: platformId }), long, tools)
    return await connectPages(long, user.id, scopes, tools)
  } catch (error) {
    if (error instanceof ExchangeRefused) return { kind: 'failed', code: error.code, facts: error.facts }
    throw error
  }
}

async function connectPages(
  token: string,
  userId: string,
  scopes: string[],
  tools: Tools,
): Promise<ExchangeOutcome> {
  const accounts: ConnectedAccount[] = []
  const skipped: { name: string; reason: string }[] = []
  const declined = INSTAGRAM_SCOPES.filter((scope) => !scopes.includes(scope))
  const mayPostOnInstagram = declined.length === 0
  if (!mayPostOnInstagram) skipped.push({ name: 'Instagram', reason: 'instagram_declined' })
  let after: string | undefined
  do {
    const query = {
      fields:
        'id,name,access_token,category,tasks,picture{url},instagram_business_account{id,username,profile_picture_url}',
      limit: '100',
      ...(after ? { after } : {}),
    }
    // Never `paging.next` itself: that address carries the token.
    const listed = await readAsUser('me/accounts', query, pagesAnswer, token, tools)
    for (const page of listed.data) {
      if (!page.access_token || !page.tasks?.includes('CREATE_CONTENT')) {
        skipped.push({ name: page.name, reason: 'no_right_to_post' })
        continue
      }
      const granted = {
        platformUserId: userId,
        accessToken: page.access_token,
        tokenExpiresAt: null,
        refreshToken: token,
        scopes,
      }
      accounts.push({
        ...granted,
        network: 'facebook',
        platformAccountId: page.id,
        accountName: page.name,
        avatarUrl: page.picture?.data?.url ?? null,
      })
      // An Instagram account is reached with the token of its Page (platforms/meta.md 2.1).
      const linked = page.instagram_business_account
      if (linked && mayPostOnInstagram) {
        accounts.push({
          ...granted,
          network: 'instagram',
          platformAccountId: linked.id,
          accountName: linked.username ?? page.name,
          avatarUrl: linked.profile_picture_url ?? null,
        })
      }
    }
    after = listed.paging?.next ? listed.paging.cursors?.after : undefined
  } while (after)

  if (accounts.length > 0) return { kind: 'connected', accounts, skipped }
  const pages = skipped.flatMap(({ name, reason }) => (reason === 'no_right_to_post' ? [name] : []))
  return pages.length > 0
    ? { kind: 'failed', code: 'oauth_no_right_to_post', facts: { pages } }
    : { kind: 'failed', code: 'oauth_no_accounts', facts: {} }
}

class ExchangeRefused extends Error {
  readonly code: string
  readonly facts: Readonly<Record<string, unknown>>
  constructor(code: string, facts: Readonly<Record<string, unknown>>) {
    super(code)
    this.code = code
    this.facts = facts
  }
}

/** By POST, so that neither the secret nor the code stands in an address. */
async function askToken(grant: Record<string, string>, { app, http }: Tools): Promise<string> {
  const { access_token } = await ask(
    {
      method: 'POST',
      url: graphUrl('oauth/access_token'),
      form: { client_id: app.id, client_secret: app.secret, ...grant },
      secrets: [app.secret, ...Object.values(grant)],
    },
    tokenAnswer,
    http,
  )
  return access_token
}

async function readAsUser<T>(
  path: string,
  query: Record<string, string>,
  shape: z.ZodType<T>,
  token: string,
  { app, http }: Tools,
): Promise<T> {
  const proof = appSecretProof(app, token)
  const request = {
    method: 'GET' as const,
    url: graphUrl(path),
    query: { ...query, appsecret_proof: proof },
    authorization: { scheme: 'Bearer' as const, token },
    secrets: [app.secret, proof],
  }
  return ask(request, shape, http)
}

async function ask<T>(
  request: Omit<PlatformRequest, 'timeoutMs'>,
  shape: z.ZodType<T>,
  http: PlatformHttp,
): Promise<T> {
  const answer = readMetaAnswer(await http.send({ ...request, timeoutMs: TIMEOUT_MS }))
  if (answer.kind === 'error') {
    const { class: errorClass, code, message } = answer.error
    if (code === 'platform_not_configured') throw new ExchangeRefused(code, { message })
    // Meta answers a used, old or foreign code with 100 (meta.md 2.1), which else means a faulty request.
    if (errorClass === 'invalid' || errorClass === 'auth')
      throw new ExchangeRefused('oauth_code_expired', { message })
    throw new ExchangeRefused('oauth_unreachable', { message })
  }
  const parsed = shape.safeParse(answer.body)
  if (!parsed.success)
    throw new ExchangeRefused('oauth_exchange_failed', { path: new URL(request.url).pathname })
  return parsed.data
}
