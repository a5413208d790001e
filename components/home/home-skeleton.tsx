import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { Loading, Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

/** A home page before it is read. */
export function HomeSkeleton() {
  return (
    <Loading what="Reading how the day stands">
      <DeskPage>
        <PageHead lead title={<Skeleton className="h-8 w-[min(420px,80vw)]" />} />
        <WithAside
          aside={
            <>
              <SectionHead title="Next week’s plan" />
              <SkeletonRows count={3} />
              <SectionHead title="Today" />
              <SkeletonRows count={4} />
            </>
          }
        >
          <SectionHead title="Waiting for a yes" />
          <SkeletonRows count={6} />
        </WithAside>
      </DeskPage>
    </Loading>
  )
}
