import { invalidParameter } from '../errors.ts'
import { LIMITS } from '../facts.ts'
import { parseFields, pick } from '../fields.ts'
import type { PageRole, Person } from '../world.ts'
import type { GraphCall } from './call.ts'
import { pageSources } from './pages.ts'
import { fromCursor, toEdge } from './paging.ts'

const personSources = {
  id: (person: Person) => person.id,
  name: (person: Person) => person.name,
  first_name: (person: Person) => person.name.split(' ').at(0),
  last_name: (person: Person) => person.name.split(' ').at(-1),
}

export function readPerson({ params }: GraphCall, person: Person) {
  return pick('User', personSources, person, parseFields(params.text('fields') ?? 'id,name'))
}

/** The Pages that this person holds and ticked in the dialog; nothing without pages_show_list. */
export function listAccounts(call: GraphCall, person: Person) {
  const { meta, session, params } = call
  const limit = params.count('limit', LIMITS.defaultPageSize, LIMITS.pageSize)
  const asked = parseFields(params.text('fields') ?? 'access_token,category,category_list,name,id,tasks')
  const sources = {
    ...pageSources(call),
    tasks: (page: PageRole) => page.tasks,
    access_token: (page: PageRole) => meta.tokens.secretOf(meta.tokens.pageToken(session.token, page.id)),
  }
  const held = meta.world.pagesOf(person.id).filter((page) => session.may('pages_show_list', page.id))
  const cursor = params.text('after')
  const start = cursor === undefined ? 0 : held.findIndex((page) => page.id === fromCursor(cursor)) + 1
  return toEdge(call, `${person.id}/accounts`, held.slice(start, start + limit), {
    limit,
    hasMore: held.length > start + limit,
    positionOf: (page) => page.id,
    show: (page) => pick('Page', sources, page, asked),
  })
}

export function listPermissions({ session }: GraphCall) {
  const { granted, declined } = session.grant
  return {
    data: [
      ...granted.map((permission) => ({ permission, status: 'granted' })),
      ...declined.map((permission) => ({ permission, status: 'declined' })),
    ],
  }
}

/** Takes one permission back, or the app's whole access to this person's Pages. */
export function revokePermissions({ meta, session, rest }: GraphCall, person: Person) {
  if (rest !== undefined && !session.grant.granted.includes(rest))
    throw invalidParameter(`The permission ${rest} is not granted`)
  meta.tokens.revoke(person.id, rest)
  return { success: true }
}
