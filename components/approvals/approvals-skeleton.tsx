import { Loading, Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

/** The three columns before they are read. */
export function ApprovalsSkeleton() {
  return (
    <Loading
      what="Reading what waits for a decision"
      className="grid md:grid-cols-[240px_minmax(0,1fr)] push:h-[calc(100dvh-var(--bar))] push:grid-cols-[296px_minmax(0,1fr)_372px]"
    >
      <div className="px-3.5 pt-12 md:border-r md:border-rule-2">
        <SkeletonRows count={4} />
      </div>
      <div className="grid content-start gap-3 bg-sheet px-[22px] py-4 max-md:hidden">
        <Skeleton className="h-3.5 w-40" />
        <Skeleton className="h-7 w-80 max-w-full" />
        <Skeleton className="mt-6 h-[420px] w-full max-w-[500px]" />
      </div>
      <div className="grid content-start gap-3.5 border-l border-rule-2 p-3.5 max-push:hidden">
        <Skeleton className="h-36 w-full" />
        <Skeleton className="h-32 w-full" />
      </div>
    </Loading>
  )
}
