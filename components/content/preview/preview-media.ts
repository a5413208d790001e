import type { VersionPicture } from '#lib/approvals/schema.ts'
import type { Asset } from '#lib/media/library.ts'
import { type MediaKind, mediaKind } from '#lib/media/schema.ts'

/** A picture or video as the previews draw it; what has no address yet is left out of them. */
export type PreviewMedium = {
  id: string
  kind: MediaKind
  src: string
  /** Of a video what was drawn of it. */
  still: string | null
  alt: string
  width: number | null
  height: number | null
}

/** The draft's own, in its order. */
export function ofAssets(ids: readonly string[], assets: readonly Asset[]): PreviewMedium[] {
  return ids.flatMap((id) => {
    const asset = assets.find((one) => one.id === id)
    if (!asset?.url) return []
    const { kind, url, stillUrl, altText, width, height } = asset
    return [
      { id, kind, src: url, still: kind === 'video' ? stillUrl : null, alt: altText ?? '', width, height },
    ]
  })
}

/** Those of a frozen version, with the addresses that its reader was given. */
export function ofVersion(
  pictures: readonly VersionPicture[],
  addresses: ReadonlyMap<string, string>,
): PreviewMedium[] {
  return pictures.flatMap(({ asset_id, path, still_path, mime_type, alt_text, width, height }) => {
    const src = addresses.get(path)
    if (!src) return []
    const kind = mediaKind(mime_type)
    const still = kind === 'video' && still_path ? (addresses.get(still_path) ?? null) : null
    return [{ id: asset_id, kind, src, still, alt: alt_text ?? '', width, height }]
  })
}
