import { sentenceFor } from '#lib/errors.ts'
import { kind, mediaKind, weight } from '#lib/media/schema.ts'
import type { Network } from '#lib/platforms/contract.ts'
import { validatePost } from '#lib/platforms/validate.ts'
import { linkFrom } from './links.ts'
import type { NetworkLimits, PostDraft } from './schema.ts'

/** An account a piece may go to, as the composer needs it. */
export type Account = {
  id: string
  network: string
  name: string
  health: 'usable' | 'reconnect' | 'paused' | 'disconnected'
  limits: NetworkLimits | null
}

/** A picture or video as the rules see it; `status` and `rejected` are the worker's word about its bytes. */
export type CheckedPicture = {
  id: string
  filename: string
  mimeType: string | null
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  altText: string | null
  status: string
  rejected: string | null
}

/** What the composer offers beside a problem: a way to the place, or the mending itself. */
export type Remedy = { label: string } & (
  | { act: 'choose_accounts' | 'choose_time' | 'fix_link' | 'drop_first_comment' | 'reconnect' }
  | { act: 'write'; accountId: string | null; from?: number }
  | { act: 'describe'; pictureId: string }
  | { act: 'drop_pictures'; pictureIds: string[] }
  | { act: 'drop_account' | 'as_post'; accountId: string }
)

/** An error blocks sending, a note does not. */
export type WritingProblem = {
  key: string
  severity: 'error' | 'note'
  network: string | null
  message: string
  remedy: Remedy | null
}

type Surroundings = {
  accounts: readonly Account[]
  pictures: readonly CheckedPicture[]
  plannedAt: string | null
  timeZone: string
  now: string
}

/** Everything that stops a piece or should be thought about, once each, errors first. */
export function problemsOf(draft: PostDraft, around: Surroundings): WritingProblem[] {
  const pictures = draft.mediaIds.flatMap((id) => around.pictures.find((picture) => picture.id === id) ?? [])
  const found = [
    ...accountProblems(draft, around.accounts),
    ...textProblems(draft),
    ...pictureProblems(pictures),
    ...networkProblems(draft, around.accounts, pictures),
    ...timeProblems(around),
  ]
  const once = new Map(found.map((problem) => [problem.key, problem]))
  return [...once.values()].sort((one, other) => rank(one) - rank(other))
}

export function stops(problems: readonly WritingProblem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/** "Two things stop this, one to think about" */
export function problemsTitle(problems: readonly WritingProblem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const notes = problems.length - errors
  if (errors === 0) return notes === 1 ? 'One thing to think about' : `${number(notes)} things to think about`
  const stop = errors === 1 ? 'One thing stops this' : `${number(errors)} things stop this`
  return notes === 0 ? stop : `${stop}, ${number(notes).toLowerCase()} to think about`
}

function accountProblems(draft: PostDraft, accounts: readonly Account[]): WritingProblem[] {
  if (draft.channels.length === 0) {
    const isBare = accounts.every(({ health }) => health === 'disconnected')
    const remedy: Remedy = isBare
      ? { label: 'Open Connections', act: 'reconnect' }
      : { label: 'Choose accounts', act: 'choose_accounts' }
    const message = isBare ? 'The brand has no account it could go to.' : 'It goes to no account yet.'
    return [error('no_accounts', null, message, remedy)]
  }
  return draft.channels.flatMap(({ connectionId }) => {
    const account = accounts.find((one) => one.id === connectionId)
    if (!account) return []
    const { health, name, network } = account
    const words = { account_name: name }
    if (health === 'disconnected') {
      const message = sentenceFor('connection_inactive', words)
      return error(`inactive:${account.id}`, network, message, {
        label: 'Leave it out',
        act: 'drop_account',
        accountId: account.id,
      })
    }
    if (health === 'reconnect') {
      const remedy: Remedy = { label: 'Open Connections', act: 'reconnect' }
      return note(`reconnect:${account.id}`, network, sentenceFor('connection_attention', words), remedy)
    }
    if (health === 'paused') {
      return note(
        `paused:${account.id}`,
        network,
        `${name} is paused: nothing goes out there until it runs again.`,
      )
    }
    return []
  })
}

function textProblems(draft: PostDraft): WritingProblem[] {
  const problems: WritingProblem[] = []
  if (draft.body.trim() === '' && draft.mediaIds.length === 0) {
    const remedy: Remedy = { label: 'Write', act: 'write', accountId: null }
    problems.push(error('empty', null, sentenceFor('post_empty'), remedy))
  }
  if (linkFrom(draft.link) === null) {
    const remedy: Remedy = { label: 'Mend it', act: 'fix_link' }
    problems.push(error('link', null, 'The link is no web address yet, so it is not kept.', remedy))
  }
  return problems
}

function pictureProblems(pictures: readonly CheckedPicture[]): WritingProblem[] {
  return pictures.flatMap((picture, index) => {
    const name = nameOf(picture, index)
    if (picture.status === 'processing') {
      return error(`checking:${picture.id}`, null, `${name} is still being checked. It takes a few seconds.`)
    }
    if (picture.status !== 'active' && picture.status !== 'archived') {
      const message = `${name}: ${picture.rejected ?? sentenceFor('media_rejected')}`
      return error(`rejected:${picture.id}`, null, message, dropping([picture]))
    }
    if (mediaKind(picture.mimeType) === 'image' && !picture.altText?.trim()) {
      const message = `${name} has no alt text: people who cannot see it are told nothing.`
      const remedy: Remedy = { label: 'Describe it', act: 'describe', pictureId: picture.id }
      return note(`alt:${picture.id}`, null, message, remedy)
    }
    return []
  })
}

function networkProblems(
  draft: PostDraft,
  accounts: readonly Account[],
  pictures: readonly CheckedPicture[],
): WritingProblem[] {
  return draft.channels.flatMap((channel) => {
    const account = accounts.find((one) => one.id === channel.connectionId)
    if (!account) return []
    const byCatalogue = catalogueProblems(draft, channel, account, pictures)
    const spoken = new Set(byCatalogue.map((problem) => problem.field))
    const byValidator = validatorProblems(draft, channel, account, pictures)
    return [...byCatalogue, ...byValidator.filter((problem) => !spoken.has(problem.field))]
  })
}

type Channel = PostDraft['channels'][number]
type FieldProblem = WritingProblem & { field: string }

/** The catalogue's limits: an agency may tighten them, and the submission is held to them. */
function catalogueProblems(
  draft: PostDraft,
  channel: Channel,
  { network, limits }: Account,
  pictures: readonly CheckedPicture[],
): FieldProblem[] {
  if (!limits) return []
  const problems: FieldProblem[] = []
  const length = (channel.body ?? draft.body).length
  if (length > limits.text_max) {
    const over = length - limits.text_max
    const message = sentenceFor('post_too_long', { network, limit: limits.text_max, length })
    const accountId = channel.body === null ? null : channel.connectionId
    problems.push({
      ...error(`long:${network}:${accountId}`, network, message, {
        label: over === 1 ? 'Select the 1 too many' : `Select the ${count.format(over)} too many`,
        act: 'write',
        accountId,
        from: limits.text_max,
      }),
      field: 'body',
    })
  }
  const extra = pictures.slice(limits.images_max)
  if (extra.length > 0) {
    const message = `${named(network)} takes ${limits.images_max === 1 ? 'one file' : `${limits.images_max} files`} a post; this one has ${pictures.length}.`
    const label = limits.images_max === 1 ? 'Keep the first' : `Keep the first ${limits.images_max}`
    problems.push({
      ...error(`many:${network}`, network, message, { ...dropping(extra), label }),
      field: 'media',
    })
  }
  for (const [index, picture] of pictures.entries()) {
    // What a network says of videos depends on the form: that is the connector's.
    if (mediaKind(picture.mimeType) === 'video') continue
    const name = nameOf(picture, index)
    if (picture.sizeBytes > limits.image_bytes_max) {
      const message = `${name} weighs ${weight(picture.sizeBytes)}; ${named(network)} takes up to ${weight(limits.image_bytes_max)}.`
      problems.push({
        ...error(`heavy:${network}:${picture.id}`, network, message, dropping([picture])),
        field: 'picture',
      })
    }
    if (picture.mimeType && !limits.image_types.includes(picture.mimeType)) {
      const message = `${name} is ${kind(picture.mimeType)}; ${named(network)} takes ${limits.image_types.map(kind).join(', ')}.`
      problems.push({
        ...error(`kind:${network}:${picture.id}`, network, message, dropping([picture])),
        field: 'picture',
      })
    }
  }
  return problems
}

/** The connector's own look at the post, for what no table of limits can say. */
function validatorProblems(
  draft: PostDraft,
  channel: Channel,
  { network }: Account,
  pictures: readonly CheckedPicture[],
): FieldProblem[] {
  if (!isPublishable(network)) return []
  const body = channel.body ?? draft.body
  if (body.trim() === '' && pictures.length === 0) return [] // said already, for all accounts
  const remedies: Record<string, Remedy> = {
    body: {
      label: 'Go to the text',
      act: 'write',
      accountId: channel.body === null ? null : channel.connectionId,
    },
    first_comment: { label: 'Take it out', act: 'drop_first_comment' },
    link: { label: 'Go to the link', act: 'fix_link' },
    ...(channel.format !== 'feed' && {
      media: { label: 'Make it a post', act: 'as_post', accountId: channel.connectionId },
    }),
  }
  return validatePost(network, {
    body,
    link: linkFrom(draft.link) || null,
    firstComment: channel.firstComment ?? draft.firstComment,
    format: channel.format,
    media: pictures.map((picture) => ({ ...picture, mimeType: picture.mimeType ?? '' })),
  }).map(({ code, severity, field, message }) => ({
    key:
      field === 'media' && channel.format === 'feed'
        ? `${code}:${network}:${message}`
        : `${code}:${channel.body === null && field !== 'media' ? network : channel.connectionId}`,
    severity,
    network,
    message,
    remedy: remedies[field] ?? null,
    field,
  }))
}

function timeProblems({ plannedAt, timeZone, now }: Surroundings): WritingProblem[] {
  if (plannedAt === null || Date.parse(plannedAt) > Date.parse(now)) return []
  const message = sentenceFor('schedule_past', { scheduled_at: plannedAt, time_zone: timeZone })
  return [error('past', null, message, { label: 'Choose a time', act: 'choose_time' })]
}

function dropping(pictures: readonly CheckedPicture[]): Remedy {
  return { label: 'Take it out', act: 'drop_pictures', pictureIds: pictures.map((picture) => picture.id) }
}

function error(
  key: string,
  network: string | null,
  message: string,
  remedy: Remedy | null = null,
): WritingProblem {
  return { key, severity: 'error', network, message, remedy }
}

function note(
  key: string,
  network: string | null,
  message: string,
  remedy: Remedy | null = null,
): WritingProblem {
  return { key, severity: 'note', network, message, remedy }
}

const rank = ({ severity }: WritingProblem) => (severity === 'error' ? 0 : 1)

const count = new Intl.NumberFormat('en-GB')
const networkNames: Record<string, string> = { facebook: 'Facebook', instagram: 'Instagram' }
const publishable: readonly Network[] = ['facebook', 'instagram']
const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

function isPublishable(network: string): network is Network {
  return publishable.some((one) => one === network)
}

/** Its place in the piece, by which the tray numbers it too. */
function nameOf({ mimeType }: CheckedPicture, index: number): string {
  return `${mediaKind(mimeType) === 'video' ? 'Video' : 'Picture'} ${index + 1}`
}

function named(network: string): string {
  return networkNames[network] ?? network
}

function number(value: number): string {
  return small[value] ?? String(value)
}
