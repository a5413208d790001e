import type { Backend } from '#tests/support/backend.ts'
import type { Person } from '#tests/support/people.ts'

type Reply = { status: number; body: unknown }
export type RawDoor = {
  get(path: string): Promise<Reply>
  rpc(name: string, facts?: object): Promise<Reply>
}

/** The Data API without types, for tables that a test makes itself. */
export function rawDoor(api: Backend['api'], key: string, token: string = key): RawDoor {
  const headers = { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(`${api.url}/rest/v1/${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
  return {
    get: (path) => ask(path, {}),
    rpc: (name, facts = {}) => ask(`rpc/${name}`, { method: 'POST', body: JSON.stringify(facts) }),
  }
}

export async function rawDoorOf({ client }: Person, api: Backend['api']): Promise<RawDoor> {
  const { data } = await client.auth.getSession()
  return rawDoor(api, api.publishableKey, data.session?.access_token ?? '')
}
