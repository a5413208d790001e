import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

type PictureProps = Omit<ComponentProps<'img'>, 'alt'> & {
  /** The picture's alt text; empty where the words stand beside it. */
  alt: string
}

/** A picture from the media store. Its addresses are signed and private, so no image service may cache them. */
export function Picture({ className, alt, ...rest }: PictureProps) {
  return (
    // biome-ignore lint/performance/noImgElement: next/image would fetch and cache private media on the server
    <img
      loading="lazy"
      decoding="async"
      {...rest}
      alt={alt}
      className={clsx('bg-sunk object-cover', className)}
    />
  )
}

type ThumbProps = { src: string | null | undefined; className?: string }

/** A piece's small square beside its title: the picture, or an empty well of the same size. */
export function Thumb({ src, className }: ThumbProps) {
  const shape = clsx('block shrink-0 rounded-1', className ?? 'size-10')
  return src ? (
    <Picture src={src} alt="" className={shape} />
  ) : (
    <span aria-hidden className={clsx(shape, 'bg-sunk')} />
  )
}
