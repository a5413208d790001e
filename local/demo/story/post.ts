import type { PictureName } from '#local/demo/art/pictures.ts'
import type { PageName } from '#local/demo/brands.ts'
import type { PersonKey } from '#local/demo/cast.ts'
import type { Moment } from './almanac.ts'

export type PostText = {
  title: string
  body: string
  link?: string
  /** What one Page says instead. */
  own?: Partial<Record<PageName, string>>
  picture?: PictureName
  pages: readonly PageName[]
}

/** One post as it came about. Its first step writes it. */
export type PostStory = PostText & { steps: readonly Step[] }

export type Step = { at: Moment } & Deed

export type Deed =
  | { by: PersonKey; does: 'write' | 'send' | 'withdraw' | 'archive' }
  | { by: PersonKey; does: 'plan'; slot: Moment }
  | { by: PersonKey; does: 'edit'; to: Partial<PostText> }
  | { by: PersonKey; does: 'decide'; outcome: 'approved' | 'changes_requested' | 'held'; comment?: string }
  | { by: PersonKey; does: 'say'; audience: 'internal' | 'client'; text: string }
  /** What failed is sent again. */
  | { by: PersonKey; does: 'retry'; page: PageName }
  /** Looks on the network, whose list is behind: nothing is there yet. */
  | { by: PersonKey; does: 'look_too_early'; page: PageName }
  /** What the platform will do to this post once it is sent. */
  | { by: 'facebook'; does: 'misbehave'; page: PageName; how: Mishap }

/**
 * throttled: takes no more posts for some minutes. outage: fails until the desk gives up. answer_lost: takes
 * the post, and the line drops; found again at the first look, or, long, by a person or hours later. refused: says no
 * to what the post holds.
 */
export type Mishap = 'throttled' | 'outage' | 'refused' | 'answer_lost' | 'answer_lost_for_long'
