import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { askedRange } from './asked-range.ts'

const description = z.object({
  bucket: z.string(),
  key: z.string(),
  mimetype: z.string(),
  cacheControl: z.string(),
  eTag: z.string(),
})

/**
 * Storage's bytes as files. Named by digest: a path of Storage may be longer than a file name, end in `..`, or
 * be a folder and an object at once. What it is stands in the JSON file beside it.
 */
export class DiskStorage {
  readonly driver = 'disk'
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = path.resolve(folder)
  }

  async getObject(bucket: string, key: string) {
    const file = this.#file(bucket, key)
    const whole = await this.#metadata(file)
    const { size } = whole
    const { start, end } = askedRange.getStore() ?? { start: 0, end: null }
    const last = Math.min(end ?? size - 1, size - 1)
    const isPart = askedRange.getStore() !== undefined
    if (isPart && (start >= size || last < start)) {
      return { httpStatusCode: 416, metadata: { ...whole, contentRange: `bytes */${size}` }, body: nothing() }
    }
    const metadata = isPart
      ? { ...whole, contentLength: last - start + 1, contentRange: `bytes ${start}-${last}/${size}` }
      : whole
    const body =
      size === 0
        ? nothing()
        : (Readable.toWeb(createReadStream(file, { start, end: last })) as ReadableStream)
    return { httpStatusCode: isPart ? 206 : 200, metadata, body }
  }

  async uploadObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    body: ReadableStream | Uint8Array,
    mimetype: string,
    cacheControl: string,
  ) {
    const file = this.#file(bucket, key)
    const eTag = await writeStream(file, body)
    await writeWhole(describing(file), JSON.stringify({ bucket, key, mimetype, cacheControl, eTag }))
    return this.#metadata(file)
  }

  async deleteObject(bucket: string, key: string) {
    const file = this.#file(bucket, key)
    await rm(file, { force: true })
    await rm(describing(file), { force: true })
  }

  async deleteObjects(bucket: string, keys: string[]) {
    for (const key of keys) await this.deleteObject(bucket, key)
  }

  async copyObject(
    fromBucket: string,
    fromKey: string,
    _version: string | undefined,
    toBucket: string,
    toKey: string,
  ) {
    const from = this.#file(fromBucket, fromKey)
    const to = this.#file(toBucket, toKey)
    await mkdir(path.dirname(to), { recursive: true })
    await copyFile(from, to)
    const described = await this.#description(from)
    await writeWhole(describing(to), JSON.stringify({ ...described, bucket: toBucket, key: toKey }))
    const { eTag, lastModified } = await this.#metadata(to)
    return { httpStatusCode: 200, eTag, lastModified }
  }

  async headObject(bucket: string, key: string) {
    return this.#metadata(this.#file(bucket, key))
  }

  async privateAssetUrl(bucket: string, key: string) {
    return `file://${this.#file(bucket, key)}`
  }

  #file(bucket: string, key: string): string {
    const digest = createHash('sha256').update(`${bucket}/${key}`).digest('hex')
    return path.join(this.#folder, digest.slice(0, 2), digest)
  }

  async #description(file: string) {
    return description.parse(JSON.parse(await readFile(describing(file), 'utf8')))
  }

  async #metadata(file: string) {
    const { size, mtime } = await stat(file)
    const { mimetype, cacheControl, eTag } = await this.#description(file)
    return { mimetype, cacheControl, eTag, size, contentLength: size, lastModified: mtime }
  }
}

function describing(file: string): string {
  return `${file}.json`
}

async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const half = `${file}.${randomUUID()}`
  await writeFile(half, content)
  await rename(half, file)
}

/** Piece by piece: a video is not held in memory. @returns its ETag */
async function writeStream(file: string, body: ReadableStream | Uint8Array): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true })
  const half = `${file}.${randomUUID()}`
  const hash = createHash('md5')
  try {
    await pipeline(async function* () {
      for await (const chunk of body instanceof Uint8Array ? [body] : body) {
        hash.update(chunk)
        yield chunk
      }
    }, createWriteStream(half))
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
  await rename(half, file)
  return `"${hash.digest('hex')}"`
}

function nothing(): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.close() })
}
