import { writtenChanges } from '#components/approvals/version-changes.tsx'
import { Still } from '#components/media/still.tsx'
import { stillPathOf } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'
import { isUnchanged } from '#lib/content/changes.ts'
import { mediaKind } from '#lib/media/schema.ts'
import { formatInstant } from '#lib/time/format.ts'
import { diffExcerpt } from './excerpt.ts'

type ChangedBoxProps = {
  before: Version
  after: Version
  pictures: ReadonlyMap<string, string>
  userId: string
  zone: string
}

/** What is other than when the client last had it before them, and what they had asked for then. */
export function ChangedBox({ before, after, pictures, userId, zone }: ChangedBoxProps) {
  const changes = writtenChanges(before, after)
  const asked = before.decisions.findLast(({ outcome }) => outcome === 'changes_requested')
  const replaced = before.pictures.filter((picture) => changes.picturesDropped.includes(picture.asset_id))
  return (
    <section className="mx-4 mb-3 rounded-2 bg-sunk px-3 py-2 text-sm/[21px]">
      <h3 className="font-bold">Changed since you last looked</h3>
      {isUnchanged(changes) && <p>Nothing in its words, pictures and accounts.</p>}
      {changes.texts
        .filter(({ name }) => name !== 'Title')
        .map(({ name, before: was, after: is }) => (
          <div key={name}>
            {name !== 'Text' && <p className="text-ink-2">{name}</p>}
            <Excerpt before={was} after={is} />
          </div>
        ))}
      {changes.accountsAdded.map((account) => (
        <p key={account}>
          <ins>Goes to {account} too</ins>
        </p>
      ))}
      {changes.accountsDropped.map((account) => (
        <p key={account}>
          <del>No longer goes to {account}</del>
        </p>
      ))}
      {changes.reordered && <p>The pictures stand in another order.</p>}
      {changes.picturesAdded.length > 0 && (
        <p>
          <ins>{changes.picturesAdded.length === 1 ? 'A new picture' : 'New pictures'}</ins>
          {replaced.length > 0 && <span className="text-ink-2"> instead of</span>}
        </p>
      )}
      {changes.picturesAdded.length === 0 && replaced.length > 0 && <p>Taken out:</p>}
      {replaced.length > 0 && (
        <ul className="mt-1 flex gap-2">
          {replaced.map((picture) => (
            <li key={picture.asset_id}>
              <Still
                kind={mediaKind(picture.mime_type)}
                src={pictures.get(stillPathOf(picture) ?? '') ?? null}
                alt={picture.alt_text ?? 'what stood there before'}
                durationMs={picture.duration_ms}
                className="size-16 rounded-1 opacity-60 grayscale"
              />
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <p className="mt-1 text-ink-2">
          {asked.by === userId ? 'You asked' : 'Someone of yours asked'} on{' '}
          {formatInstant(asked.at, zone, 'day')}: “{asked.comment}”
        </p>
      )}
    </section>
  )
}

function Excerpt({ before, after }: { before: string; after: string }) {
  return (
    <p className="whitespace-pre-line [overflow-wrap:anywhere]">
      {diffExcerpt(before, after).map((part, index) => {
        const key = index // the parts of one diff never reorder
        if (part.kind === 'same') return <span key={key}>{part.text}</span>
        if (part.kind === 'added') return <ins key={key}>{part.text}</ins>
        return <del key={key}>{part.text}</del>
      })}
    </p>
  )
}
