import { Hono } from 'hono'
import { z } from 'zod'
import { ControlError, readJson, readQuery } from '../control.ts'
import type { Meta } from './graph/call.ts'
import type { Post } from './posts.ts'
import { graphTime, pageLink, permalink, photoFile } from './urls.ts'
import { newPeopleAndPages, type PageRole } from './world.ts'

const SUBCODES = {
  app_removed: 458,
  checkpoint: 459,
  password_changed: 460,
  expired: 463,
  invalid: 467,
  role_lost: 492,
} as const

const endOfTokens = z.strictObject({
  person_id: z.string().optional(),
  page_id: z.string().optional(),
  reason: z.enum(['app_removed', 'checkpoint', 'password_changed', 'expired', 'invalid', 'role_lost']),
})

export function createMetaControl(meta: Meta): Hono {
  const control = new Hono()

  control.get('/pages', (c) =>
    c.json({
      people: meta.world
        .people()
        .map((person) => ({ ...person, pages: meta.world.pagesOf(person.id).map(showRole) })),
      pages: meta.world.pages().map((page) => ({ ...page, url: pageLink(page) })),
    }),
  )
  control.post('/pages', async (c) => {
    const { person, pages } = meta.world.add(await readJson(c, newPeopleAndPages))
    return c.json({ person, pages: pages.map(showRole) }, 201)
  })

  control.get('/posts', (c) => {
    const filter = z.strictObject({ page_id: z.string().optional(), fingerprint: z.string().optional() })
    const { page_id: pageId, fingerprint } = readQuery(c, filter)
    const posts = meta.posts.all({ pageId, fingerprint })
    const distinct = new Set(posts.map((post) => `${post.page_id} ${post.fingerprint}`)).size
    return c.json({
      posts: posts.map((post) => showPost(meta, post)),
      committed: posts.length,
      distinct,
      repeated: posts.length - distinct,
    })
  })

  control.post('/tokens/end', async (c) => {
    const { person_id: personId, page_id: pageId, reason } = await readJson(c, endOfTokens)
    const whose = personId !== undefined ? { personId } : pageId !== undefined ? { pageId } : null
    if (!whose) throw new ControlError('Name person_id or page_id.')
    return c.json({ ended: meta.tokens.end(whose, SUBCODES[reason]) })
  })
  return control
}

function showRole(role: PageRole) {
  return { ...role, url: pageLink(role) }
}

function showPost({ world, posts }: Meta, post: Post) {
  return {
    id: post.id,
    page_id: post.page_id,
    page_name: world.page(post.page_id)?.name,
    message: post.message,
    link: post.link,
    photos: posts.photosOf(post.id).map((photo) => ({
      id: photo.id,
      mime: photo.mime,
      width: photo.width,
      height: photo.height,
      bytes: photo.byte_count,
      sha256: photo.sha256,
      alt: photo.alt,
      url: photoFile(photo),
    })),
    created_time: graphTime(post.created_at),
    committed_at: new Date(post.committed_at).toISOString(),
    permalink_url: permalink(post),
    deleted_at: post.deleted_at === null ? null : new Date(post.deleted_at).toISOString(),
    fingerprint: post.fingerprint,
    times_committed: post.times_committed,
  }
}
