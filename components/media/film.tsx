'use client'

import { clsx } from 'clsx'

export type FilmProps = {
  src: string
  /** Its still, shown until it plays; without one the browser shows the first frame. */
  still?: string | null
  /** What it shows, for those who cannot see it. */
  label: string
  width?: number | null
  height?: number | null
  className?: string
}

/** A video from the media store, played here by whoever may see it. */
export function Film({ src, still, label, width, height, className }: FilmProps) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: the networks take no captions with it, so there are none to show
    <video
      key={src}
      controls
      playsInline
      preload="metadata"
      src={src}
      poster={still ?? undefined}
      aria-label={label || 'Video'}
      width={width ?? undefined}
      height={height ?? undefined}
      className={clsx('bg-[#000]', className)}
    />
  )
}
