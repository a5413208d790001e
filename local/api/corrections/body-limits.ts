import { jsonAnswer, storageRefusal } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder, withBody } from '../requests.ts'

const mebibyte = 1024 ** 2
/** As supabase/config.toml has it, and room for the form around the file. */
const storageLimit = 51 * mebibyte
const otherLimit = 10 * mebibyte
/** A client reads no answer while it still sends: take in that much and throw it away before refusing. */
const patience = 200 * mebibyte

/** lite reads a body of any size into memory, and forgets a bucket's limit where the length is not announced. */
export const bodyLimits: Correction = (_api, next) => async (request) => {
  if (!request.body) return next(request)
  const isStorage = pathUnder('/storage/v1', request) !== undefined
  const body = await readBody(request.body, isStorage ? storageLimit : otherLimit)
  if (body) return next(withBody(request, body))
  const message = 'The object exceeded the maximum allowed size'
  return isStorage
    ? storageRefusal('413', 'Payload too large', message)
    : jsonAnswer({ message: 'The request body is larger than 10 MiB' }, { status: 413 })
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size <= limit) chunks.push(chunk)
    if (size > patience) break
  }
  return size <= limit ? Buffer.concat(chunks) : undefined
}
