import { z } from 'zod'
import type { Actor, Cell, Row } from './contract.ts'
import type { Answered, Door } from './http-door.ts'

/** The Storage API answers a hidden file and a refused one alike: with a no. */
type Ask = Door & { actor: Actor; cells: Cell[] }

/** The file itself, and its name in the listing of its folder: both or neither. */
export function downloadFiles(ask: Ask): Promise<Answered[]> {
  return each(ask, async (row) => {
    const download = await send(ask, 'GET', place(row))
    const listing = await send(ask, 'POST', 'list/media', { prefix: folder(row), limit: 10 })
    const listed = listing.ok && z.array(z.unknown()).parse(await listing.json()).length > 0
    if (download.ok !== listed)
      throw new Error(`${row.values.name}: download ${download.status}, listed ${listed}`)
    return listed
  })
}

export function uploadFiles(ask: Ask): Promise<Answered[]> {
  return each(ask, async (row) => {
    const answer = await send(ask, 'POST', place(row), picture)
    const [found] = await ask.db`select id from storage.objects where name = ${String(row.values.name)}`
    if (found) await ask.db`delete from storage.objects where id = ${found.id}`
    if (answer.ok !== (found !== undefined)) throw new Error(`${row.values.name}: said ${answer.status}`)
    return answer.ok
  })
}

/** Another file over it, under the same name. */
export function replaceFiles(ask: Ask): Promise<Answered[]> {
  return each(ask, async (row) => (await send(ask, 'PUT', place(row), picture)).ok)
}

export function removeFiles(ask: Ask): Promise<Answered[]> {
  return each(ask, async (row) => {
    await send(ask, 'DELETE', 'media', { prefixes: [row.values.name] })
    const [left] = await ask.db`select from storage.objects where name = ${String(row.values.name)}`
    return left === undefined
  })
}

const picture = new Blob(['pie'], { type: 'image/jpeg' })
const place = (row: Row) => `media/${row.values.name}`
const folder = (row: Row) => String(row.values.name).split('/').slice(0, -1).join('/')

async function each(ask: Ask, isAllowed: (row: Row) => Promise<boolean>): Promise<Answered[]> {
  const answers: Answered[] = []
  for (const cell of ask.cells) {
    const no = cell.command === 'insert' ? 'refused' : 'hidden'
    answers.push({ cell, answer: (await isAllowed(cell.row)) ? 'allowed' : no })
  }
  return answers
}

function send({ api, actor }: Ask, method: string, path: string, body?: Blob | object): Promise<Response> {
  const isFile = body instanceof Blob
  return fetch(`${api.url}/storage/v1/object/${path}`, {
    method,
    headers: {
      apikey: api.publishableKey,
      ...(actor.token ? { authorization: `Bearer ${actor.token}` } : {}),
      ...(body && { 'content-type': isFile ? body.type : 'application/json' }),
    },
    ...(body && { body: isFile ? body : JSON.stringify(body) }),
  })
}
