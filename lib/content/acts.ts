import { sentenceFor } from '#lib/errors.ts'
import { can, type Permission } from '#lib/members/roles.ts'
import { isClosed } from './states.ts'

export type Act =
  | 'edit'
  | 'send'
  | 'withdraw'
  | 'schedule'
  | 'unschedule'
  | 'publish_now'
  | 'archive'
  | 'delete'

export type ActingOn = {
  status: string
  version: number
  createdBy: string | null
  heldAt: string | null
  hasPlan: boolean
  /** A job that is being sent, may be out or is out: from then on the text stands. */
  isUnderway: boolean
}

type Holder = { permissions: ReadonlySet<Permission>; userId: string }

/** What each act needs; the functions of the database ask the same. */
export const actPermissions: Record<Act, Permission> = {
  edit: 'content.edit',
  send: 'approvals.request',
  withdraw: 'approvals.request',
  schedule: 'publishing.schedule',
  unschedule: 'publishing.cancel',
  publish_now: 'publishing.publish_now',
  archive: 'content.delete',
  delete: 'content.delete',
}

const doing: Record<Act, string> = {
  edit: 'write posts',
  send: 'send posts for approval',
  withdraw: 'take posts back from review',
  schedule: 'set times',
  unschedule: 'take times away',
  publish_now: 'publish at once',
  archive: 'archive posts',
  delete: 'delete drafts of others',
}

/**
 * The acts that a piece's state offers. null: this person may; words: why not, and who may.
 * An act that the state leaves no room for is not in the answer at all.
 */
export function actsOn(
  post: ActingOn,
  person: Holder,
  namesOfThoseWho: (permission: Permission) => readonly string[],
): Partial<Record<Act, string | null>> {
  const acts: Partial<Record<Act, string | null>> = {}
  for (const act of offered(post)) {
    const permission = actPermissions[act]
    const own =
      act === 'delete' && post.createdBy === person.userId && can(person, 'content.delete_own_drafts')
    acts[act] = own || can(person, permission) ? null : refusedTo(act, namesOfThoseWho(permission))
  }
  if (acts.publish_now === null && post.heldAt) acts.publish_now = sentenceFor('post_held')
  return acts
}

function offered({ status, version, hasPlan, isUnderway }: ActingOn): Act[] {
  const hasTimeAhead = !isClosed(status) && status !== 'failed'
  const acts: Act[] = []
  if (!isClosed(status) && !isUnderway) acts.push('edit')
  if (status === 'draft' || status === 'changes_requested') acts.push('send')
  if (status === 'pending_review') acts.push('withdraw')
  if (hasTimeAhead) acts.push('schedule')
  if (hasTimeAhead && hasPlan) acts.push('unschedule')
  if (status === 'approved' || status === 'scheduled') acts.push('publish_now')
  if (status !== 'publishing' && status !== 'archived') acts.push('archive')
  if (status === 'draft' && version === 0) acts.push('delete')
  return acts
}

/** "Your role does not publish at once. Ines Caldeira and Priya Raman may." */
function refusedTo(act: Act, names: readonly string[]): string {
  const mayNot = `Your role here does not ${doing[act]}.`
  return names.length === 0 ? mayNot : `${mayNot} ${namesInARow(names)} may.`
}

/** At most three by name: a reason is read, not counted. */
export function namesInARow(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
