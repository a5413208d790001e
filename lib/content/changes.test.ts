import { describe, expect, test } from 'vitest'
import { changesBetween, changesInWords, isUnchanged, type Written } from './changes.ts'
import { type PostVersion, standingOf } from './versions.ts'

const written: Written = {
  title: 'Friday pie drop',
  body: 'Fig, brown butter.',
  link: '',
  firstComment: null,
  channels: [
    { connectionId: 'page', accountName: 'Oat & Ember', format: 'feed', body: null },
    { connectionId: 'shop', accountName: 'Harbour Street', format: 'feed', body: 'Figs today.' },
  ],
  pictureIds: ['fig', 'pie'],
}

describe('what changed since the last decision', () => {
  test('nothing, where nothing did', () => {
    expect(isUnchanged(changesBetween(written, { ...written, firstComment: '' }))).toBe(true)
  })

  test('names each text, account and picture once', () => {
    const after: Written = {
      ...written,
      body: 'Fig and honey.',
      channels: [{ connectionId: 'page', accountName: 'Oat & Ember', format: 'feed', body: null }],
      pictureIds: ['pie', 'loaf', 'oven'],
    }
    const changes = changesBetween(written, after)
    expect(changes.texts).toEqual([{ name: 'Text', before: 'Fig, brown butter.', after: 'Fig and honey.' }])
    expect(changesInWords(changes)).toBe(
      'text; Harbour Street left out; 2 pictures added; one picture taken out',
    )
  })

  test('an account that gains its own text changes what its readers see', () => {
    const after = {
      ...written,
      channels: [{ ...written.channels[0], body: 'Only here.' } as Written['channels'][number]],
    }
    expect(changesBetween(written, after).texts).toEqual([
      { name: 'Text for Oat & Ember', before: 'Fig, brown butter.', after: 'Only here.' },
    ])
  })

  test('an order is a change too', () => {
    expect(changesInWords(changesBetween(written, { ...written, pictureIds: ['pie', 'fig'] }))).toBe(
      'pictures in another order',
    )
  })
})

describe('how a piece stands with those who must say yes', () => {
  const version: PostVersion = {
    version: 3,
    title: '',
    body: '',
    link: '',
    firstComment: null,
    channels: [],
    pictures: [],
    digest: '7f3a91c2',
    submittedBy: 'teo',
    createdAt: '2026-09-16T10:00:00Z',
    sharedAt: null,
    supersededAt: null,
    wasApproved: false,
    decisions: [],
  }
  const yes = {
    outcome: 'approved',
    by: 'marguerite',
    audience: 'client',
    comment: null,
    at: '2026-09-16T15:42:00Z',
  } as const
  const post = {
    status: 'draft',
    version: 3,
    requestedAt: '2026-09-16T10:00:00Z',
    heldAt: null,
    versions: [version],
  }

  test('never sent', () => {
    expect(standingOf({ ...post, version: 0, versions: [] })).toEqual({ kind: 'unsent' })
  })
  test('asked', () => {
    expect(standingOf({ ...post, status: 'pending_review' })).toMatchObject({ kind: 'asked', version: 3 })
  })
  test('sealed by the last yes, held or not', () => {
    const versions = [{ ...version, wasApproved: true, decisions: [yes] }]
    expect(standingOf({ ...post, status: 'scheduled', versions })).toMatchObject({
      kind: 'sealed',
      by: 'marguerite',
      heldAt: null,
    })
  })
  test('broken by an edit after the yes, taken back by one before it', () => {
    const supersededAt = '2026-09-17T10:40:00Z'
    expect(
      standingOf({ ...post, versions: [{ ...version, supersededAt, wasApproved: true, decisions: [yes] }] }),
    ).toEqual({ kind: 'broken', version: 3, by: null, at: supersededAt })
    expect(standingOf({ ...post, versions: [{ ...version, supersededAt }] })).toMatchObject({
      kind: 'withdrawn',
    })
  })
  test('asked for changes, in their words', () => {
    const said = { ...yes, outcome: 'changes_requested' as const, comment: 'Say twelve millimetres.' }
    expect(
      standingOf({ ...post, status: 'changes_requested', versions: [{ ...version, decisions: [said] }] }),
    ).toMatchObject({ kind: 'changes', by: 'marguerite', comment: 'Say twelve millimetres.', isNo: false })
  })
})
