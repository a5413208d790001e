import { Empty } from '#components/ui/empty.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { type MediaFilter, mediaAddress } from '#lib/media/schema.ts'

type ShelfEmptyProps = { brand: Brand; filter: MediaFilter; mayAdd: boolean }

/** Why there is nothing to see, and the way on. */
export function ShelfEmpty({ brand, filter, mayAdd }: ShelfEmptyProps) {
  if (filter.q) {
    return (
      <Empty title={`Nothing is called “${filter.q}”`}>
        <p>
          Names and alt texts were searched.{' '}
          <a href={mediaAddress(brand.slug, { ...filter, q: '', after: undefined })}>Show all</a>
        </p>
      </Empty>
    )
  }
  if (filter.shelf !== 'library') return <Empty title={others[filter.shelf]} />
  return (
    <Empty title={`${brand.name} has no pictures or videos yet`}>
      <p>
        {mayAdd
          ? 'Drop them anywhere on this page, paste one, or choose them with Add files. JPEG, PNG, WebP and GIF up to 30 MB each, MP4 and MOV videos up to 300 MB.'
          : 'Those who write for this brand add them here.'}
      </p>
    </Empty>
  )
}

const others = {
  unused: 'Every file is used somewhere',
  undescribed: 'Every picture has its alt text',
  refused: 'No file was refused',
  archived: 'Nothing is archived',
}
