import { MonthSkeleton } from '#components/calendar/month-skeleton.tsx'

export default function CalendarLoading() {
  return <MonthSkeleton />
}
