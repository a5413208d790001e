'use client'

import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'

const AFTER_TYPING_MS = 250

type UrlSearchProps = {
  /** Names the field: "Search titles or numbers". */
  label: string
  placeholder: string
  className?: string
}

/** A page's own search: what is typed stands in the address as `q`, and `/` comes here. */
export function UrlSearch({ label, placeholder, className }: UrlSearchProps) {
  const router = useRouter()
  const pathname = usePathname()
  const parameters = useSearchParams()
  const [isSearching, start] = useTransition()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(waiting.current), [])

  function search(typed: string) {
    clearTimeout(waiting.current)
    const next = new URLSearchParams(parameters)
    next.delete('after') // another question begins on its first page
    if (typed.trim()) next.set('q', typed.trim())
    else next.delete('q')
    start(() => router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false }))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every reader yet
    <form
      role="search"
      className={clsx('relative', className)}
      onSubmit={(event) => {
        event.preventDefault()
        search(String(new FormData(event.currentTarget).get('q') ?? ''))
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        name="q"
        defaultValue={parameters.get('q') ?? ''}
        aria-label={label}
        placeholder={placeholder}
        aria-keyshortcuts="/"
        data-page-filter
        autoComplete="off"
        onChange={({ target: { value } }) => {
          clearTimeout(waiting.current)
          waiting.current = setTimeout(search, AFTER_TYPING_MS, value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.currentTarget.value === '') return
          event.currentTarget.value = ''
          search('')
        }}
        className={clsx(
          'h-(--control) w-full rounded-2 border border-rule-2 bg-sheet pr-2.5 pl-8 hover:border-edge pointer-coarse:text-md',
          '[&::-webkit-search-cancel-button]:hidden',
          isSearching && 'cursor-progress',
        )}
      />
    </form>
  )
}
