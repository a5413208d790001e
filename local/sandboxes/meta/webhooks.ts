import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isLoopback } from '../loopback.ts'
import type { Ground } from '../platform.ts'
import { META_SANDBOX_APP } from './facts.ts'

export const WEBHOOK_FIELDS = {
  page: ['feed', 'mention', 'ratings', 'videos'],
  instagram: ['comments', 'live_comments', 'mentions', 'messages', 'story_insights'],
} as const
export type WebhookObject = keyof typeof WEBHOOK_FIELDS

const subscription = z.object({ callback_url: z.string(), fields: z.array(z.string()) })
const subscriptions = z.partialRecord(z.enum(['page', 'instagram']), subscription)
type Subscription = z.infer<typeof subscription>

interface Delivery {
  id: number
  object: WebhookObject
  entry_id: string
  field: string
  /** What the callback answered, for each try; null: no answer. */
  answers: (number | null)[]
}

/** Again at once, then less and less often; the real platform goes on for 36 hours. */
const PAUSES_MS = [0, 1000, 5000, 30_000]
/** How long a delivery is held back for a later one to overtake it. */
const OVERTAKING_MS = 300
const ANSWER_WITHIN_MS = 10_000
const KEPT = 5000

/** Tells the app what happened, signed, to the address that it named; on this machine only. */
export class Webhooks {
  readonly #ground: Ground
  readonly #timers = new Set<NodeJS.Timeout>()
  #deliveries: Delivery[] = []
  #held: { send: () => void; timer: NodeJS.Timeout } | null = null
  #next = 1

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /**
   * Asks the callback whether it wants this, as the platform does before the first delivery.
   * @returns why it did not answer as it must, or null
   */
  async shakeHands(callbackUrl: string, verifyToken: string): Promise<string | null> {
    const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : null
    if (!url || !isLoopback(url.hostname)) return 'The sandbox calls back on this machine only'
    const challenge = String(Math.floor(Math.random() * 2 ** 31))
    url.searchParams.set('hub.mode', 'subscribe')
    url.searchParams.set('hub.verify_token', verifyToken)
    url.searchParams.set('hub.challenge', challenge)
    try {
      const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
      if (answer.status !== 200) return `HTTP Status Code = ${answer.status}`
      return (await answer.text()) === challenge ? null : 'The challenge did not come back'
    } catch {
      return 'There was no answer'
    }
  }

  subscriptions(): Partial<Record<WebhookObject, Subscription>> {
    return this.#ground.store.setting('meta.webhooks', subscriptions) ?? {}
  }

  subscribe(object: WebhookObject, wanted: Subscription): void {
    this.#ground.store.keepSetting('meta.webhooks', { ...this.subscriptions(), [object]: wanted })
  }

  unsubscribe(object: WebhookObject): void {
    const { [object]: _, ...kept } = this.subscriptions()
    this.#ground.store.keepSetting('meta.webhooks', kept)
  }

  fieldsOfPage(pageId: string): string[] {
    const sql = 'select fields from meta_page_subscriptions where page_id = ?'
    const found = this.#ground.store.row(z.object({ fields: z.string() }), sql, pageId)
    return found ? z.array(z.string()).parse(JSON.parse(found.fields)) : []
  }

  /** No fields end it. */
  subscribePage(pageId: string, fields: readonly string[]): void {
    const { store } = this.#ground
    store.run('delete from meta_page_subscriptions where page_id = ?', pageId)
    if (fields.length > 0)
      store.run('insert into meta_page_subscriptions values (?, ?)', pageId, JSON.stringify(fields))
  }

  /** An Instagram account is heard of through its Page, whatever fields that one named. */
  tell(
    object: WebhookObject,
    { pageId, entryId, field, value }: { pageId: string; entryId: string; field: string; value: unknown },
  ): void {
    const wanted = this.subscriptions()[object]
    const ofPage = this.fieldsOfPage(pageId)
    if (!wanted?.fields.includes(field) || ofPage.length === 0) return
    if (object === 'page' && !ofPage.includes(field)) return
    const time = Math.floor(this.#ground.clock.now() / 1000)
    const body = escaped(
      JSON.stringify({ object, entry: [{ id: entryId, time, changes: [{ field, value }] }] }),
    )
    const { webhook_copies, webhooks_out_of_order } = this.#ground.settings.values
    for (let copy = 0; copy < webhook_copies; copy++) {
      const delivery: Delivery = { id: this.#next++, object, entry_id: entryId, field, answers: [] }
      this.#deliveries = [...this.#deliveries.slice(1 - KEPT), delivery]
      const send = () => void this.#send(delivery, wanted.callback_url, body)
      if (webhooks_out_of_order) this.#overtake(send)
      else send()
    }
  }

  /** POSTs a signed request as a form, as for a person who removes the app. @returns what was answered */
  async tellOfPerson(
    callbackUrl: string,
    personId: string,
  ): Promise<{ status: number | null; body: string }> {
    const payload = Buffer.from(
      JSON.stringify({
        algorithm: 'HMAC-SHA256',
        issued_at: Math.floor(this.#ground.clock.now() / 1000),
        user_id: personId,
      }),
    ).toString('base64url')
    const signature = createHmac('sha256', META_SANDBOX_APP.secret).update(payload).digest('base64url')
    try {
      const answer = await fetch(callbackUrl, {
        method: 'POST',
        body: new URLSearchParams({ signed_request: `${signature}.${payload}` }),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      return { status: answer.status, body: await answer.text() }
    } catch {
      return { status: null, body: '' }
    }
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries
  }

  reset(): void {
    this.close()
    this.#deliveries = []
    this.#ground.store.keepSetting('meta.webhooks', {})
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    if (this.#held) clearTimeout(this.#held.timer)
    this.#held = null
  }

  /** Each second delivery goes before the one that it followed. */
  #overtake(send: () => void): void {
    const held = this.#held
    if (held) {
      clearTimeout(held.timer)
      this.#held = null
      send()
      this.#after(OVERTAKING_MS, held.send)
      return
    }
    const timer = setTimeout(() => {
      this.#held = null
      send()
    }, OVERTAKING_MS)
    timer.unref()
    this.#held = { send, timer }
  }

  async #send(delivery: Delivery, callbackUrl: string, body: string): Promise<void> {
    const answered = await post(callbackUrl, body)
    delivery.answers.push(answered)
    const pause = PAUSES_MS[delivery.answers.length - 1]
    if ((answered === null || answered >= 300) && pause !== undefined)
      this.#after(pause, () => void this.#send(delivery, callbackUrl, body))
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }
}

async function post(url: string, body: string): Promise<number | null> {
  const sign = (algorithm: 'sha1' | 'sha256') =>
    `${algorithm}=${createHmac(algorithm, META_SANDBOX_APP.secret).update(body).digest('hex')}`
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua (sandbox)',
        'x-hub-signature': sign('sha1'),
        'x-hub-signature-256': sign('sha256'),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await answer.body?.cancel()
    return answer.status
  } catch {
    return null
  }
}

/** Meta writes ASCII only: a signature over the decoded text would not match. */
export function escaped(json: string): string {
  return json
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
