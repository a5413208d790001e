import { clsx } from 'clsx'

/** The mark: a C that is a page with a line of copy in it. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <p className={clsx('flex items-center gap-2.5 font-head text-[19px] font-stretch-[86%]', className)}>
      <svg viewBox="0 0 22 22" width="26" height="26" aria-hidden="true">
        <path d="M2 2.5h18v4.2H6.4v8.6H20v4.2H2z" fill="currentColor" />
        <path d="M10 9.2h10v3.6H10z" fill="currentColor" />
      </svg>
      Copydesk
    </p>
  )
}
