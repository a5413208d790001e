import type { Metadata } from 'next'
import { MarkAllRead } from '#components/notifications/mark-all-read.tsx'
import { NoticeRow } from '#components/notifications/notice-row.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { RuleList } from '#components/ui/rule-list.tsx'
import { SegmentLinks } from '#components/ui/segment.tsx'
import { listDeskBrands } from '#lib/brands/queries.ts'
import { myProfile } from '#lib/members/queries.ts'
import { countUnread, listInbox } from '#lib/notifications/queries.ts'
import { inboxFilter } from '#lib/notifications/schema.ts'
import { leadingNumberWord } from '#lib/number-words.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { zoneCity } from '#lib/time/format.ts'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxPage({ searchParams }: PageProps<'/inbox'>) {
  const { db, userId } = await requireSession()
  const filter = inboxFilter.parse(await searchParams)
  const unreadOnly = filter.show === 'unread'
  const [page, unread, brands, profile] = await Promise.all([
    listInbox(db, { userId, unreadOnly, after: filter.after }),
    countUnread(db, { userId }),
    listDeskBrands(),
    myProfile(),
  ])
  const brandOf = new Map(brands.map((brand) => [brand.id, brand]))

  return (
    <DeskPage className="md:max-w-[900px]">
      <PageHead
        title={headline(unread)}
        meta={`Times in ${zoneCity(profile.timeZone)}`}
        actions={
          <>
            <SegmentLinks
              label="Which notices"
              items={[
                { label: 'Unread', href: '/inbox', current: unreadOnly },
                { label: 'All', href: '/inbox?show=all', current: !unreadOnly },
              ]}
            />
            {unread > 0 && <MarkAllRead />}
          </>
        }
      />
      {page.rows.length === 0 ? (
        <Empty title={unreadOnly ? 'You have read everything' : 'Nothing has come in yet'}>
          Decisions, failures and what waits for your yes stand here, newest first.
        </Empty>
      ) : (
        <RuleList>
          {page.rows.map((notice) => (
            <NoticeRow
              key={notice.id}
              notice={notice}
              brand={brandOf.get(notice.brandId)}
              zone={profile.timeZone}
            />
          ))}
        </RuleList>
      )}
      {page.next && (
        <ButtonLink look="plain" className="mt-4" href={`/inbox?show=${filter.show}&after=${page.next}`}>
          Older
        </ButtonLink>
      )}
    </DeskPage>
  )
}

function headline(unread: number): string {
  if (unread === 0) return 'Nothing new'
  return `${leadingNumberWord(unread)} ${unread === 1 ? 'thing' : 'things'} you have not read`
}
