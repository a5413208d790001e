'use client'

import { useState } from 'react'
import { ChangesDialog, type PictureFaces } from '#components/content/changes-dialog.tsx'
import { LinkButton } from '#components/content/link-button.tsx'
import type { People } from '#components/content/people.ts'
import type { ActsOffered } from '#components/content/post-acts.tsx'
import { SealStrip } from '#components/content/seal-strip.tsx'
import { standingWords } from '#components/content/standing-words.ts'
import { draftFrom, writtenIn, writtenNow } from '#components/content/written.ts'
import { changesBetween, isUnchanged } from '#lib/content/changes.ts'
import { shownState } from '#lib/content/states.ts'
import { lastDecided, type PostVersion, type Standing } from '#lib/content/versions.ts'
import { useComposer } from './composer-context.tsx'
import { TimePicker } from './time-picker.tsx'
import type { Sending } from './use-sending.tsx'

type ComposerStripProps = {
  standing: Standing
  around: { people: People; zone: string; asked: readonly { userId: string | null }[] }
  versions: readonly PostVersion[]
  acts: ActsOffered
  faces: PictureFaces
  sending: Sending
}

/** How the piece stands, what changed since, and when it goes out. */
export function ComposerStrip({ standing, around, versions, acts, faces, sending }: ComposerStripProps) {
  const { brand, accounts, store, writing, plannedAt, now, opened, open } = useComposer()
  const [seen, setSeen] = useState<PostVersion | null>(null)
  const decided = lastDecided(versions)
  const written = writtenNow(writing.draft, accounts)
  const differs = decided !== undefined && !isUnchanged(changesBetween(writtenIn(decided), written))
  const status = writing.post?.status ?? 'draft'
  const words = standingWords(standing, around)
  return (
    <>
      <SealStrip
        status={shownState(status, false)}
        words={words}
        action={differs && <LinkButton onClick={() => setSeen(decided)}>See what changed</LinkButton>}
      >
        <TimePicker
          plannedAt={plannedAt}
          zone={brand.timeZone}
          now={now}
          meaning={
            standing.kind === 'sealed'
              ? 'The seal stays: a time is not part of what was approved.'
              : standing.kind === 'asked'
                ? 'The request stays: a time is not part of what is approved.'
                : null
          }
          refused={acts.schedule}
          open={opened === 'time'}
          onOpenChange={(isOpen) => open(isOpen ? 'time' : null)}
          onChoose={sending.choose}
          onClear={plannedAt && acts.unschedule === null ? sending.clear : undefined}
        />
      </SealStrip>
      <ChangesDialog
        version={seen}
        now={written}
        nowName="the text as it is"
        faces={faces}
        onClose={() => setSeen(null)}
        onReturn={(version) => store.edit(draftFrom(version, accounts, new Set(Object.keys(faces))))}
      />
    </>
  )
}
