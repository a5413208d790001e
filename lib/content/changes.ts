import { wishNames } from './formats.ts'
import type { PostWish } from './schema.ts'

/** What a piece says, wherever it comes from: the draft, or a frozen version. */
export type Written = {
  title: string
  body: string
  link: string
  firstComment: string | null
  channels: readonly { connectionId: string; accountName: string; format: PostWish; body: string | null }[]
  pictureIds: readonly string[]
}

export type TextChange = { name: string; before: string; after: string }

export type Changes = {
  texts: TextChange[]
  accountsAdded: string[]
  accountsDropped: string[]
  picturesAdded: string[]
  picturesDropped: string[]
  /** The same pictures in another order. */
  reordered: boolean
}

/** What differs between two forms of a piece, each thing once. */
export function changesBetween(before: Written, after: Written): Changes {
  const texts: TextChange[] = []
  const compare = (name: string, one: string | null, other: string | null) => {
    if ((one ?? '') !== (other ?? '')) texts.push({ name, before: one ?? '', after: other ?? '' })
  }
  compare('Title', before.title, after.title)
  compare('Text', before.body, after.body)
  compare('Link', before.link, after.link)
  compare('First comment', before.firstComment, after.firstComment)
  for (const channel of after.channels) {
    const earlier = before.channels.find((one) => one.connectionId === channel.connectionId)
    if (earlier)
      compare(`Form for ${channel.accountName}`, wishNames[earlier.format], wishNames[channel.format])
    // Without a text of its own an account says the shared one: that is what its readers compare.
    if (earlier && (earlier.body !== null || channel.body !== null)) {
      compare(`Text for ${channel.accountName}`, earlier.body ?? before.body, channel.body ?? after.body)
    }
  }
  const missing = (from: Written, among: Written) =>
    from.channels
      .filter((channel) => !among.channels.some((one) => one.connectionId === channel.connectionId))
      .map((channel) => channel.accountName)
  const picturesAdded = after.pictureIds.filter((id) => !before.pictureIds.includes(id))
  const picturesDropped = before.pictureIds.filter((id) => !after.pictureIds.includes(id))
  return {
    texts,
    accountsAdded: missing(after, before),
    accountsDropped: missing(before, after),
    picturesAdded,
    picturesDropped,
    reordered:
      picturesAdded.length + picturesDropped.length === 0 &&
      after.pictureIds.some((id, index) => id !== before.pictureIds[index]),
  }
}

export function isUnchanged(changes: Changes): boolean {
  return changesInWords(changes) === ''
}

/** "text, one picture added": short enough for a row of the versions. */
export function changesInWords(changes: Changes): string {
  const { texts, accountsAdded, accountsDropped, picturesAdded, picturesDropped, reordered } = changes
  return [
    ...texts.map(({ name }) => `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`),
    ...(accountsAdded.length > 0 ? [`${accountsAdded.join(', ')} added`] : []),
    ...(accountsDropped.length > 0 ? [`${accountsDropped.join(', ')} left out`] : []),
    ...pictures(picturesAdded.length, 'added'),
    ...pictures(picturesDropped.length, 'taken out'),
    ...(reordered ? ['pictures in another order'] : []),
  ].join('; ')
}

function pictures(count: number, what: string): string[] {
  return count === 0 ? [] : [count === 1 ? `one picture ${what}` : `${count} pictures ${what}`]
}
