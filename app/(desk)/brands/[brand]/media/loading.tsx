import { PageHead } from '#components/ui/page-head.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

export default function MediaLoading() {
  return (
    <Loading what="Reading the library">
      <div className="px-3.5 pt-3.5 md:px-6 md:pt-5">
        <PageHead title="Pictures and videos, ready to use" className="mb-2!" />
      </div>
      <div className="flex gap-1.5 px-3.5 py-2 md:px-6">
        <Skeleton className="h-(--control) w-44" />
        <Skeleton className="h-[26px] w-24 self-center" />
        <Skeleton className="h-[26px] w-16 self-center" />
      </div>
      <div className="grid grid-cols-3 gap-x-2 gap-y-2.5 px-3.5 md:grid-cols-[repeat(auto-fill,minmax(132px,1fr))] md:gap-3 md:px-6">
        {Array.from({ length: 18 }, (_, tile) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the tiles are alike and never move
          <div key={tile} className="grid gap-1.5">
            <Skeleton className="aspect-square w-full" />
            <Skeleton className="h-3 w-3/4" />
            <Skeleton className="h-2.5 w-1/2" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
