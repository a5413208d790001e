import { expect, test } from 'vitest'
import { afterConnecting, connectedWords } from './connected-words.ts'

const page = (account_name: string) => ({ network: 'facebook', account_name })
const instagram = (account_name: string) => ({ network: 'instagram', account_name })

test('says which accounts are there now, and on which network', () => {
  expect(connectedWords([page('Oat & Ember')])).toBe('Oat & Ember on Facebook is connected')
  expect(connectedWords([page('Oat & Ember'), instagram('oatandember')])).toBe(
    'Two accounts are connected: Oat & Ember on Facebook and oatandember on Instagram',
  )
  expect(connectedWords([])).toBe('Nothing new was connected')
})

test('says that Instagram came with its Page, or why none did', () => {
  expect(afterConnecting([page('Oat & Ember'), instagram('oatandember')], null)).toContain('comes with it')
  expect(afterConnecting([page('Oat & Ember')], { skipped: [] })).toContain('No Instagram account is linked')
})

test('says what was left out and why', () => {
  const skipped = [{ name: 'Tarn archive', reason: 'no_right_to_post' }]
  expect(afterConnecting([page('Tarn Cycles')], { skipped })).toMatch(
    /Left out: Tarn archive \(that sign-in may not post there\)\.$/,
  )
  const declined = [{ name: 'Instagram', reason: 'instagram_declined' }]
  expect(afterConnecting([page('Tarn Cycles')], { skipped: declined })).toBe(
    'Posts can go there from now on. Left out: Instagram (the permission was declined).',
  )
})
