import Link from 'next/link'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { HomeNotice } from '#lib/home/queries.ts'
import { nearDay } from '#lib/time/near-day.ts'
import type { HomeScope } from './home-scope.ts'
import { pieceHref } from './piece-href.ts'

const MOST = 6

/** What happened that this person has not read yet; read, it falls silent. */
export function SinceList({ scope, notices }: { scope: HomeScope; notices: readonly HomeNotice[] }) {
  if (notices.length === 0) return null
  return (
    <section aria-labelledby="since" className="not-first:mt-3">
      <SectionHead
        title={<span id="since">Since you left</span>}
        note="not read yet, newest first"
        link={<Link href="/inbox">Inbox</Link>}
      />
      <RuleList>
        {notices.slice(0, MOST).map((notice) => {
          const brand = scope.brandOf.get(notice.brandId)
          return (
            brand && (
              <RuleRow key={notice.id} className="min-h-8! py-[5px]!">
                <span className="agate w-[104px] shrink-0 text-ink-2">
                  {nearDay(notice.at, scope.zone, scope.now)}
                </span>
                {scope.marksBrands && (
                  <BrandMark size="sm" code={brand.code} colour={brand.primaryColor} name={brand.name} />
                )}
                <span className="min-w-0 text-ink-2">
                  {notice.piece ? (
                    <Link href={pieceHref(brand, notice.piece)} className="text-ink-2">
                      {notice.message}
                    </Link>
                  ) : (
                    notice.message
                  )}
                </span>
              </RuleRow>
            )
          )
        })}
      </RuleList>
    </section>
  )
}
