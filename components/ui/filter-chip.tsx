import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

const chip = clsx(
  'inline-flex h-[26px] shrink-0 items-center gap-1.5 rounded-2 border border-rule-2 bg-sheet px-2 text-xs whitespace-nowrap text-ink-2 no-underline! hover:border-edge',
  'pointer-coarse:h-11 pointer-coarse:px-3',
)
const on = 'border-pencil! bg-pencil-wash! text-ink!'

type Face = { pressed: boolean; icon?: ReactNode; count?: number | undefined; children: ReactNode }

function FilterFace({ icon, count, children }: Omit<Face, 'pressed'>) {
  return (
    <>
      {icon}
      <span>{children}</span>
      {count !== undefined && <span className="num text-ink-3">{count}</span>}
    </>
  )
}

type FilterChipProps = Face & Omit<ComponentProps<'button'>, 'type'>

/** A filter that is on or off, with how many it would show. */
export function FilterChip({ pressed, icon, count, children, className, ...rest }: FilterChipProps) {
  return (
    <button {...rest} type="button" aria-pressed={pressed} className={clsx(chip, pressed && on, className)}>
      <FilterFace icon={icon} count={count}>
        {children}
      </FilterFace>
    </button>
  )
}

type FilterChipLinkProps = Face & { href: string; className?: string }

/** The same as a link, for filters that live in the URL. */
export function FilterChipLink({ pressed, icon, count, children, href, className }: FilterChipLinkProps) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={pressed ? 'true' : undefined}
      className={clsx(chip, pressed && on, className)}
    >
      <FilterFace icon={icon} count={count}>
        {children}
      </FilterFace>
    </Link>
  )
}
