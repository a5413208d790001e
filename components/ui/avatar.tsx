import { clsx } from 'clsx'
import { initialsOf } from './initials.ts'

type AvatarProps = {
  name: string
  /** client: the blue edge of their lane; asked: dashed, not here yet. */
  tone?: 'staff' | 'client' | 'asked'
  size?: 'sm' | 'md' | 'lg'
  className?: string
}

const tones = {
  staff: 'bg-sunk text-ink-2 shadow-[inset_0_0_0_1px_var(--rule-2)]',
  client: 'bg-client-wash text-client shadow-[inset_0_0_0_1px_var(--client-edge)]',
  asked: 'border border-dashed border-edge text-ink-3',
}
const sizes = { sm: 'size-5 text-[9px]', md: 'size-6 text-[10px]', lg: 'size-7 text-2xs' }

/** A person: the one round thing. The name stands beside it, so readers skip the initials. */
export function Avatar({ name, tone = 'staff', size = 'md', className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid shrink-0 place-items-center rounded-full font-bold',
        tones[tone],
        sizes[size],
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
