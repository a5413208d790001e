'use client'

import { formatInstant } from '#lib/time/format.ts'
import type { Writing } from './writing.ts'

/** Beside the title: whether what was typed is kept, to the second. */
export function SaveWord({ writing: { save, post }, zone }: { writing: Writing; zone: string }) {
  const words = wordsOf()
  return (
    <p className="num shrink-0 text-xs whitespace-nowrap text-ink-3" data-save={save.kind}>
      {words}
    </p>
  )

  function wordsOf(): string {
    switch (save.kind) {
      case 'clean':
        return post ? `Saved ${secondsOf(post.savedAt)}` : 'Not begun'
      case 'typing':
      case 'saving':
        return 'Saving'
      case 'held':
      case 'stale':
      case 'refused':
        return 'Not saved'
      case 'offline':
        return 'Kept on this device'
    }
  }

  function secondsOf(instant: string): string {
    return formatInstant(instant, zone, 'day-seconds').split(', ')[1] ?? ''
  }
}
