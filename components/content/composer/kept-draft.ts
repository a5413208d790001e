'use client'

import { useEffect, useState } from 'react'
import { z } from 'zod'
import { keepText, keptText } from '#components/content/kept-text.ts'
import { type PostDraft, postDraft } from '#lib/content/schema.ts'
import { sameDraft, type WritingStore } from './writing.ts'

const keptCopy = z.object({
  at: z.iso.datetime(),
  draft: postDraft.omit({ link: true }).extend({ link: z.string() }),
})

export type KeptCopy = { at: string; draft: PostDraft }

const newKey = (brandId: string) => `copydesk:new:${brandId}`
const postKey = (postId: string) => `copydesk:post:${postId}`

/**
 * A copy on this device of whatever is not in the database yet, so that a crash, a closed tab or a lost line
 * loses nothing. What an earlier visit left behind is offered once, never put back by itself.
 */
export function useKeptDraft(store: WritingStore, brandId: string) {
  const [found, setFound] = useState<KeptCopy | null>(null)

  useEffect(() => {
    const { post, draft } = store.read()
    const left = copyIn(post ? postKey(post.id) : newKey(brandId))
    if (left && !sameDraft(left.draft, draft)) setFound(left)

    return store.subscribe(() => {
      const { save, draft, post } = store.read()
      const key = post ? postKey(post.id) : newKey(brandId)
      if (save.kind === 'clean') {
        keepText(key, '')
        if (post) keepText(newKey(brandId), '')
      } else keepText(key, JSON.stringify({ at: new Date().toISOString(), draft }))
    })
  }, [store, brandId])

  return {
    found,
    putBack() {
      if (found) store.edit(found.draft)
      setFound(null)
    },
    drop() {
      const { post } = store.read()
      keepText(post ? postKey(post.id) : newKey(brandId), '')
      setFound(null)
    },
  }
}

function copyIn(key: string): KeptCopy | null {
  const text = keptText(key)
  if (!text.startsWith('{')) return null
  return keptCopy.safeParse(parsed(text)).data ?? null
}

/** Another version of Copydesk may have written it, or another program. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
