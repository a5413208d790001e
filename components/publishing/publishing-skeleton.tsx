import { WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { Loading, Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

export function PublishingSkeleton() {
  return (
    <Loading what="Reading the queue">
      <PageHead title="Publishing" />
      <Skeleton className="my-3 h-12 w-72" />
      <WithAside aside={<Skeleton className="mt-4 h-48 w-full" />}>
        <SectionHead title="Queue" />
        <SkeletonRows count={5} />
        <SectionHead title="Recently out" note="last seven days" />
        <SkeletonRows count={3} />
      </WithAside>
    </Loading>
  )
}
