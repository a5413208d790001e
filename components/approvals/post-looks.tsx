import { PostPreview } from '#components/content/preview/post-preview.tsx'
import { ofVersion } from '#components/content/preview/preview-media.ts'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { looksOf } from '#lib/approvals/looks.ts'
import type { Version } from '#lib/approvals/versions.ts'
import { formatInstant } from '#lib/time/format.ts'

type PostLooksProps = {
  version: Version
  /** Addresses of its pictures, by path. */
  pictures: ReadonlyMap<string, string>
  zone: string
  className?: string
}

/** The frozen version as each account will show it; accounts that show the same share one picture of it. */
export function PostLooks({ version, pictures, zone, className }: PostLooksProps) {
  const looks = looksOf(version)
  return (
    <div className={className}>
      {looks.map((look) => (
        <figure key={`${look.network} ${look.accountNames.join()}`} className="mb-3 last:mb-0">
          {looks.length + look.accountNames.length > 2 && (
            <figcaption className="mb-1 flex items-center gap-1.5 text-ink-2">
              {isNetwork(look.network) && <NetworkGlyph network={look.network} />}
              {look.accountNames.join(' and ')}
            </figcaption>
          )}
          <PostPreview
            network={look.network}
            wish={look.format}
            accountName={look.accountNames[0] ?? ''}
            when={previewWhen(version.publishedAt ?? version.scheduledAt, zone)}
            body={look.text}
            link={version.link}
            media={ofVersion(version.pictures, pictures)}
            firstComment={look.firstComment}
          />
        </figure>
      ))}
    </div>
  )
}

/** "18 September at 07:30", as the network writes it; "Just now" where no time is set. */
function previewWhen(instant: string | null, zone: string): string {
  if (!instant) return 'Just now'
  const day = formatInstant(instant, zone, 'long-day').split(' ').slice(1).join(' ')
  return `${day} at ${formatInstant(instant, zone, 'time')}`
}
