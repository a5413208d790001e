import { clsx } from 'clsx'
import { Eye, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'

type LaneProps = {
  audience: 'client' | 'internal'
  /** Says who reads it: "Marguerite can read this", "Only Halyard reads this". */
  title: ReactNode
  children: ReactNode
  className?: string
}

/** Comments by who reads them. Solid blue with an eye, or a dashed yellow note with a lock: never alike. */
export function Lane({ audience, title, children, className }: LaneProps) {
  const client = audience === 'client'
  const Sign = client ? Eye : Lock
  return (
    <section
      aria-label={client ? 'Client lane' : 'Internal lane'}
      className={clsx(
        'overflow-hidden rounded-3 border',
        client ? 'border-client-edge bg-sheet' : 'border-dashed border-internal-edge bg-internal-wash',
        className,
      )}
    >
      <h2
        className={clsx(
          'flex flex-wrap items-center gap-2 px-3 py-2 font-bold',
          client ? 'border-b border-client-edge bg-client-wash text-client' : 'text-internal',
        )}
      >
        <Sign aria-hidden />
        {title}
        <span className="ml-auto text-xs font-text">{client ? 'Client lane' : 'Internal lane'}</span>
      </h2>
      <div className="py-1">{children}</div>
    </section>
  )
}

type LaneCommentProps = {
  name: string
  /** "client", where the speaker is one. */
  from?: 'client' | 'staff'
  at: ReactNode
  children: ReactNode
}

export function LaneComment({ name, from = 'staff', at, children }: LaneCommentProps) {
  return (
    <article className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2 gap-y-0.5 px-3 py-2">
      <Avatar name={name} tone={from} className="row-span-2" />
      <p className="flex items-baseline gap-1">
        <span className="font-bold">{name}</span>
        {from === 'client' && <span className="text-ink-2">client</span>}
        <span className="agate ml-auto whitespace-nowrap text-ink-2">{at}</span>
      </p>
      <div className="whitespace-pre-line [overflow-wrap:anywhere]">{children}</div>
    </article>
  )
}

/** Where the next comment is written: textarea and button at the lane's foot. */
export function LaneForm({ children }: { children: ReactNode }) {
  return <div className="grid justify-items-end gap-2 px-3 pt-1 pb-2">{children}</div>
}
