import { DeskPage } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Loading, Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

export default function ContentLoading() {
  return (
    <DeskPage>
      <Loading what="Reading the posts">
        <PageHead
          title="All posts, newest first"
          className="mb-2!"
          actions={<Skeleton className="h-(--control) w-56" />}
        />
        <div className="flex h-[35px] items-center gap-[18px] border-b border-rule">
          {['w-6', 'w-12', 'w-16', 'w-24', 'w-16', 'w-16', 'w-16'].map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes that never move
            <Skeleton key={index} className={`h-3 ${width}`} />
          ))}
        </div>
        <SkeletonRows count={12} className="mt-7" />
      </Loading>
    </DeskPage>
  )
}
