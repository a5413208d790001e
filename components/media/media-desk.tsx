'use client'

import { Upload } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHead } from '#components/ui/page-head.tsx'
import { toast } from '#components/ui/toast.ts'
import type { Asset } from '#lib/media/library.ts'
import { FileButton } from './file-button.tsx'
import { FileDrop } from './file-drop.tsx'
import { UploadList } from './upload-list.tsx'
import { useRefresh } from './use-refresh.ts'
import { useUploads } from './use-uploads.ts'

type MediaDeskProps = {
  brandId: string
  title: string
  meta: ReactNode
  /** Why the person may not add files, and who may. */
  addingRefused: string | null
  /** Filters, above the files on their way. */
  filters: ReactNode
  children: ReactNode
}

/** The library with its ways in: the button, a drop anywhere, and paste. */
export function MediaDesk({ brandId, title, meta, addingRefused, filters, children }: MediaDeskProps) {
  const router = useRouter()
  const pathname = usePathname()
  const parameters = useSearchParams()
  const refresh = useRefresh()
  const { uploads, add, retry, drop } = useUploads({ brandId, onAdded: refresh })

  function open(asset: Asset) {
    const next = new URLSearchParams(parameters)
    next.set('asset', asset.id)
    router.push(`${pathname}?${next}`, { scroll: false })
  }

  function take(files: File[]) {
    if (addingRefused) toast.refused(addingRefused)
    else add(files)
  }

  return (
    <FileDrop onFiles={take} takesPaste invitation="Drop to add to the library" className="min-w-0">
      <div className="flex min-h-[calc(100dvh-var(--bar))] flex-col">
        <div className="px-3.5 pt-3.5 md:px-6 md:pt-5">
          <PageHead
            title={title}
            meta={meta}
            className="mb-2!"
            actions={
              <FileButton look="act" label="Files to add" onFiles={take} disabledReason={addingRefused}>
                <Upload aria-hidden />
                Add files
              </FileButton>
            }
          />
        </div>
        {filters}
        <div className="flex-1 px-3.5 pb-4 md:px-6">
          <UploadList
            uploads={uploads}
            onFiles={take}
            onRetry={retry}
            onDrop={drop}
            onUse={open}
            className="mb-3"
          />
          {children}
        </div>
      </div>
    </FileDrop>
  )
}
