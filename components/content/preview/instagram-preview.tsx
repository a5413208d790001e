'use client'

import { clsx } from 'clsx'
import { Bookmark, ChevronLeft, ChevronRight, Ellipsis, Heart, MessageCircle, Send } from 'lucide-react'
import { Fragment, useRef, useState } from 'react'
import { Film } from '#components/media/film.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { AccountFace } from './account-face.tsx'
import { instagramCut, instagramRuns } from './instagram-text.ts'
import type { PreviewMedium } from './preview-media.ts'

type InstagramPreviewProps = {
  accountName: string
  when: string
  text: string
  media: readonly PreviewMedium[]
  className?: string
}

const dim = 'text-[light-dark(#65686c,#a8a8a8)]'

/** A post of the feed as Instagram shows it: its picture, or several to swipe through, and the caption below. */
export function InstagramPreview({ accountName, when, text, media, className }: InstagramPreviewProps) {
  return (
    <article
      aria-label={`Instagram post by ${accountName}`}
      className={clsx(
        'overflow-hidden rounded-2 border border-rule-2 bg-[light-dark(#ffffff,#000000)] text-[14px] leading-[18px] font-[400] text-[light-dark(#0c1014,#f5f5f5)]',
        '[font-family:-apple-system,BlinkMacSystemFont,"Segoe_UI",Roboto,Helvetica,Arial,"Liberation_Sans",sans-serif]',
        className,
      )}
    >
      <header className="flex items-center gap-2.5 px-3 py-2.5">
        <AccountFace name={accountName} className="size-8" />
        <p className="min-w-0 flex-1 truncate font-[600]">{accountName}</p>
        <Ellipsis aria-hidden className="size-5!" />
      </header>
      {media.length === 0 ? (
        <p
          className={clsx(
            'grid aspect-square place-items-center border-y border-dashed border-edge px-8 text-center',
            dim,
          )}
        >
          Instagram shows no post without a picture or a video.
        </p>
      ) : (
        <Slides media={media} />
      )}
      <div aria-hidden className="flex items-center gap-3.5 px-3 pt-2.5">
        <Heart className="size-6!" />
        <MessageCircle className="size-6!" />
        <Send className="size-6!" />
        <Bookmark className="ml-auto size-6!" />
      </div>
      <div className="grid gap-1 px-3 pt-2 pb-3">
        {text && <Caption accountName={accountName} text={text} />}
        <p className={clsx('text-[12px] leading-4', dim)}>{when}</p>
      </div>
    </article>
  )
}

/** All in the shape of the first, as far as the feed takes it: 4 : 5 upright to 1.91 : 1. */
function Slides({ media }: { media: readonly PreviewMedium[] }) {
  const row = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const [first] = media
  const shape = first?.width && first.height ? Math.min(1.91, Math.max(0.8, first.width / first.height)) : 1
  const go = (to: number) => row.current?.scrollTo({ left: to * row.current.clientWidth, behavior: 'smooth' })
  const whole = 'block size-full object-cover'
  return (
    <>
      <div className="relative">
        <ul
          ref={row}
          tabIndex={media.length > 1 ? 0 : undefined}
          aria-label={media.length > 1 ? 'Slides' : undefined}
          className="no-scrollbar flex snap-x snap-mandatory overflow-x-auto"
          style={{ aspectRatio: shape }}
          onScroll={({ currentTarget }) =>
            setAt(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))
          }
        >
          {media.map((medium) => (
            <li key={medium.id} className="h-full w-full shrink-0 snap-center">
              {medium.kind === 'video' ? (
                <Film src={medium.src} still={medium.still} label={medium.alt} className={whole} />
              ) : (
                <Picture src={medium.src} alt={medium.alt} className={whole} />
              )}
            </li>
          ))}
        </ul>
        {media.length > 1 && (
          <>
            <p className="num absolute top-3 right-3 rounded-full bg-[rgb(18_18_18/0.75)] px-2.5 py-1 text-[12px] leading-4 text-[#fff]">
              {at + 1}/{media.length}
            </p>
            {at > 0 && <Turn label="Slide before" className="left-2" onClick={() => go(at - 1)} />}
            {at < media.length - 1 && (
              <Turn label="Next slide" className="right-2" onClick={() => go(at + 1)} />
            )}
          </>
        )}
      </div>
      {media.length > 1 && (
        <div aria-hidden className="flex justify-center gap-1 pt-2.5">
          {media.map((medium, index) => (
            <span
              key={medium.id}
              className={clsx(
                'size-1.5 rounded-full',
                index === at ? 'bg-[#0095f6]' : 'bg-[light-dark(#c7c7c7,#555555)]',
              )}
            />
          ))}
        </div>
      )}
    </>
  )
}

function Turn({ label, className, onClick }: { label: string; className: string; onClick: () => void }) {
  const Icon = label === 'Next slide' ? ChevronRight : ChevronLeft
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={clsx(
        'absolute top-1/2 grid size-7 -translate-y-1/2 place-items-center rounded-full bg-[rgb(255_255_255/0.9)] text-[#0c1014]',
        className,
      )}
    >
      <Icon aria-hidden className="size-4!" />
    </button>
  )
}

function Caption({ accountName, text }: { accountName: string; text: string }) {
  const [whole, setWhole] = useState(false)
  const cut = whole ? null : instagramCut(text)
  return (
    <p className="[overflow-wrap:anywhere] whitespace-pre-line">
      <b className="font-[600]">{accountName}</b>{' '}
      {instagramRuns(cut === null ? text : text.slice(0, cut).trimEnd()).map((run, index) => {
        const key = index // the runs of one text never reorder
        return run.kind === 'tag' ? (
          <span key={key} className="text-[light-dark(#00376b,#c8e2ff)]">
            {run.text}
          </span>
        ) : (
          <Fragment key={key}>{run.text}</Fragment>
        )
      })}
      {cut !== null && (
        <>
          {'… '}
          <button type="button" onClick={() => setWhole(true)} className={dim}>
            more
          </button>
        </>
      )}
    </p>
  )
}
