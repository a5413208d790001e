import { describe, expect, test } from 'vitest'
import { renderHtml } from './html.ts'
import type { Template } from './payload.ts'
import { writeMail } from './templates.ts'
import { renderText } from './text.ts'

const links = { url: 'https://desk.halyard.example/open/token', siteUrl: 'https://desk.halyard.example' }
const facts = {
  agency_name: 'Halyard Studio',
  brand_name: 'Oat & Ember',
  brand_slug: 'oat-ember',
  post_id: '6f0c0a52-0000-4000-8000-000000000001',
  post_title: 'One tray, one take',
  slug: 'OE-321',
  version: 2,
  scheduled_at: '2026-09-18T16:30:00Z',
  time_zone: 'Europe/London',
  image_path: 'brand/asset/picture.jpg',
  body: 'Twenty-seven folds, no cuts, no music, and the oven light at four in the morning. '.repeat(3),
  person_name: 'Marguerite Baker',
  inviter_name: 'Ines Duarte',
  role: 'client_approver',
  expires_at: '2026-12-01T10:00:00Z',
  comment: 'At the counter from seven, please.\n\nThe rest is lovely.',
  account_name: 'Oat & Ember',
  network: 'facebook',
  code: 'meta_token_expired',
  reason: 'Session expired',
  waiting: 3,
}
const templates: Template[] = [
  'invitation',
  'approval_request',
  'changes_requested',
  'approved',
  'publish_failed',
  'connection_attention',
]

/** What a reader sees of a page: its words, without tags, styles and the padding of the preview. */
function wordsOf(html: string): string {
  return html
    .replace(/<(style|title|head)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
}

describe.each(templates)('the mail %s', (template) => {
  const mail = writeMail(template, facts, links)

  test('says the same on its page and in plain text', async () => {
    const text = renderText(mail).replaceAll(/\s+/g, ' ')
    const page = wordsOf(await renderHtml(mail, { hasPicture: true })).replaceAll(/\s+/g, ' ')
    for (const said of [
      mail.heading,
      ...mail.paragraphs,
      mail.piece?.excerpt ?? '',
      mail.piece?.slugAndTime ?? '',
      ...(mail.facts ?? []).map(({ value }) => value),
      mail.action.label,
      mail.silence ?? '',
      mail.footer,
    ]) {
      expect(text).toContain(said)
      expect(page).toContain(said)
    }
  })

  test('keeps to 72 columns, but for addresses', () => {
    const lines = renderText(mail).split('\n')
    expect(lines.filter((line) => line.length > 72 && !line.startsWith('https://'))).toEqual([])
  })

  test('leads where it should, and nowhere else', async () => {
    const page = await renderHtml(mail, { hasPicture: false })
    const targets = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, target]) => target)
    expect(new Set(targets)).toEqual(
      new Set([links.url, ...(mail.preferencesUrl ? [mail.preferencesUrl] : [])]),
    )
  })
})

test('only the mail a client may have fewer of offers that', () => {
  const offering = templates.filter((template) => writeMail(template, facts, links).preferencesUrl !== null)
  expect(offering).toEqual(['approval_request'])
})

test('an invitation speaks to colleagues of work, and to clients of their page', () => {
  expect(writeMail('invitation', { ...facts, role: 'creator' }, links).subject).toBe(
    'Ines Duarte asks you to join Oat & Ember',
  )
  expect(writeMail('invitation', facts, links).subject).toBe(
    'Halyard Studio invites you to your page for Oat & Ember',
  )
})

test('a time is never without its zone, and its lack is said', () => {
  const planned = writeMail('approval_request', facts, links)
  expect(planned.subject).toBe('A post needs your OK by Fri 18 Sep, 17:30, London')
  const open = writeMail('approval_request', { ...facts, scheduled_at: null }, links)
  expect(open.subject).toBe('A post needs your OK')
  expect(open.piece?.slugAndTime).toBe('OE-321, version 2 · no time yet')
})

test('a payload that lacks what the mail needs is refused', () => {
  expect(() => writeMail('approved', { ...facts, brand_slug: undefined }, links)).toThrow(/brand_slug/)
})
