import { type WorkStore, workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external.js'
import {
  type WorkUnitStore,
  workUnitAsyncStorage,
} from 'next/dist/server/app-render/work-unit-async-storage.external.js'
import { requestFacts } from '#lib/supabase/request-facts.ts'
import type { Person } from '#tests/support/people.ts'

/** Runs `read` as a page does that `person` asks for: with what middleware found out, in the request's headers. */
export async function inRequestOf<Result>(person: Person, read: () => Promise<Result>): Promise<Result> {
  const { data } = await person.client.auth.getSession()
  const headers = new Headers({
    [requestFacts.userId]: person.id,
    [requestFacts.email]: encodeURIComponent(person.email),
    [requestFacts.token]: data.session?.access_token ?? '',
  })
  // Next has no door for this: headers() reads these two stores, and of them no more than this.
  const work = { route: '/' } as WorkStore
  const request = { type: 'request', phase: 'render', headers } as unknown as WorkUnitStore
  return workAsyncStorage.run(work, () => workUnitAsyncStorage.run(request, read))
}
