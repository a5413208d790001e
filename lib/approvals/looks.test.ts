import { expect, test } from 'vitest'
import { looksOf } from './looks.ts'
import type { VersionChannel } from './schema.ts'

const channel = (account_name: string, body: string | null = null): VersionChannel => ({
  channel_id: account_name,
  connection_id: account_name,
  network: 'facebook',
  account_name,
  format: 'feed',
  body,
  first_comment: null,
})

test('accounts with the same text share a look, an own text makes another', () => {
  const looks = looksOf({
    body: 'All seven shops open at seven.',
    firstComment: null,
    channels: [channel('Oat & Ember'), channel('Station', 'The kiosk opens at six.'), channel('Harbour')],
  })
  expect(looks.map(({ accountNames, text }) => [accountNames.join(' and '), text])).toEqual([
    ['Oat & Ember and Harbour', 'All seven shops open at seven.'],
    ['Station', 'The kiosk opens at six.'],
  ])
})
