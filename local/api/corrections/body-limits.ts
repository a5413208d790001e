import { jsonAnswer, storageRefusal } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder, withBody } from '../requests.ts'

const mebibyte = 1024 ** 2
/** As supabase/config.toml has it: an object that says how long it is flows through to the disk. */
const objectLimit = 300 * mebibyte
/** What is held in memory: forms, and objects of a length that nobody said. */
const heldLimit = 51 * mebibyte
const otherLimit = 10 * mebibyte
/** A client reads no answer while it still sends: take in that much and throw it away before refusing. */
const patience = 400 * mebibyte

/** lite reads a body of any size into memory, and forgets a bucket's limit where the length is not announced. */
export const bodyLimits: Correction = (_api, next) => async (request) => {
  if (!request.body) return next(request)
  const isStorage = pathUnder('/storage/v1', request) !== undefined
  const announced = announcedLength(request)
  if (isStorage && announced !== null && announced <= objectLimit) return passThrough(request, request.body)
  const body = await readBody(request.body, isStorage ? heldLimit : otherLimit)
  if (body) return next(withBody(request, body))
  const message = 'The object exceeded the maximum allowed size'
  return isStorage
    ? storageRefusal('413', 'Payload too large', message)
    : jsonAnswer({ message: 'The request body is larger than 10 MiB' }, { status: 413 })

  async function passThrough(upload: Request, sent: ReadableStream<Uint8Array>): Promise<Response> {
    const reader = sent.getReader()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    const { url, method, headers } = upload
    const streaming: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' }
    const response = await next(new Request(url, streaming))
    // Refused unread: the rest still has to come before the client looks for an answer.
    while (!(await reader.read()).done);
    return response
  }
}

/** null: a form, or a length that Node did not hold the sender to. */
function announcedLength({ headers }: Request): number | null {
  const length = headers.get('content-length')
  const isForm = headers.get('content-type')?.startsWith('multipart/form-data')
  return length === null || isForm ? null : Number(length)
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
