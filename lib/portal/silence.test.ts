import { expect, test } from 'vitest'
import { silenceSentence } from './silence.ts'

const now = new Date('2026-09-17T11:04:00Z')
const sentence = (scheduledAt: string | null) =>
  silenceSentence({ scheduledAt, zone: 'Europe/London', agencyName: 'Halyard Studio' }, now)

test('silence never publishes, and says what it does instead', () => {
  expect(sentence('2026-09-18T16:30:00Z')).toBe(
    'If you do nothing, it will not go out tomorrow 17:30. It waits for your OK, and Halyard Studio then finds it another time.',
  )
  expect(sentence(null)).toBe('If you do nothing, it will not go out. It waits for your OK.')
})

test('a slot that passed in silence is said to have passed', () => {
  expect(sentence('2026-09-17T10:00:00Z')).toBe(
    'Its time, today 11:00, passed without an OK, so it did not go out. With your OK Halyard Studio finds it another.',
  )
})
