'use client'

import { clsx } from 'clsx'
import { Ellipsis, Forward, Globe, MessageSquare, ThumbsUp } from 'lucide-react'
import { Fragment, useState } from 'react'
import { Film } from '#components/media/film.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { AccountFace } from './account-face.tsx'
import { facebookCut, facebookRuns, hostOf } from './facebook-text.ts'
import type { PreviewMedium } from './preview-media.ts'

type FacebookPreviewProps = {
  accountName: string
  avatarUrl?: string | null
  /** "18 September at 07:30"; "Just now" where no time is set. */
  when: string
  text: string
  link?: string | null
  media?: readonly PreviewMedium[]
  firstComment?: string | null
  className?: string
}

const dim = 'text-[light-dark(#65686c,#b0b3b8)]'
const line = 'border-[light-dark(#e3e6e8,#3a3b3c)]'

/** A Page post as the feed shows it, in the platform's own letters and measures, light or dark. */
export function FacebookPreview(props: FacebookPreviewProps) {
  const { accountName, avatarUrl, when, text, link, media = [], firstComment, className } = props
  return (
    <article
      aria-label={`Facebook post by ${accountName}`}
      className={clsx(
        'overflow-hidden rounded-2 border border-rule-2 bg-[light-dark(#ffffff,#242526)] text-[15px] leading-5 font-[400] text-[light-dark(#080809,#e2e5e9)]',
        '[font-family:-apple-system,BlinkMacSystemFont,"Segoe_UI",Roboto,Helvetica,Arial,"Liberation_Sans",sans-serif]',
        className,
      )}
    >
      <header className="flex items-center gap-2 px-3 pt-3 pb-2">
        <AccountFace name={accountName} url={avatarUrl ?? null} className="size-10" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-[600]">{accountName}</p>
          <p className={clsx('flex items-center gap-1 text-[13px] leading-4', dim)}>
            {when} · <Globe aria-label="Public" className="size-3!" />
          </p>
        </div>
        <Ellipsis aria-hidden className={clsx('size-5!', dim)} />
      </header>
      {text && <PostText text={text} large={media.length === 0 && !link && text.length <= 85} />}
      {media.length > 0 ? <Media media={media} /> : link && <LinkCard link={link} />}
      <ul
        aria-hidden
        className={clsx('mx-3 flex justify-around border-t py-1 text-[15px] font-[600]', line, dim)}
      >
        {[
          { Icon: ThumbsUp, word: 'Like' },
          { Icon: MessageSquare, word: 'Comment' },
          { Icon: Forward, word: 'Share' },
        ].map(({ Icon, word }) => (
          <li key={word} className="flex h-8 items-center gap-1.5">
            <Icon className="size-[18px]!" />
            {word}
          </li>
        ))}
      </ul>
      {firstComment && (
        <div className={clsx('flex gap-2 border-t px-3 py-2.5', line)}>
          <AccountFace name={accountName} url={avatarUrl ?? null} className="size-8" />
          <div className="min-w-0 rounded-[18px] bg-[light-dark(#f0f2f5,#3a3b3c)] px-3 py-2">
            <p className="text-[13px] leading-4 font-[600]">{accountName}</p>
            <p className="[overflow-wrap:anywhere] whitespace-pre-line">
              <Runs text={firstComment} />
            </p>
          </div>
        </div>
      )}
    </article>
  )
}

function PostText({ text, large }: { text: string; large: boolean }) {
  const [whole, setWhole] = useState(false)
  const cut = whole || large ? null : facebookCut(text)
  return (
    <p
      className={clsx(
        'px-3 pb-2.5 [overflow-wrap:anywhere] whitespace-pre-wrap',
        large && 'text-[24px] leading-7',
      )}
    >
      <Runs text={cut === null ? text : text.slice(0, cut)} />
      {cut !== null && (
        <>
          {' … '}
          <button type="button" onClick={() => setWhole(true)} className="font-[600] hover:underline">
            See more
          </button>
        </>
      )}
    </p>
  )
}

function Runs({ text }: { text: string }) {
  return facebookRuns(text).map((run, index) => {
    const key = index // the runs of one text never reorder
    return run.kind === 'link' ? (
      <span key={key} className="text-[light-dark(#0064d1,#75b6ff)]">
        {run.text}
      </span>
    ) : (
      <Fragment key={key}>{run.text}</Fragment>
    )
  })
}

/** The feed shows a lone video as it is, a lone picture in its own shape, down to 4 : 5 upright; several as tiles, the fifth with the rest. */
function Media({ media }: { media: readonly PreviewMedium[] }) {
  const [only] = media
  if (only && media.length === 1) {
    const shape = only.width && only.height ? Math.max(0.8, only.width / only.height) : 1
    return only.kind === 'video' ? (
      <Film
        src={only.src}
        still={only.still}
        label={only.alt}
        width={only.width}
        height={only.height}
        className="block h-auto max-h-[560px] w-full"
      />
    ) : (
      <Picture src={only.src} alt={only.alt} className="block w-full" style={{ aspectRatio: shape }} />
    )
  }
  const shown = media.slice(0, 5)
  const hidden = media.length - shown.length
  return (
    <div className="grid grid-cols-6 gap-0.5">
      {shown.map((picture, index) => (
        <div
          key={picture.id}
          className={clsx(
            'relative aspect-square',
            shown.length === 3 && index === 0
              ? 'col-span-6 aspect-[2/1]!'
              : shown.length === 5 && index > 1
                ? 'col-span-2'
                : 'col-span-3',
          )}
        >
          <Picture src={picture.still ?? picture.src} alt={picture.alt} className="size-full" />
          {hidden > 0 && index === shown.length - 1 && (
            <span className="absolute inset-0 grid place-items-center bg-[rgb(0_0_0/0.5)] text-[28px] text-[#fff]">
              +{hidden}
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

function LinkCard({ link }: { link: string }) {
  return (
    <div className={clsx('border-y bg-[light-dark(#f0f2f5,#333435)] px-3 py-2.5', line)}>
      <p className={clsx('text-[13px] leading-4', dim)}>{hostOf(link)}</p>
      <p className="truncate font-[600]">{link}</p>
    </div>
  )
}
