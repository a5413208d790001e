import { z } from 'zod'
import type { Brand, PageName } from '#local/demo/brands.ts'

const peopleAndPages = z.object({
  person: z.object({ id: z.string() }),
  pages: z.array(z.object({ id: z.string(), name: z.string() })),
})
const armed = z.object({ id: z.string() })

export type Fault = { kind: string; match: { path: string; account_id: string }; times: number } & Record<
  string,
  string | number | boolean | object
>

/** The sandbox's control plane: what only whoever runs the platforms can do. */
export class SandboxControl {
  readonly #url: string
  readonly #pageIds = new Map<PageName, string>()
  readonly #personIds = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  /** Settles the people of a brand and their Pages on the platform; whoever is there already stays. */
  async settle(brand: Brand): Promise<void> {
    for (const { holder, pages } of brand.pages) {
      const settled = peopleAndPages.parse(await this.#post('pages', { person: { name: holder }, pages }))
      this.#personIds.set(holder, settled.person.id)
      for (const page of pages) {
        const found = settled.pages.find(({ name }) => name === page.name)
        if (!found) throw new Error(`The sandbox did not settle ${page.name}.`)
        this.#pageIds.set(page.name, found.id)
      }
    }
  }

  pageId(page: PageName): string {
    const id = this.#pageIds.get(page)
    if (!id) throw new Error(`${page} is not on the platform.`)
    return id
  }

  async setClock(now: Date | null): Promise<void> {
    await this.#post('clock', { now: now?.toISOString() ?? null })
  }

  async arm(fault: Fault): Promise<string> {
    return armed.parse(await this.#post('faults', fault)).id
  }

  async disarm(id: string): Promise<void> {
    await this.#call('DELETE', `faults/${id}`, undefined, [200, 404])
  }

  /** Facebook ends each key that was made before. */
  async changePassword(holder: string): Promise<void> {
    await this.#post('tokens/end', { person_id: this.#personIds.get(holder), reason: 'password_changed' })
  }

  /** Back to an empty platform: for a story that broke off and is told again. */
  async reset(): Promise<void> {
    await this.#post('reset', {})
  }

  #post(path: string, body: object): Promise<unknown> {
    return this.#call('POST', path, body, [200, 201])
  }

  async #call(method: string, path: string, body: object | undefined, expected: number[]): Promise<unknown> {
    const response = await fetch(`${this.#url}/_sandbox/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!expected.includes(response.status))
      throw new Error(`The sandbox answered ${method} ${path} with ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}
