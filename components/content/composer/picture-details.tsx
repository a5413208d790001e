'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { describeAsset } from '#lib/media/actions.ts'
import type { Asset } from '#lib/media/library.ts'
import { runningTime } from '#lib/media/running-time.ts'
import { ALT_TEXT_MAX, kind, weight } from '#lib/media/schema.ts'
import { useComposer } from './composer-context.tsx'

/** One picture or video of the draft: its alt text, its place, and the way out. */
export function PictureDetails({ picture, index }: { picture: Asset; index: number }) {
  const { writing, edit, changePicture, mayUpload, open } = useComposer()
  const { mediaIds } = writing.draft
  const [alt, setAlt] = useState(picture.altText ?? '')
  const { busy, run } = useDeed()

  function describe() {
    run(async () => {
      const result = await describeAsset({}, { assetId: picture.id, altText: alt })
      if (result.data) {
        changePicture({ ...picture, altText: alt.trim() || null })
        open(null)
      }
      return result
    })
  }

  function move(by: -1 | 1) {
    const order = [...mediaIds]
    const [moved] = order.splice(index, 1)
    if (moved) order.splice(index + by, 0, moved)
    edit({ mediaIds: order })
  }

  return (
    <form
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        describe()
      }}
    >
      <p className="num text-xs text-ink-3">
        {[
          picture.filename,
          picture.width && `${picture.width} × ${picture.height}`,
          kind(picture.mimeType),
          picture.durationMs && runningTime(picture.durationMs),
          weight(picture.sizeBytes),
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      <Field
        label="Alt text"
        hint={
          picture.kind === 'video'
            ? 'What it shows, for people who cannot see it. Stays in the desk: no network takes it for videos.'
            : 'What it shows, for people who cannot see it. Stays with the picture.'
        }
      >
        <Textarea
          rows={3}
          maxLength={ALT_TEXT_MAX}
          value={alt}
          readOnly={!mayUpload}
          onChange={(event) => setAlt(event.target.value)}
        />
      </Field>
      <div className="flex items-center gap-1.5">
        {mayUpload && (
          <Button type="submit" size="sm" busy={busy}>
            Save alt text
          </Button>
        )}
        <Button
          size="sm"
          look="bare"
          onClick={() => edit({ mediaIds: mediaIds.filter((id) => id !== picture.id) })}
        >
          Take it out
        </Button>
        {mediaIds.length > 1 && (
          <span className="ml-auto flex">
            <IconButton size="sm" label="Move it forward" disabled={index === 0} onClick={() => move(-1)}>
              <ArrowLeft aria-hidden />
            </IconButton>
            <IconButton
              size="sm"
              label="Move it back"
              disabled={index === mediaIds.length - 1}
              onClick={() => move(1)}
            >
              <ArrowRight aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
    </form>
  )
}
