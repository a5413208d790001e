import { clsx } from 'clsx'
import { Archive, Clock, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Asset } from '#lib/media/library.ts'
import { runningTime } from '#lib/media/running-time.ts'
import { kind } from '#lib/media/schema.ts'
import { shapeOf } from '#lib/media/shape.ts'
import { Still } from './still.tsx'

/** A file's face in a grid: its square, its name, its shape and how often it is used. */
export function AssetTile({ asset, selected = false }: { asset: Asset; selected?: boolean }) {
  const { filename, url, stillUrl, altText, status, durationMs } = asset
  return (
    <>
      {url ? (
        <Still
          kind={asset.kind}
          src={stillUrl}
          alt={altText ?? ''}
          durationMs={durationMs}
          edgePx={160}
          className={clsx(
            'aspect-square h-auto w-full rounded-1',
            selected && 'outline-3 -outline-offset-3 outline-pencil',
            status === 'archived' && 'opacity-60 grayscale',
          )}
        />
      ) : (
        <span
          className={clsx(
            'grid aspect-square place-items-center content-center gap-1 rounded-1 px-2 text-center text-xs text-ink-2',
            status === 'processing' ? 'skeleton' : 'border border-dashed border-edge',
            selected && 'outline-3 -outline-offset-3 outline-pencil',
          )}
        >
          {faceOf(status)}
        </span>
      )}
      <b className="mt-1 block truncate text-xs font-mid">{stemOf(filename)}</b>
      <small className="num flex gap-1.5 overflow-hidden text-2xs whitespace-nowrap text-ink-3">
        {asset.kind === 'video' && (
          <span className="sr-only">Video{durationMs ? `, ${runningTime(durationMs)}` : ''}</span>
        )}
        <span>{shapeOf(asset) ?? kind(asset.mimeType)}</span>
        <span>{asset.usageCount === 0 ? 'unused' : `used ${asset.usageCount}`}</span>
        {status === 'active' && asset.kind === 'image' && !altText && (
          <span className="text-warn">no alt text</span>
        )}
      </small>
    </>
  )
}

function faceOf(status: string): ReactNode {
  if (status === 'processing') {
    return (
      <>
        <Clock aria-hidden />
        Being checked
      </>
    )
  }
  if (status === 'rejected') {
    return (
      <>
        <TriangleAlert aria-hidden />
        Refused
      </>
    )
  }
  return (
    <>
      <Archive aria-hidden />
      Not here
    </>
  )
}

/** Names without their ending: what kind it is stands below. */
export function stemOf(filename: string): string {
  return filename.replace(/\.[A-Za-z0-9]{2,5}$/, '') || filename
}
