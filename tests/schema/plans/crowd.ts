import { readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import type { Agency, Brand } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'

export type Crowd = {
  agency: Agency
  brand: Brand
  /** Owner of 60 brands. */
  owner: Person
  /** On 20 brands. */
  manager: Person
  /** The client of 4. */
  client: Person
  /** What the reads ask for. */
  some: {
    brandIds: string[]
    postId: string
    number: number
    assetId: string
    hash: string
    attemptId: string
    picturePaths: string[]
  }
}

/** One agency as people found it, among many. */
export async function foundCrowd(agency: Agency, urls: { owner: string; superuser: string }): Promise<Crowd> {
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager')
  const client = await agency.member(brand, 'client_approver')
  const people = { brand: brand.id, owner: agency.owner.id, manager: manager.id, client: client.id }
  await multiply(urls.superuser, people)

  const db = postgres(urls.owner, { max: 1, onnotice: () => {} })
  const [post] = await db<{ id: string; number: number }[]>`
    select id, number from content_items
    where brand_id = ${brand.id} and status = 'published' order by number limit 1`
  const [asset] = await db<{ id: string; hash: string }[]>`
    select id, hash from media_assets where brand_id = ${brand.id} limit 1`
  const [attempt] = await db<{ id: string }[]>`
    select id from oauth_states where brand_id = ${brand.id} limit 1`
  const brands = await db<{ brand_id: string }[]>`
    select brand_id from brand_members where user_id = ${manager.id}`
  const pictures = await db<{ path: string }[]>`
    select path from media_assets where brand_id = ${brand.id}`
  await db.end()
  if (!post || !asset || !attempt) throw new Error('The crowd lacks what the reads ask for.')
  return {
    agency,
    brand,
    owner: agency.owner,
    manager,
    client,
    some: {
      brandIds: brands.map(({ brand_id }) => brand_id),
      postId: post.id,
      number: post.number,
      assetId: asset.id,
      hash: asset.hash,
      attemptId: attempt.id,
      picturePaths: pictures.map((picture) => picture.path),
    },
  }
}

async function multiply(superuserUrl: string, people: Record<string, string>) {
  const admin = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  for (const [name, id] of Object.entries(people)) {
    await admin`select set_config(${`crowd.${name}`}, ${id}, false)`
  }
  await admin.unsafe(await readFile(path.join(import.meta.dirname, 'crowd.sql'), 'utf8'))
  await admin.end()
}
