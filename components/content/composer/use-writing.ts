'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createPost, savePost } from '#lib/content/actions.ts'
import { linkFrom } from '#lib/content/links.ts'
import type { Post } from '#lib/content/queries.ts'
import type { PostDraft } from '#lib/content/schema.ts'
import { unwrap } from '#lib/errors.ts'
import { markPostsChanged } from '../changed-posts.ts'
import { createWriting, type KeptPost } from './writing.ts'

type UseWritingOptions = { brand: { id: string; slug: string }; post: Post | null; start: PostDraft }

/** The draft of this page, saved as it is written, and told what the page hears from the database. */
export function useWriting({ brand, post, start }: UseWritingOptions) {
  const router = useRouter()
  const isHere = useRef(true)
  const [store] = useState(() =>
    createWriting({
      draft: post?.draft ?? start,
      post: post && keptOf(post),
      create: (draft) => unwrap(createPost({ brandId: brand.id, draft: sendable(draft) })),
      save: (kept, draft) =>
        unwrap(savePost({ postId: kept.id, baseRevision: kept.revision, draft: sendable(draft) })),
      onKept(saved, before) {
        markPostsChanged()
        if (!isHere.current) return // kept on the way out: the address is another page's by now
        // The page stays as it is, mid-word; only its address learns the number.
        if (!before) window.history.replaceState(null, '', `/brands/${brand.slug}/content/${saved.number}`)
        else if (saved.status !== before.status) router.refresh()
      },
      now: () => new Date().toISOString(),
    }),
  )
  const writing = useSyncExternalStore(store.subscribe, store.read, store.read)

  useEffect(() => {
    if (post) store.hear(keptOf(post), post.draft)
  }, [post, store])

  useEffect(() => {
    isHere.current = true
    const saveIfTyping = () => {
      if (store.read().save.kind === 'typing') void store.saveNow()
    }
    const hide = () => document.hidden && saveIfTyping()
    const guard = (event: BeforeUnloadEvent) => {
      if (['offline', 'stale', 'refused', 'held'].includes(store.read().save.kind)) event.preventDefault()
    }
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('online', store.retry)
    window.addEventListener('beforeunload', guard)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('online', store.retry)
      window.removeEventListener('beforeunload', guard)
      isHere.current = false
      saveIfTyping()
      store.stop()
    }
  }, [store])

  return { store, writing }
}

function keptOf({ id, number, revision, version, status, updatedAt }: Post): KeptPost {
  return { id, number, revision, version, status, savedAt: updatedAt }
}

/** A half-typed address is no link yet: the rest is kept without it, and the problem list says so. */
function sendable(draft: PostDraft): PostDraft {
  return { ...draft, link: linkFrom(draft.link) ?? '' }
}
