/**
 * What every platform must offer. A connector says what happened, as data; it never decides about
 * retries: that is the job record's business (private.record_publish_result, docs/decisions/0006).
 */

export type PlatformName = 'meta'
/** Where a post appears. Several networks can belong to one platform: one login, one API. */
export type Network = 'facebook' | 'instagram'
/** What a post becomes there; private.format_of decides it from the wish of the channel and the media. */
export type PostFormat = 'text' | 'link' | 'image' | 'carousel' | 'video' | 'reel' | 'story'

export type Clock = { now(): Date }

/**
 * auth: the token is dead, a person must connect again. permission: the token lives, a right is missing.
 * rate_limit: later. transient: their trouble. invalid: this post can never go like this.
 * duplicate: they hold an equal post already. unknown: we cannot tell.
 */
export type ErrorClass =
  | 'auth'
  | 'permission'
  | 'rate_limit'
  | 'transient'
  | 'invalid'
  | 'duplicate'
  | 'unknown'

export type PlatformError = {
  class: ErrorClass
  /** Stable; lib/errors.ts has its words. */
  code: string
  /** The platform's own words, scrubbed of tokens: for the person who must act on it. */
  message: string
  retryAfterMs?: number
  /** Whom a rate limit holds back: every account of the app, or this one (the default). */
  scope?: 'app'
}

export type PostMedia = {
  assetId: string
  kind: 'image' | 'video'
  path: string
  mimeType: string
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  altText: string | null
  /** SHA-256 of the original's bytes, hex: part of what was approved. */
  hash: string
}

/** One approved post for one account, as the claim hands it out. */
export type Post = {
  network: Network
  format: PostFormat
  accountId: string
  body: string
  link: string | null
  media: readonly PostMedia[]
}

export type PhotoBytes = { bytes: Uint8Array<ArrayBuffer>; mimeType: string }

/** What a step left behind for the next one; survives the death of the worker. */
export type Memo = Readonly<Record<string, string>>

export type PublishWork = {
  post: Post
  /** The step that the last `continue` named; null at the beginning. */
  step: string | null
  memo: Memo
  token: string
  /** The sealed original, or a technical rendition that fits `limit`. Rejects with UnreadableMedia. */
  photo(media: PostMedia, limit: PhotoLimit): Promise<PhotoBytes>
  /** The sealed original, in ranges. Rejects with UnreadableMedia. */
  video(media: PostMedia): Promise<VideoBytes>
  /**
   * A short-lived address, of ASCII only, for platforms that fetch: of the original, or of a JPEG that fits
   * `limit`. Rejects with UnreadableMedia.
   */
  publicUrl(media: PostMedia, limit?: PhotoLimit): Promise<string>
}

export type VideoBytes = {
  sizeBytes: number
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

export type PhotoLimit = { mimeTypes: readonly string[]; maxBytes: number; maxEdgePx: number }

/** Out of reach is a matter of time; gone, or other than what was approved, is not. */
export type UnreadableMediaCode = 'publish_media_unreachable' | 'publish_media_gone' | 'publish_media_changed'

export class UnreadableMedia extends Error {
  readonly code: UnreadableMediaCode
  constructor(code: UnreadableMediaCode, message: string) {
    super(message)
    this.code = code
  }
}

export type StepOutcome =
  | { kind: 'published'; platformPostId: string; permalink: string | null }
  | { kind: 'continue'; step: string; memo: Memo }
  /** Nothing was sent: they still process what they have. The job comes back to this step. */
  | { kind: 'wait'; step: string; memo: Memo; afterMs: number }
  /** Provably not sent: nothing left this machine, or they said they did not look at it. */
  | { kind: 'unsent'; code: string; message: string; retryAfterMs?: number }
  /** They looked and said no. */
  | {
      kind: 'refused'
      class: Exclude<ErrorClass, 'unknown' | 'duplicate'>
      code: string
      message: string
      retryAfterMs?: number
      /** Whom a rate limit holds back: every account of the app, or this one (the default). */
      scope?: 'app'
    }
  /** It may be out, or an equal post is. Only a look at the platform after the settle window can tell. */
  | { kind: 'unknown'; code: string; message: string; settleMs: number }

/**
 * A step with everything read and rendered, so that between the intent and the result there is nothing
 * but the one network mutation.
 */
export type PreparedStep = {
  step: string
  /**
   * staging: what nobody sees (uploads, containers, unpublished photos); a lost answer is repeated or resumed
   * without a look. publishing: from here on the post may be public.
   */
  effect: 'staging' | 'publishing'
  /** SHA-256 over what will be sent, without the token. */
  digest: string
  /** How long after the last possible send a look may conclude that nothing came of it. */
  settleMs: number
  send(timeoutMs: number): Promise<StepOutcome>
}

export type LookWork = {
  post: Post
  step: string | null
  memo: Memo
  token: string
  /** When the first intent was committed: nothing of ours can be older, but for the clocks' difference. */
  since: Date
}

export type FoundPost = { platformPostId: string; permalink: string | null; publishedAt: Date }

export type LookOutcome =
  /** Everything that could be this post, oldest first; empty: we read well, and it is not there. */
  { kind: 'read'; candidates: readonly FoundPost[] } | { kind: 'unreadable'; error: PlatformError }

/** How a lost answer is cleared up; `none` means only a person can. */
export type Reconcile = 'idempotency_key' | 'client_token' | 'list_by_time_and_fingerprint' | 'none'

/** What a network declares of itself. */
export type NetworkFacts = {
  reconcile: Reconcile
  /** Longer than their latest commit and the lag of their lists together, with the source of both. */
  settle: Readonly<Partial<Record<PostFormat, { ms: number; source: string }>>>
}

export type DraftMedia = {
  mimeType: string
  sizeBytes?: number
  width?: number | null
  height?: number | null
  durationMs?: number | null
  altText?: string | null
}

export type PostDraft = {
  body: string
  link: string | null
  firstComment: string | null
  /** The wish of the channel; a feed post where it says nothing. */
  format?: 'feed' | 'reel' | 'story'
  media: readonly DraftMedia[]
}

/** An error blocks the submission, a note does not. */
export type Problem = {
  code: string
  severity: 'error' | 'note'
  field: 'body' | 'link' | 'first_comment' | 'media'
  /** Says the actual value and the limit. */
  message: string
}

export type ConnectedAccount = {
  network: Network
  /** Whose login granted it, and the account that posts. */
  platformUserId: string
  platformAccountId: string
  accountName: string
  avatarUrl: string | null
  accessToken: string
  /** null: no clock ends it. */
  tokenExpiresAt: Date | null
  /** What a new access token is asked with; null: the access token itself, or nothing. */
  refreshToken: string | null
  scopes: readonly string[]
}

export type ExchangeOutcome =
  | {
      kind: 'connected'
      accounts: readonly ConnectedAccount[]
      /** Seen, but of no use; the person is told why. */
      skipped: readonly { name: string; reason: string }[]
    }
  | { kind: 'failed'; code: string; facts: Readonly<Record<string, unknown>> }

/** One account's numbers, of the account itself and of posts that are out. */
export type MetricsWork = {
  network: Network
  accountId: string
  token: string
  /** Calendar days, both included, at most 30. */
  since: string
  until: string
  posts: readonly { platformPostId: string; format: PostFormat }[]
}

export type MetricName =
  | 'impressions'
  | 'reach'
  | 'engagement'
  | 'likes'
  | 'comments'
  | 'shares'
  | 'saves'
  | 'clicks'
  | 'followers'

/** A name that is missing was not to be had, which is not zero. `postId` null: the account's own day. */
export type MetricsRow = {
  postId: string | null
  date: string
  metrics: Readonly<Partial<Record<MetricName, number>>>
}

export type MetricsOutcome =
  | { kind: 'read'; rows: readonly MetricsRow[] }
  | { kind: 'unreadable'; error: PlatformError }

export type TokenWork = {
  network: Network
  accountId: string
  accessToken: string
  refreshToken: string | null
  /** null: no clock ends it. */
  expiresAt: Date | null
}

export type RefreshOutcome =
  | { kind: 'refreshed'; accessToken: string; expiresAt: Date | null; refreshToken: string | null }
  | { kind: 'failed'; error: PlatformError }
  | { kind: 'not_needed' }

export type AccountWork = { network: Network; accountId: string; token: string }

/** `unusable` with class auth or permission: the account must be connected again; any other tells nothing. */
export type AccountCheck = { kind: 'usable' } | { kind: 'unusable'; error: PlatformError }

export type PermalinkWork = { network: Network; postId: string; token: string }

export type Connector = {
  networks: Readonly<Partial<Record<Network, NetworkFacts>>>
  /** Turns the code of the redirect into accounts with their tokens. Each code works once. */
  exchange(grant: { code: string; redirectUri: string }): Promise<ExchangeOutcome>
  /** Reads and renders what the step needs. May answer at once: it cannot go, is being processed, is out. */
  prepare(
    work: PublishWork,
  ): Promise<{ kind: 'ready'; step: PreparedStep } | { kind: 'blocked'; outcome: StepOutcome }>
  findPublished(work: LookWork): Promise<LookOutcome>
  /** Where a post stands; null: they do not say, or not yet. */
  readPermalink(work: PermalinkWork): Promise<string | null>
  readMetrics(work: MetricsWork): Promise<MetricsOutcome>
  refresh(work: TokenWork): Promise<RefreshOutcome>
  /** One read that shows whether account and token can be used. */
  checkAccount(work: AccountWork): Promise<AccountCheck>
}
