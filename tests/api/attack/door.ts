import type { Backend } from '#tests/support/backend.ts'
import type { Person } from '#tests/support/people.ts'

export type Answer = { status: number; headers: Headers; text: string; json: unknown }
export type Door = (
  path: string,
  init?: RequestInit & { headers?: Record<string, string> },
) => Promise<Answer>

/** The API as HTTP, below supabase-js: every header, method and path that an attacker can write. */
export function doorOf(api: Backend['api'], token: string | null): Door {
  const signedIn: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return async (path, init = {}) => {
    const response = await fetch(`${api.url}${path}`, {
      ...init,
      headers: {
        apikey: api.publishableKey,
        'content-type': 'application/json',
        ...signedIn,
        ...init.headers,
      },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parsed(text) }
  }
}

export async function tokenOf({ client }: Person): Promise<string> {
  const { data } = await client.auth.getSession()
  if (!data.session) throw new Error('This person is not signed in.')
  return data.session.access_token
}

export const callThrough = (door: Door, name: string, args: object) =>
  door(`/rest/v1/rpc/${name}`, { method: 'POST', body: JSON.stringify(args) })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** At most `width` at a time: two cores answer no faster, and time-outs stay far away. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
  width = 8,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const work = async () => {
    for (const [n, item] of queue) results[n] = await act(item)
  }
  await Promise.all(Array.from({ length: width }, work))
  return results
}
