import type { ReactNode } from 'react'
import { Still } from '#components/media/still.tsx'
import { Diff } from '#components/status/diff.tsx'
import { stillPathOf, type VersionPicture } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'
import { type Changes, changesBetween } from '#lib/content/changes.ts'
import { mediaKind } from '#lib/media/schema.ts'
import { formatInstant } from '#lib/time/format.ts'

type VersionChangesProps = {
  before: Version
  after: Version
  pictures: ReadonlyMap<string, string>
  /** How the earlier version is spoken of: "Version 2, changes asked". */
  beforeLabel: ReactNode
  zone: string
}

/** What differs between two versions: the text side by side, pictures beside, the rest in rows. */
export function VersionChanges({ before, after, pictures, beforeLabel, zone }: VersionChangesProps) {
  const changes = writtenChanges(before, after)
  const text = changes.texts.find(({ name }) => name === 'Text')
  const others = changes.texts.filter((change) => change !== text)
  const unchanged = unchangedIn(changes, after).join(', ')
  const dropped = before.pictures.filter((one) => changes.picturesDropped.includes(one.asset_id))
  const added = after.pictures.filter((one) => changes.picturesAdded.includes(one.asset_id))
  return (
    <div className="grid gap-3">
      <div className="grid gap-x-6 gap-y-3.5 md:grid-cols-2">
        {text && (
          <div className="max-md:hidden">
            <Label>{beforeLabel}</Label>
            <p className="text-md/6 whitespace-pre-wrap [overflow-wrap:anywhere] text-ink-2">{text.before}</p>
          </div>
        )}
        <div className={text ? undefined : 'md:col-span-2'}>
          <Label>Version {after.version}, now</Label>
          {text ? (
            <Diff before={text.before} after={text.after} className="text-md/6" />
          ) : (
            <p className="text-md/6 whitespace-pre-wrap [overflow-wrap:anywhere]">{after.body}</p>
          )}
        </div>
      </div>
      {(dropped.length > 0 || added.length > 0) && (
        <div className="grid grid-cols-2 gap-x-2.5 md:gap-x-6">
          <Pictures rows={dropped} version={before.version} pictures={pictures} gone />
          <Pictures rows={added} version={after.version} pictures={pictures} />
        </div>
      )}
      <dl className="border-t border-rule">
        {others.map(({ name, before: was, after: is }) => (
          <Fact key={name} name={name}>
            <Diff before={was} after={is} />
          </Fact>
        ))}
        {(changes.accountsAdded.length > 0 || changes.accountsDropped.length > 0) && (
          <Fact name="Accounts">
            <span className="flex flex-wrap gap-x-2">
              {changes.accountsDropped.map((account) => (
                <del key={account}>{account}</del>
              ))}
              {changes.accountsAdded.map((account) => (
                <ins key={account}>{account} added</ins>
              ))}
            </span>
          </Fact>
        )}
        {changes.reordered && <Fact name="Media">the same, in another order</Fact>}
        {before.scheduledAt && after.scheduledAt && before.scheduledAt !== after.scheduledAt && (
          <Fact name="Time">
            <del className="num">{formatInstant(before.scheduledAt, zone, 'day-time')}</del>{' '}
            <ins className="num">{formatInstant(after.scheduledAt, zone, 'day-time')}</ins>
          </Fact>
        )}
        {unchanged && (
          <Fact name="Unchanged">
            <span className="text-ink-2">{unchanged}</span>
          </Fact>
        )}
      </dl>
    </div>
  )
}

function Label({ children }: { children: ReactNode }) {
  return <p className="mb-1.5 flex flex-wrap gap-2 text-xs text-ink-3">{children}</p>
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[76px_minmax(0,1fr)] gap-3 border-b border-rule py-1.5 md:grid-cols-[96px_minmax(0,1fr)]">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

type PicturesProps = {
  rows: readonly VersionPicture[]
  version: number
  pictures: ReadonlyMap<string, string>
  gone?: boolean
}

function Pictures({ rows, version, pictures, gone = false }: PicturesProps) {
  if (rows.length === 0) {
    return (
      <p className="self-center text-xs text-ink-3">
        {gone ? 'Nothing to see before' : 'Nothing to see now'}
      </p>
    )
  }
  return (
    <div className="grid content-start gap-2">
      {rows.map((picture) => (
        <figure key={picture.asset_id}>
          <Still
            kind={mediaKind(picture.mime_type)}
            src={pictures.get(stillPathOf(picture) ?? '') ?? null}
            alt={picture.alt_text ?? ''}
            durationMs={picture.duration_ms}
            className={`aspect-5/4 w-full rounded-1 ${gone ? 'opacity-50 grayscale' : ''}`}
          />
          <figcaption className="pt-0.5 text-xs text-ink-2">
            Version {version}: {picture.alt_text ?? 'no description'}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}

/** Two frozen versions as the writing's own comparison wants them. */
export function writtenChanges(before: Version, after: Version): Changes {
  return changesBetween(asWritten(before), asWritten(after))
}

function asWritten(version: Version) {
  return {
    title: version.title,
    body: version.body,
    link: version.link ?? '',
    firstComment: version.firstComment,
    channels: version.channels.map((channel) => ({
      connectionId: channel.connection_id,
      accountName: channel.account_name,
      format: channel.format,
      body: channel.body,
    })),
    pictureIds: version.pictures.map((picture) => picture.asset_id),
  }
}

/** Only what is there is named: an absent link did not stay the same. */
function unchangedIn(changes: Changes, after: Version): string[] {
  const touched = new Set(changes.texts.map(({ name }) => name))
  const pictures = changes.picturesAdded.length + changes.picturesDropped.length > 0 || changes.reordered
  const accounts = changes.accountsAdded.length + changes.accountsDropped.length > 0
  return [
    ...(touched.has('Text') || after.body === '' ? [] : ['text']),
    ...(pictures || after.pictures.length === 0
      ? []
      : [after.pictures.length === 1 ? 'picture' : 'pictures']),
    ...(accounts ? [] : ['accounts']),
    ...(touched.has('Link') || !after.link ? [] : ['link']),
    ...(touched.has('First comment') || !after.firstComment ? [] : ['first comment']),
  ]
}
