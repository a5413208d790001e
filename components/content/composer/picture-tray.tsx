'use client'

import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { PicturePicker } from '#components/media/picture-picker.tsx'
import { Still } from '#components/media/still.tsx'
import { UploadList } from '#components/media/upload-list.tsx'
import type { useUploads } from '#components/media/use-uploads.ts'
import { Popover } from '#components/ui/popover.tsx'
import type { Asset } from '#lib/media/library.ts'
import { runningTime } from '#lib/media/running-time.ts'
import { shapeOf } from '#lib/media/shape.ts'
import { useComposer } from './composer-context.tsx'
import { PictureDetails } from './picture-details.tsx'

/** The pictures and videos in their order, and the ways to add one: the library, a file, a drop, a paste. */
export function PictureTray({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { brand, pictures, addPictures, mayUpload, opened, open } = useComposer()
  const [picking, setPicking] = useState(false)
  return (
    <section aria-label="Pictures and videos" className="mt-3 grid gap-2.5">
      <UploadList
        uploads={uploads.uploads}
        onFiles={uploads.add}
        onRetry={uploads.retry}
        onDrop={uploads.drop}
        onUse={(asset) => addPictures([asset])}
      />
      <ul className="flex flex-wrap gap-2 max-md:flex-nowrap max-md:overflow-x-auto">
        {pictures.map((picture, index) => (
          <li key={picture.id} className="shrink-0">
            <Popover
              title={`${wordOf(picture)} ${index + 1}`}
              open={typeof opened === 'object' && opened?.describing === picture.id}
              onOpenChange={(isOpen) => open(isOpen ? { describing: picture.id } : null)}
              trigger={<TrayPicture picture={picture} number={index + 1} />}
            >
              <PictureDetails key={picture.id} picture={picture} index={index} />
            </Popover>
          </li>
        ))}
        <li className="shrink-0">
          <button
            type="button"
            onClick={() => setPicking(true)}
            className="grid size-24 place-items-center content-center gap-1 rounded-1 border border-dashed border-edge px-2 text-xs text-ink-2 hover:border-ink hover:text-ink"
          >
            <Plus aria-hidden />
            Add a picture or video
          </button>
        </li>
      </ul>
      <PicturePicker
        brandId={brand.id}
        open={picking}
        onOpenChange={setPicking}
        taken={pictures.map((picture) => picture.id)}
        onPick={addPictures}
        uploads={mayUpload ? uploads : null}
      />
    </section>
  )
}

const wordOf = ({ kind }: Asset) => (kind === 'video' ? 'Video' : 'Picture')
const altWord = (altText: string | null) => (altText ? 'alt text ok' : 'no alt text')

type TrayPictureProps = { picture: Asset; number: number } & React.ComponentProps<'button'>

function TrayPicture({ picture, number, ...trigger }: TrayPictureProps) {
  const { id, kind, url, stillUrl, altText, status, durationMs } = picture
  const { problems } = useComposer()
  const isBad = problems.some(({ severity, key }) => severity === 'error' && key.endsWith(id))
  return (
    <button {...trigger} type="button" className="relative block w-24 text-left">
      {url ? (
        <Still
          kind={kind}
          src={stillUrl}
          alt=""
          durationMs={durationMs}
          edgePx={96}
          className={clsx('size-24 rounded-1', isBad && 'outline-2 -outline-offset-2 outline-stop')}
        />
      ) : (
        <span className={clsx('block size-24 rounded-1', status === 'processing' ? 'skeleton' : 'bg-sunk')} />
      )}
      <span
        aria-hidden
        className="num absolute top-1 left-1 rounded-1 bg-raised px-1.5 text-2xs leading-4 text-ink"
      >
        {number}
      </span>
      <span className="sr-only">
        {wordOf(picture)} {number}
        {durationMs ? `, ${runningTime(durationMs)}` : ''}
        {altText && `, “${altText}”`},
      </span>
      <span className={clsx('num block truncate pt-1 text-2xs', isBad ? 'text-stop' : 'text-ink-3')}>
        {[shapeOf(picture), status === 'processing' ? 'being checked' : kind === 'image' && altWord(altText)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </button>
  )
}
