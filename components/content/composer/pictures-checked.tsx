'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { readAsset } from '#lib/media/library.ts'
import { useComposer } from './composer-context.tsx'

const EVERY_MS = 1_500

/** Brings word of pictures whose check is still under way. Draws nothing. */
export function PicturesChecked() {
  const { pictures } = useComposer()
  return pictures
    .filter((picture) => picture.status === 'processing')
    .map((picture) => <PictureChecked key={picture.id} assetId={picture.id} />)
}

function PictureChecked({ assetId }: { assetId: string }) {
  const db = useBrowserDb()
  const { changePicture } = useComposer()
  const { data } = useQuery({
    queryKey: ['asset', assetId],
    queryFn: () => readAsset(db, assetId),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  })
  const tell = useEffectEvent(changePicture)
  useEffect(() => {
    if (data && data.status !== 'processing') tell(data)
  }, [data])
  return null
}
