import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

export default function PortalLoading() {
  return (
    <Loading what="Your posts are coming" className="grid gap-3.5 px-4 pt-[18px] md:px-0 md:pt-[30px]">
      <Skeleton className="h-8 w-3/4 max-w-[420px]" />
      <Skeleton className="h-5 w-1/2 max-w-[300px]" />
      <Skeleton className="mt-6 h-[420px] w-full" />
    </Loading>
  )
}
