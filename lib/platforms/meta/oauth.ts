import { z } from 'zod'
import type { Clock, ConnectedAccount, ExchangeOutcome } from '../contract.ts'
import type { PlatformHttp, PlatformRequest } from '../http.ts'
import { platformId } from '../json.ts'
import { readMetaAnswer } from './errors.ts'
import { appSecretProof, GRAPH_VERSION, graphUrl, type MetaApp } from './graph.ts'

/** What listing Pages and publishing on them takes (platforms/meta.md 2.1). */
const SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'] as const

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
const pagesAnswer = z.object({
  data: z.array(
    z.object({
      id: platformId,
      name: z.string(),
      access_token: z.string().min(1).optional(),
      tasks: z.array(z.string()).optional(),
      picture: z.object({ data: z.object({ url: z.string() }).optional() }).optional(),
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
    const missing = SCOPES.filter((scope) => !scopes.includes(scope))
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
  let after: string | undefined
  do {
    const query = {
      fields: 'id,name,access_token,category,tasks,picture{url}',
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
      accounts.push({
        network: 'facebook',
        platformUserId: userId,
        platformAccountId: page.id,
        accountName: page.name,
        avatarUrl: page.picture?.data?.url ?? null,
        accessToken: page.access_token,
        tokenExpiresAt: null,
        refreshToken: token,
        scopes,
      })
    }
    after = listed.paging?.next ? listed.paging.cursors?.after : undefined
  } while (after)

  if (accounts.length > 0) return { kind: 'connected', accounts, skipped }
  return skipped.length > 0
    ? { kind: 'failed', code: 'oauth_no_right_to_post', facts: { pages: skipped.map(({ name }) => name) } }
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
    if (code === 'meta_app_misconfigured') throw new ExchangeRefused('platform_not_configured', { message })
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
