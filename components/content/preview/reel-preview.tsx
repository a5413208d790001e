'use client'

import { clsx } from 'clsx'
import { Film } from '#components/media/film.tsx'
import { AccountFace } from './account-face.tsx'
import type { PreviewMedium } from './preview-media.ts'

type ReelPreviewProps = {
  network: 'Facebook' | 'Instagram'
  accountName: string
  when: string
  text: string
  video: PreviewMedium
  className?: string
}

/** A reel: the film upright and whole, who shows it, and its words on the dark below. */
export function ReelPreview({ network, accountName, when, text, video, className }: ReelPreviewProps) {
  return (
    <article
      aria-label={`${network} reel by ${accountName}`}
      className={clsx(
        'overflow-hidden rounded-3 bg-[#101010] text-[14px] leading-[18px] font-[400] text-[#f5f5f5]',
        '[font-family:-apple-system,BlinkMacSystemFont,"Segoe_UI",Roboto,Helvetica,Arial,"Liberation_Sans",sans-serif]',
        className,
      )}
    >
      <Film
        src={video.src}
        still={video.still}
        label={video.alt}
        className="mx-auto aspect-9/16 max-h-[560px] w-full object-contain"
      />
      <div className="grid gap-2 px-3 py-3">
        <p className="flex items-center gap-2">
          <AccountFace name={accountName} className="size-8" />
          <span className="min-w-0 truncate font-[600]">{accountName}</span>
          <span className="ml-auto shrink-0 text-[12px] text-[#b0b3b8]">{when}</span>
        </p>
        {text && <p className="line-clamp-3 [overflow-wrap:anywhere]">{text}</p>}
      </div>
    </article>
  )
}
