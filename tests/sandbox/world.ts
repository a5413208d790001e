import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { META_SANDBOX_APP, type RunningSandbox, startSandbox } from '#local/sandboxes/server.ts'

const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number().optional(),
})
const accounts = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string(), access_token: z.string() })),
})

export const REDIRECT = 'http://127.0.0.1:3000/api/oauth/meta'
export const SCOPES = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'read_insights',
  'instagram_basic',
  'instagram_content_publish',
  'instagram_manage_insights',
  'instagram_manage_comments',
  'instagram_manage_contents',
  'pages_manage_metadata',
  'pages_manage_engagement',
  'pages_read_user_content',
]

/** A sandbox and what a client of it does, over real HTTP. */
export class SandboxClient {
  readonly sandbox: RunningSandbox

  constructor(sandbox: RunningSandbox) {
    this.sandbox = sandbox
  }

  static async start(options: { dataDir?: string } = {}): Promise<SandboxClient> {
    return new SandboxClient(await startSandbox({ port: 0, ...options }))
  }

  graph(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.sandbox.url}/graph.facebook.com${path}`, init)
  }

  get(path: string, token: string): Promise<Response> {
    return this.graph(path, { headers: { authorization: `Bearer ${token}` } })
  }

  post(
    path: string,
    token: string,
    fields: Record<string, string>,
    init: RequestInit = {},
  ): Promise<Response> {
    return this.graph(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
      ...init,
    })
  }

  upload(pageId: string, token: string, bytes: Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}) {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('source', new Blob([bytes]), 'picture')
    return this.graph(`/v25.0/${pageId}/photos`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    })
  }

  www(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.sandbox.url}/www.facebook.com${path}`, { redirect: 'manual', ...init })
  }

  dialogPath(extra: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: META_SANDBOX_APP.id,
      redirect_uri: REDIRECT,
      state: 'state-1',
      response_type: 'code',
      scope: SCOPES.join(','),
      ...extra,
    })
    return `/v25.0/dialog/oauth?${query}`
  }

  /** Says yes in the dialog. @returns the query of the redirect */
  async consent(
    personId: string,
    pageIds: string[],
    { permissions = SCOPES, decision = 'continue' }: { permissions?: string[]; decision?: string } = {},
  ): Promise<URLSearchParams> {
    const body = new URLSearchParams([
      ...pageIds.map((id) => ['page', id]),
      ...permissions.map((permission) => ['permission', permission]),
      ['decision', decision],
    ])
    const answer = await this.www(this.dialogPath({ as: personId }), { method: 'POST', body })
    return new URL(answer.headers.get('location') ?? '').searchParams
  }

  exchange(fields: Record<string, string>): Promise<Response> {
    const query = new URLSearchParams({
      client_id: META_SANDBOX_APP.id,
      client_secret: META_SANDBOX_APP.secret,
      ...fields,
    })
    return this.graph(`/v25.0/oauth/access_token?${query}`)
  }

  async longToken(personId: string, pageIds: string[], permissions?: string[]): Promise<string> {
    const code = (await this.consent(personId, pageIds, permissions ? { permissions } : {})).get('code') ?? ''
    const short = await this.exchange({ code, redirect_uri: REDIRECT })
    const { access_token } = tokenAnswer.parse(await short.json())
    const long = await this.exchange({ grant_type: 'fb_exchange_token', fb_exchange_token: access_token })
    return tokenAnswer.parse(await long.json()).access_token
  }

  /** A fresh person with a fresh Page, connected. */
  async connectedPage(
    name: string,
  ): Promise<{ personId: string; pageId: string; userToken: string; token: string }> {
    const { person, pages } = await this.addPages(`${name}’s owner`, [name])
    const pageId = pages[0]?.id ?? ''
    const userToken = await this.longToken(person.id, [pageId])
    const listed = accounts.parse(await (await this.get('/v25.0/me/accounts', userToken)).json())
    return { personId: person.id, pageId, userToken, token: listed.data[0]?.access_token ?? '' }
  }

  /** The same with an Instagram account on the Page. */
  async connectedInstagram(name: string, tasks?: string[]) {
    const username = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const { person, pages } = await this.addPages(`${name}’s owner`, [
      { name, instagram: { username }, ...(tasks && { tasks }) },
    ])
    const pageId = pages[0]?.id ?? ''
    const userToken = await this.longToken(person.id, [pageId])
    const answer = await this.get(
      '/v25.0/me/accounts?fields=id,access_token,instagram_business_account{id,username}',
      userToken,
    )
    const linked = z.object({
      data: z.array(
        z.object({
          access_token: z.string(),
          instagram_business_account: z.object({ id: z.string(), username: z.string() }),
        }),
      ),
    })
    const [page] = linked.parse(await answer.json()).data
    return {
      personId: person.id,
      pageId,
      userToken,
      username,
      token: page?.access_token ?? '',
      instagramId: page?.instagram_business_account.id ?? '',
    }
  }

  async addPages(
    owner: string,
    pages: (string | { name: string; tasks?: string[]; instagram?: { username: string } })[],
  ) {
    const created = z.object({
      person: z.object({ id: z.string(), name: z.string() }),
      pages: z.array(z.object({ id: z.string(), name: z.string() })),
    })
    const body = {
      person: { name: owner },
      pages: pages.map((page) => (typeof page === 'string' ? { name: page } : page)),
    }
    return created.parse(await this.control('POST', '/pages', body))
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.sandbox.url}/_sandbox${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    return answer.json()
  }

  /** Moves the platform's clock ahead of the real one, and stops it there. */
  moveOn(ms: number): Promise<unknown> {
    return this.control('POST', '/clock', { now: new Date(Date.now() + ms).toISOString() })
  }

  arm(fault: Record<string, unknown>): Promise<unknown> {
    return this.control('POST', '/faults', fault)
  }

  async posts(pageId: string) {
    const listed = z.object({
      posts: z.array(
        z.object({
          id: z.string(),
          message: z.string(),
          times_committed: z.number(),
          deleted_at: z.string().nullable(),
          created_time: z.string(),
          photos: z.array(
            z.object({ id: z.string(), sha256: z.string(), width: z.number(), height: z.number() }),
          ),
        }),
      ),
      committed: z.number(),
      repeated: z.number(),
    })
    return listed.parse(await this.control('GET', `/posts?page_id=${pageId}`))
  }

  async calls(query = '') {
    const listed = z.object({
      calls: z.array(
        z.object({
          id: z.number(),
          method: z.string(),
          path: z.string(),
          account_id: z.string().nullable(),
          status: z.number().nullable(),
          accepted: z.boolean(),
          outcome: z.string(),
          faults: z.array(z.string()),
          body: z.record(z.string(), z.unknown()),
          error: z.object({ code: z.number(), subcode: z.number().nullable() }).nullable(),
        }),
      ),
    })
    return listed.parse(await this.control('GET', `/calls${query}`)).calls
  }
}

const refusal = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    code: z.number(),
    error_subcode: z.number().optional(),
    fbtrace_id: z.string().min(10),
  }),
})

/** `400 100/33`: what a client decides on. */
export async function refusalOf(answer: Response): Promise<string> {
  const { error } = refusal.parse(await answer.json())
  return `${answer.status} ${error.code}${error.error_subcode === undefined ? '' : `/${error.error_subcode}`}`
}

/** Waits for what happens without us, such as a late commit. */
export async function until<Value>(
  look: () => Promise<Value | null | undefined | false>,
  withinMs = 3000,
): Promise<Value> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > deadline) throw new Error(`It did not happen within ${withinMs} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Serves bytes at a loopback address, as signed storage would. */
export async function serveBytes(
  bytes: Uint8Array,
  status = 200,
  contentType = 'image/jpeg',
): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return { url: `http://127.0.0.1:${address.port}/signed/picture?token=s3cret`, close: () => server.close() }
}
