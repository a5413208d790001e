import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Spot, Values } from './filler.ts'

/** What a kind of row is made from, besides its spot. */
export type Making = Spot & {
  /** The nth row of a table in this brand, as seeded. */
  row(table: string, nth?: number): Values
}
type Kind = (making: Making) => Values

/** Tables of which every person has a row in every brand; the column names the person. */
export const personal: Readonly<Record<string, string>> = {
  'public.oauth_states': 'user_id',
  'public.workflow_notifications': 'user_id',
  'public.client_settings': 'client_id',
  'public.media_assets': 'created_by',
}

/**
 * The rows of a table in each brand, where one plain row is not enough: values that its checks ask for, and
 * the kinds that people see differently. Tables that are not here get one row from the catalog alone.
 */
export const kinds: Readonly<Record<string, Kind[]>> = {
  'public.brand_invitations': [({ salt }) => ({ email: `${slug(salt)}@client.example` })],
  'public.milestones': [() => ({ key: 'month_1_anniversary' })],

  'public.media_assets': [
    (making) => ({ ...pictureRead(making), shared_at: now }),
    (making) => pictureRead(making),
  ],
  'public.media_usage_logs': [() => ({ used_in: `post:${randomUUID()}` })],

  'public.content_items': [
    () => ({ number: 1, content_digest: digest('shared'), version: 2, status: 'pending_review' }),
    () => ({ number: 2, content_digest: digest('draft'), version: 1 }),
  ],
  // The first piece was sent to the client, and its next version was not; the second piece never was.
  'public.content_versions': [
    ({ row }) => ({ ...versionOf(row('public.content_items'), 1), shared_at: now }),
    ({ row }) => versionOf(row('public.content_items', 1), 1),
    ({ row }) => versionOf(row('public.content_items'), 2),
  ],
  'public.scheduled_content': [
    () => ({ scheduled_at: '2031-03-04T09:00:00Z', local_time: '2031-03-04T09:00:00', time_zone: 'UTC' }),
  ],
  'public.content_comments': [
    (making) => comment(making, 'internal', 0),
    (making) => comment(making, 'client', 0),
    (making) => comment(making, 'internal', 1),
    (making) => comment(making, 'client', 1),
  ],

  'public.oauth_states': [() => ({ state_hash: `\\x${randomBytes(32).toString('hex')}` })],
  'public.analytics_goals': [({ salt }) => ({ notes: `notes ${salt}` })],
  'public.auto_plans': [() => ({ month: '2031-03-01' })],

  'public.workflow_templates': [() => ({ steps: [] })],
  'public.workflow_instances': [() => ({ steps: [] })],
  'public.approval_requests': [
    () => ({ audience: 'internal', step: 0 }),
    () => ({ audience: 'client', step: 1 }),
  ],
  'public.post_approvals': [() => ({ audience: 'internal' }), () => ({ audience: 'client' })],

  'public.webhook_events': [
    ({ salt }) => ({ provider: 'meta', idempotency_key: salt }),
    ({ salt }) => ({ provider: 'meta', idempotency_key: `${salt} unknown`, brand_id: null }),
  ],
}

/** A file that a person announced and did not send yet. */
export function announced({ brandId, personId }: Pick<Making, 'brandId' | 'personId'>): Values {
  return { ...picture(brandId), created_by: personId }
}

const now = '2026-11-24T09:00:00Z'
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

function picture(brandId: string | null): Values {
  const id = randomUUID()
  return {
    id,
    path: `${brandId}/${id}/loaf.jpg`,
    filename: 'loaf.jpg',
    mime_type: 'image/jpeg',
    size_bytes: 4,
  }
}

function pictureRead({ brandId, personId }: Making): Values {
  return {
    ...picture(brandId),
    created_by: personId,
    status: 'active',
    hash: randomBytes(32).toString('hex'),
  }
}

function versionOf(item: Values, version: number): Values {
  return {
    content_id: item.id,
    version,
    number: item.number,
    type: 'post',
    content_digest: item.content_digest,
  }
}

function comment({ row, salt }: Making, audience: string, piece: number): Values {
  return { audience, content_id: row('public.content_items', piece).id, body: `A word, ${audience}, ${salt}` }
}
