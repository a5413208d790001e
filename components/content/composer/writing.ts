import type { PostDraft } from '#lib/content/schema.ts'
import { isSealed } from '#lib/content/states.ts'
import { type Refusal, RefusalError } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'

/** The piece as the database last answered for it. */
export type KeptPost = {
  id: string
  number: number
  revision: number
  version: number
  status: string
  savedAt: string
}

/**
 * held: the edit would take a yes back, so a person agrees first. offline: kept here, tried again by itself.
 * stale: someone else saved meanwhile; both texts are still there. refused: the database said no.
 */
export type SaveState =
  | { kind: 'clean' | 'typing' | 'saving' | 'held' }
  | { kind: 'offline'; since: string }
  | { kind: 'stale' | 'refused'; refusal: Refusal }

export type Writing = {
  draft: PostDraft
  /** As the database has it; null before the first save. */
  kept: PostDraft | null
  post: KeptPost | null
  save: SaveState
}

export type WritingOptions = {
  draft: PostDraft
  post: KeptPost | null
  create: (draft: PostDraft) => Promise<KeptPost>
  save: (post: KeptPost, draft: PostDraft) => Promise<KeptPost>
  /** After each save, with what stood before it; the status may have changed with it. */
  onKept: (post: KeptPost, before: KeptPost | null) => void
  now: () => string
}

/** A pause in typing, and the longest anyone may type before it is kept. */
export const PAUSE_MS = 900
export const LONGEST_MS = 5_000
export const TRY_AGAIN_MS = 4_000

/**
 * What is being written, and its way into the database: a moment after the last keystroke, one save at a
 * time, always from the revision it started at. Nothing typed is ever dropped by an answer.
 */
export function createWriting(options: WritingOptions) {
  const { create, save, onKept, now } = options
  let state: Writing = {
    draft: options.draft,
    kept: options.post ? options.draft : null,
    post: options.post,
    save: { kind: 'clean' },
  }
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let typingSince: number | null = null
  let running: Promise<void> | null = null

  function put(change: Partial<Writing>) {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void run(), ms)
  }

  /** Saves what stands now; a second call waits for the first and sees to the rest. */
  function run(): Promise<void> {
    clearTimeout(timer)
    running ??= once().finally(() => {
      running = null
      if (state.save.kind === 'clean') settle() // what was typed while it was under way
    })
    return running
  }

  async function once(): Promise<void> {
    const { draft, post } = state
    typingSince = null
    put({ save: { kind: 'saving' } })
    try {
      const saved = await (post ? save(post, draft) : create(draft))
      put({ kept: draft, post: saved, save: { kind: 'clean' } })
      onKept(saved, post)
    } catch (error) {
      put({ save: failed(error) })
      if (state.save.kind === 'offline') later(TRY_AGAIN_MS)
    }
  }

  function failed(error: unknown): SaveState {
    const refused = error instanceof RefusalError ? error.refusal : refusalFrom(error)
    if (refused?.code === 'no_connection') {
      const since = state.save.kind === 'offline' ? state.save.since : (offlineSince ?? now())
      offlineSince = since
      return { kind: 'offline', since }
    }
    offlineSince = null
    if (refused?.code === 'revision_stale') return { kind: 'stale', refusal: refused }
    return { kind: 'refused', refusal: refused ?? refusal('unexpected') }
  }
  let offlineSince: string | null = null

  /** What an edit means for the save: nothing left to keep, a person asked first, or soon by itself. */
  function settle() {
    if (running || state.save.kind === 'stale') return
    const { draft, kept, post } = state
    if (kept && sameDraft(draft, kept)) {
      clearTimeout(timer)
      offlineSince = null
      put({ save: { kind: 'clean' } })
    } else if (post && kept && isSealed(post.status) && !sameContent(draft, kept)) {
      clearTimeout(timer)
      put({ save: { kind: 'held' } })
    } else if (state.save.kind === 'offline') {
      later(TRY_AGAIN_MS)
    } else {
      typingSince ??= Date.now()
      put({ save: { kind: 'typing' } })
      later(Math.min(PAUSE_MS, Math.max(0, typingSince + LONGEST_MS - Date.now())))
    }
  }

  return {
    read: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },

    edit(change: Partial<PostDraft>) {
      put({ draft: { ...state.draft, ...change } })
      settle()
    },

    /** Keeps everything that may be kept without asking. @returns the piece, or null where that failed */
    async flush(): Promise<KeptPost | null> {
      if (running) await running
      while (state.post === null || ['typing', 'offline', 'refused'].includes(state.save.kind)) {
        await run()
        if (state.save.kind !== 'clean' && state.save.kind !== 'typing') return null
      }
      return state.save.kind === 'clean' ? state.post : null
    },

    /** A person agrees that the yes is taken back, or tries again what was refused. */
    saveNow: run,

    /** The other's text stays in the versions of nobody: what is here goes over it. */
    async keepMine() {
      if (state.save.kind !== 'stale' || !state.post) return
      const { revision } = state.save.refusal.facts
      if (typeof revision !== 'number') return
      put({ post: { ...state.post, revision } })
      await run()
    },

    /** What the database has, in place of what is here: theirs after a conflict, or after an edit elsewhere. */
    take(post: KeptPost, draft: PostDraft) {
      clearTimeout(timer)
      put({ post, draft, kept: draft, save: { kind: 'clean' } })
    },

    /** What the page was told of the piece since: a decision, a time, another's save. */
    hear(post: KeptPost, draft: PostDraft) {
      if (!state.post || running || post.revision < state.post.revision) return
      if (post.revision === state.post.revision) {
        put({ post: { ...post, savedAt: state.post.savedAt } })
        settle()
      } else if (state.save.kind === 'clean') put({ post, draft, kept: draft })
    },

    /** The line is back: no need to wait for the next try. */
    retry() {
      if (state.save.kind === 'offline' && !running) void run()
    },

    stop() {
      clearTimeout(timer)
    },
  }
}

export type WritingStore = ReturnType<typeof createWriting>

/** Equal in everything that is saved. */
export function sameDraft(one: PostDraft, other: PostDraft): boolean {
  return one.title === other.title && sameContent(one, other)
}

/** Equal in everything that people said yes to: the title is the desk's own. */
export function sameContent(one: PostDraft, other: PostDraft): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))
}

function contentOf({ body, link, firstComment, mediaIds, channels }: PostDraft) {
  const byAccount = [...channels].sort((a, b) => a.connectionId.localeCompare(b.connectionId))
  return [
    body,
    link,
    firstComment ?? '',
    mediaIds,
    byAccount.map((channel) => [
      channel.connectionId,
      channel.format,
      channel.body ?? '',
      channel.firstComment ?? '',
    ]),
  ]
}
