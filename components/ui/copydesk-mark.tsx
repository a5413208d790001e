/** The mark: a C that is a page, with a line of copy in it. */
export function CopydeskMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 22 22" aria-hidden="true" className={className}>
      <path d="M2 2.5h18v4.2H6.4v8.6H20v4.2H2z" fill="currentColor" />
      <path d="M10 9.2h10v3.6H10z" fill="currentColor" />
    </svg>
  )
}
