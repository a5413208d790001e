import { clsx } from 'clsx'
import { initialsOf } from '#components/ui/initials.ts'
import { Picture } from '#components/ui/picture.tsx'

/** The round face of an account in its network's own pages. */
export function AccountFace({
  name,
  url = null,
  className,
}: {
  name: string
  url?: string | null
  className: string
}) {
  const shape = clsx('shrink-0 rounded-full', className)
  if (url) return <Picture src={url} alt="" className={shape} />
  return (
    <span
      aria-hidden
      className={clsx(
        shape,
        'grid place-items-center bg-[light-dark(#e4e6eb,#3a3b3c)] text-[13px] font-[600] text-[light-dark(#080809,#e2e5e9)]',
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
