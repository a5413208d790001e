'use client'

import { clsx } from 'clsx'
import { Film } from '#components/media/film.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { AccountFace } from './account-face.tsx'
import type { PreviewMedium } from './preview-media.ts'

type StoryPreviewProps = { accountName: string; when: string; medium: PreviewMedium; className?: string }

/** An Instagram story: one picture or film on a whole screen, for a day, without words. */
export function StoryPreview({ accountName, when, medium, className }: StoryPreviewProps) {
  const whole = 'absolute inset-0 size-full object-contain'
  return (
    <article
      aria-label={`Instagram story by ${accountName}`}
      className={clsx(
        'text-[14px] leading-[18px] font-[400] text-[#fff]',
        '[font-family:-apple-system,BlinkMacSystemFont,"Segoe_UI",Roboto,Helvetica,Arial,"Liberation_Sans",sans-serif]',
        className,
      )}
    >
      <div className="relative mx-auto aspect-9/16 w-full max-w-[338px] overflow-hidden rounded-3 bg-[#101010]">
        {medium.kind === 'video' ? (
          <Film src={medium.src} still={medium.still} label={medium.alt} className={whole} />
        ) : (
          <Picture src={medium.src} alt={medium.alt} className={whole} />
        )}
        <div className="pointer-events-none absolute inset-x-0 top-0 bg-linear-to-b from-[rgb(0_0_0/0.75)] to-transparent px-3 pt-2 pb-6">
          <span aria-hidden className="block h-0.5 rounded-full bg-[rgb(255_255_255/0.85)]" />
          <p className="mt-2.5 flex items-center gap-2">
            <AccountFace name={accountName} className="size-8" />
            <span className="min-w-0 truncate font-[600]">{accountName}</span>
            <span className="shrink-0 text-[#e4e6eb]">{when}</span>
          </p>
        </div>
      </div>
    </article>
  )
}
