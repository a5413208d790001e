'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { useDeed } from '#components/form/use-deed.ts'
import { isPostStatus } from '#components/status/post-status.ts'
import { Status } from '#components/status/status.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Drawer, DrawerPart } from '#components/ui/drawer.tsx'
import { Note } from '#components/ui/note.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { archiveAsset, describeAsset } from '#lib/media/actions.ts'
import type { Asset } from '#lib/media/library.ts'
import { runningTime } from '#lib/media/running-time.ts'
import { ALT_TEXT_MAX, kind, weight } from '#lib/media/schema.ts'
import { shapeOf } from '#lib/media/shape.ts'
import { stemOf } from './asset-tile.tsx'
import { Film } from './film.tsx'

type AssetDrawerProps = {
  asset: Asset
  uses: readonly { slug: string; title: string; status: string; href: string }[]
  /** "Teo Marsh, 28 Aug 2026" */
  added: string
  closeHref: string
  /** Where a post begins with this file; null for those who write none. */
  writeHref: string | null
  mayDescribe: boolean
  archivingRefused: string | null
}

/** One file: what it is, what it says to those who cannot see it, and where it is used. */
export function AssetDrawer(props: AssetDrawerProps) {
  const { asset, uses, added, closeHref, writeHref, mayDescribe, archivingRefused } = props
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { busy, run } = useDeed()
  const waiting = uses.filter(({ status }) => !['published', 'archived', 'failed'].includes(status)).length

  function archive() {
    setAsking(false)
    run(() => archiveAsset({ assetId: asset.id }), `${stemOf(asset.filename)} is archived.`)
  }

  return (
    <Drawer
      label={asset.filename}
      slug={asset.filename}
      title={stemOf(asset.filename)}
      meta={
        <span className="num text-ink-3">
          {[
            asset.width && `${asset.width} × ${asset.height}`,
            shapeOf(asset),
            kind(asset.mimeType),
            asset.durationMs && runningTime(asset.durationMs),
            weight(asset.sizeBytes),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      }
      onClose={() => router.push(closeHref, { scroll: false })}
      footer={
        <>
          {asset.status === 'active' && writeHref && (
            <ButtonLink look="act" href={writeHref} className="flex-1">
              Use in a post
            </ButtonLink>
          )}
          {asset.status === 'active' && (
            <Button
              busy={busy}
              disabledReason={archivingRefused ?? (waiting > 0 ? usedWords(waiting) : null)}
              onClick={() => setAsking(true)}
            >
              Archive
            </Button>
          )}
        </>
      }
    >
      <DrawerPart>
        {asset.url && asset.kind === 'video' ? (
          <Film
            src={asset.url}
            still={asset.stillUrl}
            label={asset.altText ?? stemOf(asset.filename)}
            width={asset.width}
            height={asset.height}
            className="max-h-[420px] w-full rounded-1"
          />
        ) : asset.url ? (
          <Picture
            src={asset.url}
            alt={asset.altText ?? ''}
            width={asset.width ?? 356}
            height={asset.height ?? 356}
            className="max-h-[320px] w-full rounded-1 object-contain"
          />
        ) : (
          <Note tone={asset.status === 'rejected' ? 'stop' : 'plain'}>
            {asset.rejected ??
              (asset.status === 'processing'
                ? 'Its bytes are being checked. Until then no post can go out with it.'
                : 'It was taken out of the library.')}
          </Note>
        )}
        <p className="text-ink-3">Added by {added}</p>
      </DrawerPart>
      {asset.status !== 'rejected' && (
        <DrawerPart title="Alt text">
          <AltTextForm key={asset.id} asset={asset} editable={mayDescribe} />
        </DrawerPart>
      )}
      <DrawerPart title={uses.length === 0 ? 'Not used' : `Used in ${uses.length}`}>
        {uses.length > 0 && (
          <ul>
            {uses.map((use) => (
              <li
                key={use.slug}
                className="flex items-baseline gap-2 border-t border-rule py-1 first:border-t-0"
              >
                <span className="slug">{use.slug}</span>
                <Link href={use.href} className="min-w-0 flex-1 truncate py-[3px]">
                  {use.title}
                </Link>
                {isPostStatus(use.status) && <Status status={use.status} />}
              </li>
            ))}
          </ul>
        )}
      </DrawerPart>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Archive ${stemOf(asset.filename)}?`}
        confirm="Archive it"
        keep="Keep it"
        busy={busy}
        onConfirm={archive}
      >
        <p>
          New posts can no longer use it. What went out with it stays as it is, and adding the same file again
          brings it back.
        </p>
      </ConfirmDialog>
    </Drawer>
  )
}

function usedWords(waiting: number): string {
  return waiting === 1
    ? 'A post that has yet to go out uses it.'
    : `${waiting} posts that have yet to go out use it.`
}

function AltTextForm({ asset, editable }: { asset: Asset; editable: boolean }) {
  if (!editable) return <p>{asset.altText ?? 'None yet.'}</p>
  return (
    <Form action={describeAsset} deed="saved" className="gap-2!">
      <input type="hidden" name="assetId" value={asset.id} />
      <FormField
        name="altText"
        label="Alt text"
        hideLabel
        hint={
          asset.kind === 'video'
            ? 'For those who cannot see it here. No network takes it for videos.'
            : 'Goes with the picture to every network that takes it.'
        }
      >
        <Textarea name="altText" rows={2} maxLength={ALT_TEXT_MAX} defaultValue={asset.altText ?? ''} />
      </FormField>
      <div className="flex items-center gap-3">
        <SubmitButton look="plain" size="sm">
          Save alt text
        </SubmitButton>
        <FormDone>Saved</FormDone>
      </div>
    </Form>
  )
}
