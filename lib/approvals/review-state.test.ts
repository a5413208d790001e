import { describe, expect, test } from 'vitest'
import { reviewState } from './review-state.ts'
import type { VersionDecision } from './versions.ts'

const decided = (outcome: VersionDecision['outcome']): VersionDecision => ({
  id: outcome,
  outcome,
  audience: 'client',
  by: 'marguerite',
  at: '2026-09-17T08:55:00Z',
  comment: null,
  digest: '9b1e',
})
const piece = (status: string, at = 0, heldAt: string | null = null) => ({
  status,
  heldAt,
  createdBy: 'teo',
  way: { audiences: ['internal', 'client'] as ('internal' | 'client')[], at, isOpen: true },
})
const version = (...decisions: VersionDecision[]) => ({ submittedBy: 'teo', decisions })
const reader = { userId: 'priya', decidesInside: true, mayDecideOwn: false }

describe('what a review offers', () => {
  test('a decision to whoever decides inside, while the agency’s step is open', () => {
    expect(reviewState(piece('pending_review'), version(), reader).kind).toBe('decide')
  })

  test('no decision on one’s own piece, unless the brand allows it', () => {
    const teo = { ...reader, userId: 'teo' }
    expect(reviewState(piece('pending_review'), version(), teo).kind).toBe('own')
    expect(reviewState(piece('pending_review'), version(), { ...teo, mayDecideOwn: true }).kind).toBe(
      'decide',
    )
  })

  test('no decision for the client, nor to someone who only reads', () => {
    expect(reviewState(piece('pending_review', 1), version(), reader)).toEqual({
      kind: 'waits',
      audience: 'client',
    })
    const creator = { ...reader, decidesInside: false }
    expect(reviewState(piece('pending_review'), version(), creator)).toEqual({
      kind: 'waits',
      audience: 'internal',
    })
  })

  test('the last word where it was given: sent back, held or sealed', () => {
    expect(reviewState(piece('changes_requested'), version(decided('changes_requested')), reader).kind).toBe(
      'sent_back',
    )
    expect(
      reviewState(
        piece('scheduled', 2, '2026-09-18T08:00:00Z'),
        version(decided('approved'), decided('held')),
        reader,
      ).kind,
    ).toBe('held')
    expect(reviewState(piece('scheduled', 2), version(decided('approved')), reader).kind).toBe('sealed')
  })

  test('nothing on a piece that went back to its author', () => {
    expect(reviewState(piece('draft'), version(decided('approved')), reader).kind).toBe('unsent')
    expect(reviewState(piece('draft'), undefined, reader).kind).toBe('unsent')
  })
})
