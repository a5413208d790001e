import { Hono } from 'hono'
import { z } from 'zod'
import { ControlError, readJson, readQuery } from '../control.ts'
import { tellOfComment } from './events.ts'
import type { Meta } from './graph/call.ts'
import { everythingPublished } from './published.ts'
import { pageLink } from './urls.ts'
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

const visitorComment = z.strictObject({
  object_id: z.string(),
  author: z.string().min(1).default('Someone'),
  message: z.string().min(1),
})

const removal = z.strictObject({ person_id: z.string(), delete_data: z.boolean().default(false) })

const usageQuery = z.strictObject({ window_s: z.coerce.number().int().min(1).max(86_400).default(3600) })

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
    const filter = z.strictObject({
      page_id: z.string().optional(),
      account_id: z.string().optional(),
      fingerprint: z.string().optional(),
    })
    const { page_id: pageId, account_id: accountId, fingerprint } = readQuery(c, filter)
    const posts = everythingPublished(meta).filter(
      (post) =>
        (pageId === undefined || (post.page_id === pageId && post.network === 'facebook')) &&
        (accountId === undefined || post.account_id === accountId) &&
        (fingerprint === undefined || post.fingerprint === fingerprint),
    )
    const distinct = new Set(posts.map((post) => `${post.account_id} ${post.fingerprint}`)).size
    return c.json({ posts, committed: posts.length, distinct, repeated: posts.length - distinct })
  })

  /** Who did how much, and the most within any window of so many seconds. */
  control.get('/usage', (c) => {
    const { window_s } = readQuery(c, usageQuery)
    return c.json({ window_s, holders: meta.tally.read(window_s * 1000) })
  })
  control.delete('/usage', (c) => {
    meta.tally.reset()
    return c.json({ forgotten: true })
  })

  /** Somebody writes below a post or a media. */
  control.post('/comments', async (c) => {
    const { object_id: objectId, author, message } = await readJson(c, visitorComment)
    const accountId = meta.posts.byId(objectId)?.page_id ?? meta.media.byId(objectId)?.account_id
    if (accountId === undefined) throw new ControlError(`There is no post or media ${objectId}.`)
    const comment = meta.comments.add({ objectId, accountId, author, isOwn: false, message })
    tellOfComment(meta, comment)
    return c.json(comment, 201)
  })

  control.get('/webhooks', (c) =>
    c.json({ subscriptions: meta.webhooks.subscriptions(), deliveries: meta.webhooks.deliveries() }),
  )

  /** A person removes the app in their own settings, and may ask for their data to be deleted. */
  control.post('/people/remove-app', async (c) => {
    const { person_id: personId, delete_data: isDeleting } = await readJson(c, removal)
    const { deauthorize_url, data_deletion_url } = meta.ground.settings.values
    meta.tokens.revoke(personId)
    const tell = async (url: string | null) =>
      url === null ? null : meta.webhooks.tellOfPerson(url, personId)
    return c.json({
      deauthorized: await tell(deauthorize_url),
      deletion: isDeleting ? await tell(data_deletion_url) : null,
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
