import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isKnownCode, RefusalError, sentenceFor, unwrap } from './errors.ts'
import { refusal, refusalFrom } from './refusals.ts'

const root = path.resolve(import.meta.dirname, '..')

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
}

function codesIn(texts: string[], pattern: RegExp): string[] {
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code ?? ''))),
  ].sort()
}

describe('every code has its sentence', () => {
  const migrations = filesUnder('supabase/migrations', /\.sql$/)

  test.each(codesIn(migrations, /private\.refuse\('([a-z_]+[a-z])'/g))(
    '%s, which a migration refuses with',
    (code) => {
      expect(isKnownCode(code)).toBe(true)
    },
  )

  test.each(codesIn(migrations, /end_job\(\w+, '\w+', '([a-z_]+)'/g))('%s, which ends a job', (code) => {
    expect(isKnownCode(code)).toBe(true)
  })

  // refuse('invite_' || state), refuse('link_' || state)
  test.each(['invite_expired', 'invite_revoked', 'invite_used', 'link_expired', 'link_revoked'])(
    '%s, which a state makes',
    (code) => {
      expect(isKnownCode(code)).toBe(true)
    },
  )

  const outside = [...filesUnder('worker', /\.ts$/), ...filesUnder('lib/platforms', /\.ts$/)]
  const codes = codesIn(outside, /\bcode: '([a-z]+_[a-z_]+)'/g)
  test.each(codes)('%s, which the worker or a connector files', (code) => {
    expect(isKnownCode(code) || code === 'facebook_link_becomes_text').toBe(true) // a note, in its own words
  })

  test('the worker files codes at all', () => {
    expect(codes).toContain('platform_timeout')
  })
})

describe('sentences', () => {
  test('say figures and times of the matter', () => {
    expect(sentenceFor('post_too_long', { network: 'instagram', limit: 2200, length: 2314 })).toBe(
      'Instagram takes up to 2,200 characters; this text has 2,314.',
    )
    expect(
      sentenceFor('schedule_past', { scheduled_at: '2026-07-01T06:30:00Z', time_zone: 'Europe/Lisbon' }),
    ).toBe('Wed 1 Jul, 07:30 WEST has passed. Choose a time from now on.')
  })

  test('stand without their facts too', () => {
    expect(sentenceFor('media_too_large')).toBe(
      'A picture may weigh up to 30 MB; this one weighs more. Make it smaller, then upload it again.',
    )
  })

  test('an unknown code never reaches a person', () => {
    expect(sentenceFor('PGRST999')).toBe(sentenceFor('unexpected'))
    expect(sentenceFor('constructor')).toBe(sentenceFor('unexpected'))
  })
})

describe('what the Data API, Auth and Storage answer', () => {
  const raised = (message: string, details: string) => ({
    name: 'PostgrestError',
    code: 'P0001',
    message,
    details,
    hint: '',
  })

  test('a raised code becomes its refusal, facts included', () => {
    expect(refusalFrom(raised('content_changed', '{"version": 5}'))).toEqual({
      code: 'content_changed',
      sentence:
        'This post was changed since you opened it, to version 5. See what changed, then decide again.',
      facts: { version: 5 },
    })
  })

  test('a code without a sentence is a fault, not a refusal', () => {
    expect(refusalFrom(raised('nobody_wrote_this', '{}'))).toBeNull()
  })

  test.each([
    [{ code: '42501', message: 'permission denied for table brands' }, 'not_allowed'],
    [{ code: 'PGRST116', message: '0 rows' }, 'not_found'],
    [{ code: '23505', message: 'duplicate key' }, 'already_there'],
    [{ code: '', message: 'TypeError: fetch failed', details: 'ECONNREFUSED' }, 'no_connection'],
    [{ name: 'AuthRetryableFetchError', message: '' }, 'no_connection'],
    [
      { name: 'AuthApiError', code: 'invalid_credentials', message: 'Invalid login credentials' },
      'password_wrong',
    ],
    [{ __isStorageError: true, statusCode: '413', message: 'too large' }, 'media_too_large'],
  ])('%o is %s', (error, code) => {
    expect(refusalFrom(error)?.code).toBe(code)
  })

  test.each([null, 'broken', new Error('broken'), { code: 'XX000', message: 'internal error' }])(
    '%o is a fault',
    (error) => {
      expect(refusalFrom(error)).toBeNull()
    },
  )
})

describe('unwrapping an action', () => {
  test('gives the data', async () => {
    expect(await unwrap(Promise.resolve({ data: { id: 1 } }))).toEqual({ id: 1 })
  })

  test('throws its refusal', async () => {
    const answer = unwrap(Promise.resolve({ serverError: refusal('post_held') }))
    await expect(answer).rejects.toBeInstanceOf(RefusalError)
  })

  test('throws what its fields said', async () => {
    const answer = unwrap(
      Promise.resolve({ validationErrors: { formErrors: [], fieldErrors: { title: ['Name it.'] } } }),
    )
    await expect(answer).rejects.toMatchObject({ refusal: { code: 'input_invalid', sentence: 'Name it.' } })
  })
})
