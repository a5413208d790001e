import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

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
    const body = new Response(await readFile(file)).body
    return { httpStatusCode: 200, metadata: await this.#metadata(file), ...(body ? { body } : {}) }
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
    const bytes = new Uint8Array(await new Response(body as BodyInit).arrayBuffer())
    const eTag = `"${createHash('md5').update(bytes).digest('hex')}"`
    await writeWhole(file, bytes)
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
