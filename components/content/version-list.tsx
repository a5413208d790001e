'use client'

import { useState } from 'react'
import { LinkButton } from '#components/content/link-button.tsx'
import type { PostStatus } from '#components/status/post-status.ts'
import { Status } from '#components/status/status.tsx'
import { Time } from '#components/ui/time.tsx'
import { changesBetween, changesInWords, isUnchanged, type Written } from '#lib/content/changes.ts'
import type { PostVersion } from '#lib/content/versions.ts'
import { ChangesDialog, type PictureFaces } from './changes-dialog.tsx'
import { nameIn, type People } from './people.ts'
import { writtenIn } from './written.ts'

type VersionListProps = {
  versions: readonly PostVersion[]
  /** The piece as it reads now, where it can still change. */
  now: Written | null
  people: People
  zone: string
  faces: PictureFaces
  onReturn: ((version: PostVersion) => void) | null
}

/** Every version that was sent, what became of it, and what changed since. */
export function VersionList({ versions, now, people, zone, faces, onReturn }: VersionListProps) {
  const [seen, setSeen] = useState<PostVersion | null>(null)
  const [latest] = versions
  if (!latest) return null
  const current = now ?? writtenIn(latest)
  const changed = now ? changesBetween(writtenIn(latest), now) : null
  return (
    <section aria-labelledby="versions" className="mt-5 border-t-2 border-ink pt-2">
      <h2 id="versions" className="head-3">
        Versions
      </h2>
      <ol className="mt-1.5">
        {changed && !isUnchanged(changed) && (
          <Row number={latest.version + 1}>
            <Status status="draft" className="min-w-[116px]">
              Now
            </Status>
            <span className="truncate">{changesInWords(changed)}</span>
          </Row>
        )}
        {versions.map((version) => {
          const { status, word, words } = becomeOf(version, people)
          return (
            <Row
              key={version.version}
              number={version.version}
              end={
                <Time
                  instant={version.decisions.at(-1)?.at ?? version.createdAt}
                  zone={zone}
                  className="text-ink-3"
                />
              }
            >
              <Status status={status} className="min-w-[116px]">
                {word}
              </Status>
              <span className="min-w-0 flex-1 truncate max-md:basis-full max-md:whitespace-normal">
                {words}
              </span>
              {(now || version !== latest) && (
                <LinkButton
                  onClick={() => setSeen(version)}
                  aria-label={`Compare version ${version.version}`}
                >
                  Compare
                </LinkButton>
              )}
            </Row>
          )
        })}
      </ol>
      <ChangesDialog
        version={seen}
        now={current}
        nowName={now ? 'the text as it is' : `version ${latest.version}`}
        faces={faces}
        onClose={() => setSeen(null)}
        onReturn={onReturn}
      />
    </section>
  )
}

function Row({
  number,
  end,
  children,
}: {
  number: number
  end?: React.ReactNode
  children: React.ReactNode
}) {
  return (
    <li className="grid grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-2 border-t border-rule py-1.5">
      <b className="num font-bold">{number}</b>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 md:flex-nowrap">{children}</span>
      <span className="text-right">{end}</span>
    </li>
  )
}

function becomeOf(
  { decisions, supersededAt, submittedBy, digest }: PostVersion,
  people: People,
): { status: PostStatus; word?: string; words: string } {
  const last = decisions.at(-1)
  const by = nameIn(people, last?.by ?? submittedBy)
  const seal = `${digest.slice(0, 4)} ${digest.slice(4, 8)}`
  if (last?.outcome === 'approved') {
    return {
      status: 'approved',
      words: `by ${by}${last.audience === 'client' ? ', client' : ''}, seal ${seal}${supersededAt ? ', broken since' : ''}`,
    }
  }
  if (last?.outcome === 'held') return { status: 'approved', word: 'Held', words: `by ${by}` }
  if (last) {
    return {
      status: 'changes_requested',
      ...(last.outcome === 'rejected' && { word: 'Refused' }),
      words: last.comment ? `“${last.comment}”` : `by ${by}`,
    }
  }
  if (supersededAt) return { status: 'draft', word: 'Taken back', words: `sent by ${by}` }
  return { status: 'pending_review', words: `sent by ${by}` }
}
