import { clsx } from 'clsx'
import { wordDiff } from './word-diff.ts'

/** The newer text with what left it struck and what came underlined; readers hear both named. */
export function Diff({ before, after, className }: { before: string; after: string; className?: string }) {
  const parts = wordDiff(before, after)
  return (
    <p className={clsx('whitespace-pre-wrap [overflow-wrap:anywhere]', className)}>
      {parts.map((part, index) => {
        const key = index // the parts of one diff never reorder
        if (part.kind === 'same') return <span key={key}>{part.text}</span>
        if (part.kind === 'added') return <ins key={key}>{part.text}</ins>
        return <del key={key}>{part.text}</del>
      })}
    </p>
  )
}
