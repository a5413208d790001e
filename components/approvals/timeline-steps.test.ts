import { describe, expect, test } from 'vitest'
import type { TimelineRow } from '#lib/approvals/schema.ts'
import { sentenceFor } from '#lib/errors.ts'
import { timelineSteps } from './timeline-steps.ts'

const ZONE = 'Europe/London'

function row(kind: string, rest: Partial<TimelineRow> = {}): TimelineRow {
  return {
    at: '2026-09-17T08:55:00Z',
    kind,
    actor_id: null,
    actor_name: 'Marguerite Oakes',
    audience: 'internal',
    version: 2,
    text: null,
    facts: {},
    ...rest,
  }
}

const titles = (...rows: TimelineRow[]) => timelineSteps(rows, ZONE).map((step) => step.title)

describe('a timeline in words', () => {
  test('says who decided, about which version, with the seal', () => {
    const [step] = timelineSteps([row('approved', { facts: { digest: '9b1e40d7' } })], ZONE)
    expect(step).toMatchObject({
      title: 'Marguerite Oakes approved version 2',
      sign: 'approved',
      digest: '9b1e40d7',
    })
  })

  test('quotes what was asked for, in the lane it was said in', () => {
    const [step] = timelineSteps(
      [row('changes_requested', { audience: 'client', text: 'Say “forty”.' })],
      ZONE,
    )
    expect(step?.quote).toEqual({ audience: 'client', text: 'Say “forty”.' })
  })

  test('calls the yes after a hold letting go, and the yes after a new version a yes', () => {
    expect(titles(row('approved'), row('held'), row('approved'))).toEqual([
      'Marguerite Oakes approved version 2',
      'Marguerite Oakes holds it',
      'Marguerite Oakes let it go again',
    ])
    expect(
      titles(row('held'), row('submitted', { version: 3 }), row('approved', { version: 3 })).at(-1),
    ).toBe('Marguerite Oakes approved version 3')
  })

  test('writes planned times in the brand’s zone', () => {
    const [step] = timelineSteps(
      [row('moved', { facts: { before: '2026-09-24T06:30:00Z', after: '2026-09-25T06:30:00Z' } })],
      ZONE,
    )
    expect(step).toMatchObject({
      title: 'Marguerite Oakes moved it to Fri 25 Sep, 07:30',
      note: 'from Thu 24 Sep, 07:30',
    })
  })

  test('shows one sending where a post goes out in several steps, and each further try', () => {
    const sent = (attempt: number) =>
      row('sent', { facts: { job_id: 'j1', attempt, account_name: 'Oat & Ember', network: 'facebook' } })
    expect(timelineSteps([sent(1), sent(1), sent(2)], ZONE).map(({ title, note }) => [title, note])).toEqual([
      ['Sent to Oat & Ember on Facebook', undefined],
      ['Sent to Oat & Ember on Facebook', 'try 2'],
    ])
  })

  test('gives a failure its cause in words, never its code', () => {
    const facts = {
      account_name: 'Oat & Ember',
      network: 'facebook',
      code: 'meta_token_expired',
      reason: 'x',
    }
    const [step] = timelineSteps([row('publish_failed', { actor_name: null, facts })], ZONE)
    expect(step?.title).toBe('Failed on Oat & Ember')
    expect(step?.note).toBe(sentenceFor('meta_token_expired', facts))
    expect(step?.note).not.toContain('meta_')
  })

  test('links what is published', () => {
    const facts = {
      account_name: 'Oat & Ember',
      network: 'facebook',
      permalink: 'https://www.facebook.com/1/posts/2',
    }
    const [step] = timelineSteps([row('publish_published', { facts })], ZONE)
    expect(step?.permalink).toEqual({ href: 'https://www.facebook.com/1/posts/2', network: 'Facebook' })
  })

  test('puts the yes before what it opened, though both bear one moment', () => {
    expect(titles(row('shared'), row('approved'))).toEqual([
      'Marguerite Oakes approved version 2',
      'The client can see version 2',
    ])
  })

  test('speaks to a client as to a client', () => {
    const [step] = timelineSteps([row('shared', { actor_name: 'Teo Okafor' })], ZONE, 'client')
    expect(step?.title).toBe('Teo Okafor sent you version 2')
  })

  test('leaves no row out that it has no words for', () => {
    expect(titles(row('kind_of_tomorrow'))).toEqual(['Marguerite Oakes: kind of tomorrow'])
  })
})
