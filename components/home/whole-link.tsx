import Link from 'next/link'
import type { HomeList } from '#lib/home/schema.ts'

type WholeLinkProps = { list: HomeList; shown: number; all: number; path: string }

/** "All 14", where a list was cut: the same page with that list whole. */
export function WholeLink({ list, shown, all, path }: WholeLinkProps) {
  if (shown >= all) return null
  return (
    <Link href={`${path}?show=${list}`} scroll={false}>
      All {all}
    </Link>
  )
}
