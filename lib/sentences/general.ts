import type { Sentence } from './facts.ts'

export const unexpected =
  'Something broke on our side, and we cannot say yet what was kept. Look at the page again before you repeat it.'

export const general: Record<string, Sentence> = {
  unexpected,
  no_connection:
    'The desk got no answer from its database. Look at what is there now, then try again in a moment.',
  not_allowed: 'Your role on this brand does not include this. Whoever manages its people can change that.',
  not_found: 'This is not here any more, or it was never yours to see.',
  already_there: 'This exists already. Look at what is there before you add it again.',
  still_in_use: 'Something else still rests on this, so it stays.',
  input_invalid: 'Some of what was typed does not fit. Look at the marked fields.',
  count_not_exact: 'Ask for an exact count: a guessed one would count rows that are not yours to see.',
  busy: 'Someone else was changing the same thing at the same moment. Try again.',
  too_slow: 'The database took too long, so this was stopped and nothing was changed. Try again.',
  origin_not_ours:
    'This form was sent from another site, so nothing was done. Open the page here and try again.',
}
