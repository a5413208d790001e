import type { Version } from '#lib/approvals/versions.ts'
import { firstName } from '#lib/members/first-name.ts'
import { leadingNumberWord } from '#lib/number-words.ts'
import type { SharedPost } from '#lib/portal/shelves.ts'
import { nearDay } from '#lib/time/near-day.ts'

type Lead = {
  waiting: readonly SharedPost[]
  asked: ReadonlySet<string>
  name: string
  brand: { name: string; timeZone: string }
  now: Date
}

/** "Two posts need your OK, Marguerite": what waits, said to the person. */
export function needsOkTitle({ waiting, asked, name }: Lead): string {
  const count = asked.size
  if (count === 1) return `One post needs your OK, ${firstName(name)}`
  if (count > 1) return `${leadingNumberWord(count)} posts need your OK, ${firstName(name)}`
  if (waiting.length === 0) return 'Nothing needs your OK'
  return waiting.length === 1
    ? 'One post waits for an OK'
    : `${leadingNumberWord(waiting.length)} posts wait for an OK`
}

export function needsOkNote({ waiting, brand, now }: Lead): string {
  const first = waiting.find(({ latest }) => isAhead(latest, now))?.latest.scheduledAt
  if (!first) return `${brand.name}.`
  const begin = waiting.length > 1 ? 'The first is meant for' : 'It is meant for'
  return `${brand.name}. ${begin} ${nearDay(first, brand.timeZone, now)}.`
}

export function comingUpTitle(posts: readonly SharedPost[]): string {
  if (posts.length === 0) return 'Nothing is coming up'
  return posts.length === 1
    ? 'One post is coming up'
    : `${leadingNumberWord(posts.length)} posts are coming up`
}

export function comingUpNote({
  posts,
  brand,
  now,
}: {
  posts: readonly SharedPost[]
  brand: Lead['brand']
  now: Date
}): string {
  const held = posts.filter(({ latest }) => latest.clientStatus === 'held').length
  const first = posts.find(({ latest }) => latest.clientStatus === 'scheduled' && isAhead(latest, now))
  return [
    `${brand.name}.`,
    ...(first?.latest.scheduledAt
      ? [`The next goes out ${nearDay(first.latest.scheduledAt, brand.timeZone, now)}.`]
      : []),
    ...(held > 0 ? [`${leadingNumberWord(held)} ${held === 1 ? 'is' : 'are'} on hold.`] : []),
    ...(posts.length === 0 ? ['What you approve stands here until it is out.'] : []),
  ].join(' ')
}

type PostLead = {
  version: Version
  brand: { name: string; agencyName: string; timeZone: string }
  now: Date
}

/** How one post stands, as a sentence under its title. */
export function postNote({ version, brand, now }: PostLead): string {
  const zone = version.timeZone ?? brand.timeZone
  const when = version.scheduledAt && nearDay(version.scheduledAt, zone, now)
  switch (version.clientStatus) {
    case 'waiting':
      if (version.supersededAt !== null) return `${brand.agencyName} is changing it. You are asked again.`
      return when ? `Meant for ${when}, with your OK.` : 'It has no time yet. It goes out with your OK alone.'
    case 'changes_requested':
    case 'rejected':
      return `Changes were asked for. ${brand.agencyName} changes it and asks again.`
    case 'withdrawn':
      return `${brand.agencyName} took it back to change it. You are asked again when it is ready.`
    case 'approved':
      return `Approved. ${brand.agencyName} finds it a time.`
    case 'held':
      return 'On hold. It does not go out until you let it go.'
    case 'scheduled':
      return when ? `Approved. It goes out ${when}.` : 'Approved.'
    case 'publishing':
      return 'It is going out now.'
    case 'checking':
      return `It was sent, and its network has not answered yet. ${brand.agencyName} is checking; nothing is sent twice.`
    case 'published':
      return version.publishedAt ? `Out since ${nearDay(version.publishedAt, zone, now)}.` : 'It is out.'
    case 'failed':
      return `It could not go out${when ? ` ${when}` : ''}. ${brand.agencyName} was told and is on it.`
  }
}

const isAhead = ({ scheduledAt }: Version, now: Date) =>
  scheduledAt !== null && Date.parse(scheduledAt) > now.getTime()
