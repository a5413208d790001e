import { randomUUID } from 'node:crypto'
import { type ApprovalMode, tomorrow } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import type { Piece } from './pieces.ts'
import { texts, type World } from './world.ts'

export type Answer = { error: { code: string; message: string } | null }
/** `pick` chooses between the forms of a move; any number does. */
export type Move = { world: World; person: Person; piece: Piece; pick: number }

/** What the interface lets people ask for, each as a call of the Data API with the person's own token. */
export const peopleMoves = {
  save: async (move) => {
    const { person, piece, pick } = move
    return person.client.rpc('save_post', {
      post_id: piece.id,
      // One in eight starts from a revision that is gone.
      base_revision: piece.revision - (pick % 8 === 7 ? 1 : 0),
      title: `Pie drop ${pick}`,
      body: oneOf(texts, pick),
      media_ids: pick % 3 === 0 ? await aPicture(move) : [],
      channels: channels(move),
    })
  },
  submit: ({ person, piece }) =>
    person.client.rpc('submit_post', { post_id: piece.id, revision: piece.revision }),
  withdraw: ({ person, piece }) => person.client.rpc('withdraw_post', { post_id: piece.id }),
  approve: (move) => decide(move, 'approved'),
  askChanges: (move) => decide(move, 'changes_requested'),
  reject: (move) => decide(move, 'rejected'),
  hold: (move) => decide(move, 'held'),
  schedule: ({ person, piece, pick }) =>
    person.client.rpc('schedule_post', {
      post_id: piece.id,
      local_time: tomorrow(oneOf(['09:00', '09:00', '14:30'], pick)),
      time_zone: 'Europe/London',
    }),
  unschedule: ({ person, piece }) => person.client.rpc('unschedule_post', { post_id: piece.id }),
  publishNow: ({ person, piece }) => person.client.rpc('publish_now', { post_id: piece.id }),
  archive: ({ person, piece }) => person.client.rpc('archive_post', { post_id: piece.id }),
  deleteDraft: ({ person, piece }) => person.client.rpc('delete_draft', { post_id: piece.id }),
  retry: (move) => move.person.client.rpc('retry_job', { job_id: jobId(move) }),
  recheck: (move) => move.person.client.rpc('recheck_job', { job_id: jobId(move) }),
  markLive: (move) =>
    move.person.client.rpc('mark_job_live', {
      job_id: jobId(move),
      // A link that another job may have already.
      url: `https://www.facebook.com/${move.world.tenantId}/posts/${move.pick % 5}`,
    }),
  comment: ({ person, piece, pick }) =>
    person.client.from('content_comments').insert({
      content_id: piece.id,
      brand_id: piece.brand_id,
      audience: oneOf(['internal', 'client'], pick),
      body: 'As agreed.',
    }),
  upload: async ({ person, piece, pick }) => {
    const id = randomUUID()
    return person.client.from('media_assets').insert({
      id,
      brand_id: piece.brand_id,
      filename: 'loaf.jpg',
      mime_type: 'image/jpeg',
      size_bytes: 1000 + pick,
      path: `${piece.brand_id}/${id}/original.jpg`,
    })
  },
  archiveMedia: async (move) => {
    const [asset_id] = await aPicture(move)
    return move.person.client.rpc('archive_media', { asset_id: asset_id ?? randomUUID() })
  },
  setMode: ({ person, piece, pick }) =>
    person.client.rpc('set_approval_mode', { brand_id: piece.brand_id, approval_mode: oneOf(modes, pick) }),
  setRole: ({ world, person, piece, pick }) =>
    person.client.rpc('set_member_role', {
      brand_id: piece.brand_id,
      user_id: whom(world, pick).id,
      role: oneOf(['manager', 'creator', 'client_approver', 'client_viewer', 'analyst'], pick),
    }),
  removeMember: ({ world, person, piece, pick }) =>
    person.client.rpc('remove_member', { brand_id: piece.brand_id, user_id: whom(world, pick).id }),
  disconnect: ({ person, piece, world, pick }) =>
    person.client.rpc('disconnect', { connection_id: oneOf(accountsOf(world, piece), pick) }),
  deleteBrand: ({ person, piece, world }) =>
    person.client.rpc('request_brand_deletion', {
      brand_id: piece.brand_id,
      name: piece.brand_id === world.brandIds[0] ? 'Oat & Ember' : 'Tidewater',
    }),
  keepBrand: ({ person, piece }) => person.client.rpc('keep_brand', { brand_id: piece.brand_id }),
} satisfies Record<string, (move: Move) => PromiseLike<Answer>>

export const modes = ['none', 'internal', 'client', 'internal_client'] as const satisfies ApprovalMode[]

export function oneOf<T>(options: readonly [T, ...T[]], pick: number): T {
  return options[pick % options.length] ?? options[0]
}

function decide({ person, piece, pick }: Move, outcome: string) {
  return person.client.rpc('decide_approval', {
    post_id: piece.id,
    // One in six saw another text.
    seen_digest: pick % 6 === 5 ? 'a'.repeat(64) : piece.content_digest,
    outcome,
    comment: 'As agreed.',
  })
}

function channels({ world, piece, pick }: Move) {
  const accounts = accountsOf(world, piece)
  const wanted = pick % 4 === 3 ? accounts.slice(0, 1) : accounts
  return wanted.map((connection_id, n) => ({
    connection_id,
    body: n === 1 && pick % 2 === 0 ? 'Pies, for this account.' : null,
  }))
}

function accountsOf({ connectionIds, brandIds }: World, piece: Piece): [string, ...string[]] {
  const [shared, own, second] = connectionIds
  return piece.brand_id === brandIds[0] ? [shared, own] : [second]
}

/** A job of the piece, most often the latest; of no piece where it has none. */
function jobId({ piece: { jobs }, pick }: Move): string {
  return jobs[pick % 3 === 2 ? pick % Math.max(jobs.length, 1) : 0]?.id ?? randomUUID()
}

/** One picture of the piece's brand that the worker has read, if there is one. */
async function aPicture({ world: { db }, piece, pick }: Move): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from public.media_assets where brand_id = ${piece.brand_id} and status in ('active', 'archived') order by created_at`
  const chosen = rows[pick % Math.max(rows.length, 1)]
  return chosen ? [chosen.id] : []
}

/** Those whose membership changes: never the people without whom nothing moves on. */
function whom({ cast }: World, pick: number): Person {
  return oneOf([cast.otherCreator, cast.viewer, cast.analyst, cast.manager], pick >> 3)
}
