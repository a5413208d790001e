import { Note } from '#components/ui/note.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { KeepBrandButton } from './keep-brand-button.tsx'

/** Over every page of a brand that waits for its deletion. */
export function EndingNote({ brand }: { brand: Brand }) {
  if (!brand.deleteAfter) return null
  const mayKeep = can(brand, 'brand.delete')
  return (
    <div className="px-3.5 pt-3.5 md:px-6">
      <Note
        tone="stop"
        title={
          <>
            {brand.name} will be deleted after <Time instant={brand.deleteAfter} zone={brand.timeZone} />
          </>
        }
        actions={mayKeep && <KeepBrandButton brandId={brand.id} name={brand.name} />}
      >
        <p>
          Nothing of it is published or changed any more.{' '}
          {mayKeep ? 'Keep it, and what is scheduled goes out again.' : 'An owner of the agency can keep it.'}
        </p>
      </Note>
    </div>
  )
}
