import { z } from 'zod'
import { invalidParameter } from './errors.ts'

/** The parameters of a Graph call: query, form, multipart and JSON are all one to the platform. */
export class Params {
  readonly #texts: Map<string, string>
  readonly #files: Map<string, Uint8Array>

  private constructor(texts: Map<string, string>, files: Map<string, Uint8Array>) {
    this.#texts = texts
    this.#files = files
  }

  static async of(request: Request): Promise<Params> {
    const texts = new Map(new URL(request.url).searchParams)
    const files = new Map<string, Uint8Array>()
    const type = request.headers.get('content-type') ?? ''
    if (type.startsWith('application/json')) {
      for (const [name, value] of Object.entries(await jsonObject(request)))
        if (value !== null) texts.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    } else if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)) {
      for (const [name, value] of await formOf(request)) {
        if (typeof value === 'string') texts.set(name, value)
        else files.set(name, new Uint8Array(await value.arrayBuffer()))
      }
    }
    return new Params(texts, files)
  }

  text(name: string): string | undefined {
    return this.#texts.get(name)
  }

  required(name: string): string {
    const value = this.#texts.get(name)
    if (!value) throw invalidParameter(`The parameter ${name} is required`)
    return value
  }

  file(name: string): Uint8Array | undefined {
    return this.#files.get(name)
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#texts.get(name)?.toLowerCase()
    if (value === undefined || value === '') return otherwise
    if (value === 'true' || value === '1') return true
    if (value === 'false' || value === '0') return false
    throw invalidParameter(`Param ${name} must be a boolean`)
  }

  count(name: string, otherwise: number, max: number): number {
    const value = this.#texts.get(name)
    if (value === undefined) return otherwise
    if (!/^\d{1,6}$/.test(value) || Number(value) < 1)
      throw invalidParameter(`Param ${name} must be a positive integer`)
    if (Number(value) > max) throw invalidParameter(`Param ${name} must be at most ${max}`)
    return Number(value)
  }

  /** Unix seconds, or any date text that is understood; milliseconds are returned. */
  instant(name: string): number | undefined {
    const value = this.#texts.get(name)
    if (value === undefined) return undefined
    const at = /^\d{1,11}$/.test(value) ? Number(value) * 1000 : Date.parse(value)
    if (Number.isNaN(at)) throw invalidParameter(`Param ${name} must be a valid UNIX timestamp or date`)
    return at
  }

  /** `name` as a JSON array, or `name[0]`, `name[1]`, … each a JSON value. */
  list<Item>(name: string, item: z.ZodType<Item>): Item[] {
    const whole = this.#texts.get(name)
    const parts = [...this.#texts]
      .flatMap(([key, value]) => {
        const index = key.startsWith(`${name}[`) ? /^\[(\d+)\]$/.exec(key.slice(name.length))?.[1] : undefined
        return index === undefined ? [] : [{ index: Number(index), value }]
      })
      .sort((a, b) => a.index - b.index)
      .map(({ value }) => value)
    try {
      const values: unknown = whole === undefined ? parts.map((part) => JSON.parse(part)) : JSON.parse(whole)
      return z.array(item).parse(values)
    } catch {
      throw invalidParameter(`Param ${name} must be an array`)
    }
  }

  has(name: string): boolean {
    return this.#texts.has(name)
  }
}

async function jsonObject(request: Request): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse((await request.text()) || '{}'))
  } catch {
    throw invalidParameter('The request body is not a JSON object')
  }
}

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw invalidParameter('The request body could not be read as a form')
  }
}
