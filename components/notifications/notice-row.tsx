import { clsx } from 'clsx'
import Link from 'next/link'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { RuleRow } from '#components/ui/rule-list.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Notice } from '#lib/notifications/queries.ts'
import { MarkRead } from './mark-read.tsx'

type NoticeRowProps = { notice: Notice; brand: Brand | undefined; zone: string }

/** What happened, on which piece, when; unread ones are set bold and can be put away. */
export function NoticeRow({ notice, brand, zone }: NoticeRowProps) {
  return (
    <RuleRow>
      {brand && <BrandMark code={brand.code} colour={brand.primaryColor} name={brand.name} size="md" />}
      <div className="min-w-0 flex-1">
        <p className={clsx(notice.isRead ? 'text-ink-2' : 'font-bold')}>
          {brand && notice.piece ? (
            <Link href={`/brands/${brand.slug}/content/${notice.piece.number}`} className="text-ink">
              {notice.message}
            </Link>
          ) : (
            notice.message
          )}
        </p>
        <p className="text-xs text-ink-3">
          <Time instant={notice.at} zone={zone} />
          {notice.piece && ` · ${notice.piece.title}`}
        </p>
      </div>
      {!notice.isRead && <MarkRead noticeId={notice.id} about={notice.message} />}
    </RuleRow>
  )
}
