import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type EmptyProps = {
  /** What is not there yet: "Nothing is planned for Marrow Lane yet". */
  title: ReactNode
  /** What is set already, or why it is empty. */
  children?: ReactNode
  /** Two or three ways in. */
  ways?: readonly { icon?: ReactNode; title: ReactNode; what?: ReactNode; action: ReactNode; key: string }[]
  className?: string
}

/** First use: says what stands already and offers ways in, at the left edge like all prose of the desk. */
export function Empty({ title, children, ways = [], className }: EmptyProps) {
  return (
    <div className={clsx('max-w-[560px] py-4', className)}>
      <h2 className="head-2">{title}</h2>
      {children && <div className="text-ink-2">{children}</div>}
      {ways.length > 0 && (
        <ul className="mt-3 border-t border-rule-2">
          {ways.map((way) => (
            <li key={way.key} className="flex items-center gap-3 border-b border-rule py-2.5">
              {way.icon}
              <div className="min-w-0 flex-1">
                <p className="font-bold">{way.title}</p>
                {way.what && <p className="text-ink-2">{way.what}</p>}
              </div>
              {way.action}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
