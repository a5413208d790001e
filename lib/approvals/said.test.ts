import { expect, test } from 'vitest'
import { saidIn } from './said.ts'

const comment = (id: string, audience: 'internal' | 'client', at: string) => ({
  id,
  audience,
  at,
  body: id,
  by: 'teo',
})

test('a decision’s words stand among the comments of its own lane, in the order they were said', () => {
  const said = {
    comments: [
      comment('price is out', 'client', '2026-09-16T10:12:00Z'),
      comment('the kiosk sells dearer', 'internal', '2026-09-16T10:14:00Z'),
    ],
    versions: [
      {
        version: 2,
        decisions: [
          {
            id: 'd1',
            audience: 'client' as const,
            outcome: 'changes_requested' as const,
            by: 'marguerite',
            at: '2026-09-15T16:08:00.5+00:00',
            comment: 'No price in the text.',
          },
        ],
      },
    ],
  }
  expect(saidIn('client', said).map(({ body, about }) => [body, about])).toEqual([
    ['No price in the text.', 'asked for changes to version 2'],
    ['price is out', undefined],
  ])
  expect(saidIn('internal', said).map(({ body }) => body)).toEqual(['the kiosk sells dearer'])
})
