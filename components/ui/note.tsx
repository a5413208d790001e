import { clsx } from 'clsx'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

const tones = {
  stop: {
    edge: 'border-[color-mix(in_oklch,var(--stop)_35%,transparent)] bg-stop-wash',
    ink: 'text-stop',
    Icon: CircleAlert,
  },
  warn: {
    edge: 'border-[color-mix(in_oklch,var(--warn)_35%,transparent)] bg-warn-wash',
    ink: 'text-warn',
    Icon: TriangleAlert,
  },
  plain: { edge: 'border-rule-2 bg-sheet', ink: 'text-ink-3', Icon: Info },
}

type NoteProps = Omit<ComponentProps<'div'>, 'title'> & {
  tone?: keyof typeof tones
  /** The finding in a few words; the children say cause and remedy. */
  title?: ReactNode
  /** Buttons or links, at the end. */
  actions?: ReactNode
}

/** Something a person should read here and now. It announces itself only when given a role. */
export function Note({ tone = 'plain', title, actions, className, children, ...rest }: NoteProps) {
  const { edge, ink, Icon } = tones[tone]
  return (
    <div {...rest} className={clsx('flex flex-wrap gap-2.5 rounded-2 border px-3 py-2.5', edge, className)}>
      <Icon aria-hidden className={clsx('mt-px', ink)} />
      <div className="min-w-0 flex-1 basis-52 [&_a]:underline">
        {title && <p className="font-bold">{title}</p>}
        {children}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}
