import { z } from 'zod'
import { throughGateway } from '#lib/platforms/http.ts'

/** What a test asks of the platform sandbox, over its control plane and its consent dialog. */
export type Sandbox = ReturnType<typeof sandboxAt>

const people = z.object({
  person: z.object({ id: z.string() }),
  pages: z.array(z.object({ id: z.string(), name: z.string() })),
})
const posts = z.object({
  posts: z.array(
    z.object({
      id: z.string(),
      page_id: z.string(),
      message: z.string().nullable(),
      permalink_url: z.string(),
      photos: z.array(
        z.object({ mime: z.string(), bytes: z.number(), sha256: z.string(), alt: z.string().nullable() }),
      ),
    }),
  ),
  repeated: z.number(),
})
const published = z.object({
  posts: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      message: z.string().nullable(),
      permalink_url: z.string(),
      video: z.object({ sha256: z.string().nullable() }).optional(),
      items: z.array(z.object({ sha256: z.string(), alt: z.string(), media_type: z.string() })).default([]),
    }),
  ),
})
const everywhere = z.object({ posts: z.array(z.object({ id: z.string(), account_id: z.string() })) })
const calls = z.object({
  calls: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      account_id: z.string().nullable(),
      accepted: z.boolean(),
    }),
  ),
})

export function sandboxAt(url: string) {
  async function control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }

  return {
    url,
    /** Someone with Pages of their own; `instagram` names the account linked to each. */
    async newPerson(
      name: string,
      pageNames: readonly string[],
      tasks?: readonly string[],
      instagram?: (page: string) => string,
    ) {
      const pages = pageNames.map((page) => ({
        name: page,
        ...(tasks ? { tasks } : {}),
        ...(instagram ? { instagram: { username: instagram(page) } } : {}),
      }))
      const made = people.parse(await control('POST', 'pages', { person: { name }, pages }))
      return { personId: made.person.id, pages: made.pages }
    },
    async arm(fault: Record<string, unknown>) {
      return z.object({ id: z.string() }).parse(await control('POST', 'faults', fault))
    },
    /** @returns whether it was still armed */
    async disarmOne(id: string) {
      const { status } = await fetch(`${url}/_sandbox/faults/${id}`, { method: 'DELETE' })
      return status < 400
    },
    endTokens: (which: Record<string, unknown>) => control('POST', 'tokens/end', which),
    setting: (values: Record<string, unknown>) => control('POST', 'settings', values),
    async postsOn(pageId: string) {
      return posts.parse(await control('GET', `posts?page_id=${pageId}`)).posts
    },
    /** Of a Page or of an Instagram account. */
    async publishedBy(accountId: string) {
      return published.parse(await control('GET', `posts?account_id=${accountId}`)).posts
    },
    forgetCalls: () => control('DELETE', 'calls'),
    /** By anybody, on any of the platform’s hosts. */
    async countMutations() {
      return calls.parse(await control('GET', 'calls?method=POST&limit=1000')).calls.length
    },
    /** By anybody, on any of the platform’s hosts. */
    async countReads() {
      return calls.parse(await control('GET', 'calls?method=GET&limit=1000')).calls.length
    },
    clock: (now: string | null) => control('POST', 'clock', { now }),
    disarm: () => control('DELETE', 'faults'),
    async allPosts() {
      return posts.parse(await control('GET', 'posts')).posts
    },
    /** By anybody, on both networks. */
    async everything() {
      return everywhere.parse(await control('GET', 'posts')).posts
    },
    async callsOf(accountId: string) {
      return calls.parse(await control('GET', `calls?account_id=${accountId}&limit=1000`)).calls
    },
    async mutationsOf(pageId: string) {
      const made = calls.parse(await control('GET', `calls?method=POST&account_id=${pageId}&limit=1000`))
      return made.calls
    },
    /** Says yes, or what `decision` says, in the dialog a browser would be sent to. */
    async consent(
      dialogUrl: string,
      {
        personId,
        pageIds,
        declined = [],
        decision = 'continue',
      }: {
        personId: string
        pageIds: readonly string[]
        declined?: readonly string[]
        decision?: 'continue' | 'cancel'
      },
    ) {
      const dialog = new URL(throughGateway(dialogUrl, url))
      dialog.searchParams.set('as', personId)
      const asked = dialog.searchParams.get('scope')?.split(',') ?? []
      const granted = asked.filter((scope) => !declined.includes(scope))
      const answer = await fetch(dialog, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams([
          ...pageIds.map((id) => ['page', id]),
          ...granted.map((permission) => ['permission', permission]),
          ['decision', decision],
        ]),
      })
      const back = new URL(answer.headers.get('location') ?? 'about:blank').searchParams
      return { code: back.get('code') ?? '', state: back.get('state') ?? '', error: back.get('error') }
    },
  }
}
