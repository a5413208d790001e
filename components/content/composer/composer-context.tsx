'use client'

import { createContext, useContext } from 'react'
import type { Brand } from '#lib/brands/queries.ts'
import type { Account, Remedy, WritingProblem } from '#lib/content/problems.ts'
import type { PostDraft } from '#lib/content/schema.ts'
import type { Asset } from '#lib/media/library.ts'
import type { Writing, WritingStore } from './writing.ts'

/** Of the brand only what a composer needs reaches the browser. */
export type ComposerBrand = Pick<
  Brand,
  'id' | 'slug' | 'name' | 'code' | 'timeZone' | 'approvalMode' | 'agencyName'
>

/** Whose text stands in the editor: everybody's, or one account's. */
export type TextTab = 'all' | (string & {})

export type ComposerDesk = {
  brand: ComposerBrand
  accounts: readonly Account[]
  store: WritingStore
  writing: Writing
  edit: (change: Partial<PostDraft>) => void
  /** The draft's pictures in order, as far as they are known. */
  pictures: readonly Asset[]
  /** Puts pictures into the draft, or news of one that is in it. */
  addPictures: (assets: readonly Asset[]) => void
  changePicture: (asset: Asset) => void
  tab: TextTab
  showTab: (tab: TextTab) => void
  problems: readonly WritingProblem[]
  mend: (remedy: Remedy) => void
  plannedAt: string | null
  now: string
  mayUpload: boolean
  /** Parts that a remedy opens. */
  opened: 'accounts' | 'time' | { describing: string } | null
  open: (part: ComposerDesk['opened']) => void
}

const Context = createContext<ComposerDesk | null>(null)
export const ComposerProvider = Context

export function useComposer(): ComposerDesk {
  const desk = useContext(Context)
  if (!desk) throw new Error('Only inside the composer')
  return desk
}

/** The chosen accounts, in the order they were chosen. */
export function chosenAccounts({ accounts, writing }: Pick<ComposerDesk, 'accounts' | 'writing'>): Account[] {
  return writing.draft.channels.flatMap(
    ({ connectionId }) => accounts.find((account) => account.id === connectionId) ?? [],
  )
}

export const textFieldId = 'post-text'
/** How a remedy finds the link's field; its id belongs to its label. */
export const LINK_FIELD = 'post-link'
