import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import sharp from 'sharp'
import { z } from 'zod'
import { authorizeUrl } from '#lib/platforms/authorize.ts'
import type {
  ConnectedAccount,
  Connector,
  LookOutcome,
  Memo,
  Post,
  PostFormat,
  PostMedia,
  StepOutcome,
} from '#lib/platforms/contract.ts'
import { createPlatformHttp } from '#lib/platforms/http.ts'
import { createConnectors } from '#lib/platforms/registry.ts'
import { META_SANDBOX_APP, startSandbox } from '#local/sandboxes/server.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { type Sandbox, sandboxAt } from './sandbox.ts'

const REDIRECT = 'http://127.0.0.1:3000/api/oauth/meta'
const CALL_TIMEOUT_MS = 1_000

/** Where a job stands between two claims. */
export type At = { step: string | null; memo: Memo }
export const START: At = { step: null, memo: {} }

export type Stored = { media: PostMedia; bytes: Uint8Array<ArrayBuffer> }

/** A desk without a database: accounts connected through the dialog, media in memory, posts driven step by step. */
export type Desk = {
  sandbox: Sandbox
  connector: Connector
  /** What the connector takes for now. */
  clock: { now(): Date; ahead: number }
  connect(name: string): Promise<{ page: ConnectedAccount; instagram: ConnectedAccount }>
  picture(size?: { width: number; height: number }, altText?: string): Promise<Stored>
  film(wish?: Partial<Parameters<typeof makeMp4>[0]>): Stored
  post(account: ConnectedAccount, format: PostFormat, body: string, media: readonly Stored[]): Post
  /** One claim. */
  step(account: ConnectedAccount, post: Post, at: At): Promise<StepOutcome>
  /** Claims until the platform has nothing more to wait for. */
  run(
    account: ConnectedAccount,
    post: Post,
    at?: At,
  ): Promise<{ outcome: StepOutcome; at: At; steps: string[] }>
  look(account: ConnectedAccount, post: Post, at: At, since?: Date): Promise<LookOutcome>
  close(): Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const server = await startSandbox({ port: 0 })
  const sandbox = sandboxAt(server.url)
  await sandbox.setting({ require_appsecret_proof: true, image_processing_ms: 0, video_processing_ms: 0 })
  const clock = {
    ahead: 0,
    now() {
      return new Date(Date.now() + this.ahead)
    },
  }
  const http = createPlatformHttp({ gateway: server.url })
  const connector = createConnectors({ apps: { meta: META_SANDBOX_APP }, http, clock })('meta')
  const files = new Map<string, Stored>()
  const store = createServer((request, response) => {
    const stored = files.get((request.url ?? '').slice(1))
    response.writeHead(stored ? 200 : 404, { 'content-type': stored?.media.mimeType ?? 'text/plain' })
    response.end(stored?.bytes)
  })
  await new Promise<void>((listening) => store.listen(0, '127.0.0.1', listening))
  const { port } = z.object({ port: z.number() }).parse(store.address())

  function keep(
    bytes: Uint8Array<ArrayBuffer>,
    facts: Omit<PostMedia, 'assetId' | 'path' | 'hash' | 'sizeBytes'>,
  ) {
    const hash = createHash('sha256').update(bytes).digest('hex')
    const media = { ...facts, assetId: hash, path: hash, hash, sizeBytes: bytes.length }
    const stored = { media, bytes }
    files.set(hash, stored)
    return stored
  }
  const bytesOf = ({ path }: PostMedia) => files.get(path)?.bytes ?? new Uint8Array()

  async function step(account: ConnectedAccount, post: Post, at: At): Promise<StepOutcome> {
    const prepared = await connector.prepare({
      post,
      ...at,
      token: account.accessToken,
      photo: async (media) => ({ bytes: bytesOf(media), mimeType: media.mimeType }),
      video: async (media) => ({
        sizeBytes: media.sizeBytes,
        read: async (offset, length) => bytesOf(media).slice(offset, offset + length),
      }),
      publicUrl: async ({ path }) => `http://127.0.0.1:${port}/${path}`,
    })
    if (prepared.kind === 'blocked') return prepared.outcome
    return prepared.step.send(CALL_TIMEOUT_MS)
  }

  return {
    sandbox,
    connector,
    clock,
    step,
    async connect(name) {
      const person = await sandbox.newPerson(`${name}’s owner`, [name], undefined, usernameOf)
      const dialog = authorizeUrl('meta', { appId: META_SANDBOX_APP.id, state: 's', redirectUri: REDIRECT })
      const pageIds = person.pages.map(({ id }) => id)
      const { code } = await sandbox.consent(dialog, { personId: person.personId, pageIds })
      const outcome = await connector.exchange({ code, redirectUri: REDIRECT })
      const accounts = outcome.kind === 'connected' ? outcome.accounts : []
      const page = accounts.find(({ network }) => network === 'facebook')
      const instagram = accounts.find(({ network }) => network === 'instagram')
      if (!page || !instagram) throw new Error(`${name} was not connected: ${JSON.stringify(outcome)}`)
      return { page, instagram }
    },
    async picture({ width, height } = { width: 900, height: 900 }, altText) {
      const background = { r: files.size % 256, g: 120, b: 60 }
      const jpeg = await sharp({ create: { width, height, channels: 3, background } })
        .jpeg()
        .toBuffer()
      const facts = { mimeType: 'image/jpeg', width, height, durationMs: null, altText: altText ?? null }
      return keep(new Uint8Array(jpeg), { kind: 'image', ...facts })
    },
    film(wish = {}) {
      const shape = { durationMs: 4_000, width: 1080, height: 1920, fps: 30, mark: `film ${files.size}` }
      const film = { ...shape, ...wish }
      const { width, height, durationMs } = film
      const facts = { mimeType: 'video/mp4', width, height, durationMs, altText: null }
      return keep(makeMp4(film), { kind: 'video', ...facts })
    },
    post(account, format, body, media) {
      const { network, platformAccountId: accountId } = account
      return { network, format, accountId, body, link: null, media: media.map((one) => one.media) }
    },
    async run(account, post, at = START) {
      const steps: string[] = []
      for (let claims = 0; claims < 200; claims++) {
        const outcome = await step(account, post, at)
        if (outcome.kind !== 'continue' && outcome.kind !== 'wait') return { outcome, at, steps }
        steps.push(outcome.kind === 'wait' ? `wait ${outcome.step}` : outcome.step)
        at = { step: outcome.step, memo: outcome.memo }
        // Their work takes some milliseconds here; asking again is all that the engine does too.
        if (outcome.kind === 'wait') await new Promise((asked) => setTimeout(asked, 5))
      }
      throw new Error(`It came to no end: ${steps.slice(-3).join(', ')}`)
    },
    look: (account, post, at, since = new Date(Date.now() - 60_000)) =>
      connector.findPublished({ post, ...at, token: account.accessToken, since }),
    async close() {
      store.close()
      await server.stop()
    },
  }
}

export function usernameOf(page: string): string {
  return page.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
