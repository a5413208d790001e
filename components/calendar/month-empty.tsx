import Link from 'next/link'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { monthName } from './month-geometry.ts'

/** A month without posts still shows its days; this line says that nothing was lost, and where posts come from. */
export function MonthEmpty({ brand, month }: { brand: Brand; month: string }) {
  return (
    <p className="px-3.5 pb-2.5 text-ink-2 md:px-4">
      Nothing is planned for {brand.name} in {monthName(month)} {month.slice(0, 4)}.{' '}
      {can(brand, 'content.create') && (
        <>
          <Link href={`/brands/${brand.slug}/content/new`}>Write a post</Link> and choose its time, or give
          one of the <Link href={`/brands/${brand.slug}/content?status=draft`}>drafts</Link> a time.
        </>
      )}
    </p>
  )
}
