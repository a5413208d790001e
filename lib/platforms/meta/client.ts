import type { z } from 'zod'
import type { Clock, PlatformError } from '../contract.ts'
import type { PlatformHttp, PlatformRequest } from '../http.ts'
import { type MetaAnswer, readMetaAnswer } from './errors.ts'
import { appSecretProof, graphUrl, type MetaApp } from './graph.ts'

export type Tools = { app: MetaApp; http: PlatformHttp; clock: Clock }

const READ_TIMEOUT_MS = 8_000

/** The Graph API with one token. Every call proves the app secret, and no token stands in an address. */
export type GraphClient = {
  read(path: string, query: Readonly<Record<string, string>>, timeoutMs?: number): Promise<MetaAnswer>
  write(
    path: string,
    form: Readonly<Record<string, string>>,
    timeoutMs: number,
    file?: PlatformRequest['file'],
  ): Promise<MetaAnswer>
  /** Raw bytes, which alone go by `Authorization: OAuth` (platforms/meta.md 3.4, 3.5). */
  upload(
    url: string,
    part: { headers: Readonly<Record<string, string>>; bytes: Uint8Array<ArrayBuffer> },
    timeoutMs: number,
  ): Promise<MetaAnswer>
}

export function createGraphClient(token: string, { app, http }: Tools): GraphClient {
  const proof = appSecretProof(app, token)
  const secrets = [token, app.secret, proof]
  return {
    async read(path, query, timeoutMs = READ_TIMEOUT_MS) {
      return readMetaAnswer(
        await http.send({
          method: 'GET',
          url: graphUrl(path),
          query: { ...query, appsecret_proof: proof },
          authorization: { scheme: 'Bearer', token },
          secrets,
          timeoutMs,
        }),
      )
    },
    async write(path, form, timeoutMs, file) {
      return readMetaAnswer(
        await http.send({
          method: 'POST',
          url: graphUrl(path),
          form: { ...form, appsecret_proof: proof },
          ...(file ? { file } : {}),
          authorization: { scheme: 'Bearer', token },
          secrets,
          timeoutMs,
        }),
      )
    },
    async upload(url, { headers, bytes }, timeoutMs) {
      const isGraph = new URL(url).hostname === 'graph.facebook.com'
      return readMetaAnswer(
        await http.send({
          method: 'POST',
          url,
          ...(isGraph ? { query: { appsecret_proof: proof } } : {}),
          headers,
          raw: { mimeType: 'application/octet-stream', bytes },
          authorization: { scheme: 'OAuth', token },
          secrets,
          timeoutMs,
        }),
      )
    },
  }
}

export type Read<T> = { kind: 'ok'; value: T } | { kind: 'error'; error: PlatformError }

/** A read whose answer must have a form. */
export function shaped<T>(answer: MetaAnswer, shape: z.ZodType<T>): Read<T> {
  if (answer.kind === 'error') return answer
  const parsed = shape.safeParse(answer.body)
  return parsed.success ? { kind: 'ok', value: parsed.data } : { kind: 'error', error: unreadableAnswer }
}

export const unreadableAnswer: PlatformError = {
  class: 'unknown',
  code: 'meta_answer_unreadable',
  message: 'Meta answered in a form we cannot read.',
}
