import { clsx } from 'clsx'
import { Film as FilmIcon, Play } from 'lucide-react'
import { Picture } from '#components/ui/picture.tsx'
import { clock } from '#lib/media/running-time.ts'
import type { MediaKind } from '#lib/media/schema.ts'

type StillProps = {
  kind: MediaKind
  /** The picture, or what was drawn of the video. */
  src: string | null
  alt: string
  durationMs?: number | null | undefined
  edgePx?: number
  className?: string | undefined
}

/** A file's square: the picture, or the video's still with how long it runs; that it is one is for words beside it. */
export function Still({ kind, src, alt, durationMs, edgePx, className }: StillProps) {
  if (kind === 'image') {
    return <Picture src={src ?? undefined} alt={alt} width={edgePx} height={edgePx} className={className} />
  }
  return (
    <span className={clsx('relative block overflow-hidden', className)}>
      {src ? (
        <Picture src={src} alt={alt} width={edgePx} height={edgePx} className="size-full" />
      ) : (
        <span className="grid size-full place-items-center bg-sunk text-ink-3">
          <FilmIcon aria-hidden className="size-6!" />
        </span>
      )}
      <span
        aria-hidden
        className="num absolute right-1 bottom-1 flex items-center gap-1 rounded-1 bg-[rgb(0_0_0/0.72)] px-1 text-2xs leading-4 text-[#fff]"
      >
        <Play className="size-2.5! fill-current" />
        {durationMs ? clock(durationMs) : null}
      </span>
    </span>
  )
}
