import fc from 'fast-check'
import { type Role, roles } from './cast.ts'
import { writeDirectly } from './direct-writes.ts'
import type { Way } from './exploration.ts'
import { onward } from './onward.ts'
import { type Answer, modes, peopleMoves } from './people-moves.ts'
import { type Piece, readPiece } from './pieces.ts'
import { workerMoves } from './worker-moves.ts'
import type { Setting, World } from './world.ts'

/** One move: which, by whom (people's moves alone), about which of the three pieces, in which of its forms. */
export type Step = { what: string; who: Role; piece: number; pick: number }

export const settings: fc.Arbitrary<Setting> = fc.record({
  modes: fc.tuple(fc.constantFrom(...modes), fc.constantFrom(...modes)),
  selfApproval: fc.boolean(),
  aiMade: fc.boolean(),
})

/** How often each move is tried: what works on a piece, what the worker does with it, what happens around it. */
const writing = { save: 4, submit: 2, withdraw: 1, archive: 1, deleteDraft: 1, comment: 1 }
const deciding = { approve: 4, askChanges: 1, reject: 1, hold: 2 }
const timing = { schedule: 2, unschedule: 1, publishNow: 2 }
const judging = { retry: 2, recheck: 1, markLive: 1 }
const sending = { claim: 3, claimWhenDue: 2, intent: 2, result: 5, look: 2, lookInVain: 1, sweep: 1, wait: 2 }
const around = {
  setMode: 1,
  setRole: 1,
  removeMember: 1,
  rejoin: 1,
  disconnect: 1,
  reconnect: 1,
  deleteBrand: 1,
}
const pictures = { upload: 1, readPictures: 1, archiveMedia: 1 }
const weights = {
  // Most random moves are refused; one in four goes on as people who know their trade would.
  onward: 14,
  writeDirectly: 3,
  // A brand that is to be deleted stands still: kept more often than that, walks come on.
  keepBrand: 4,
  ...{ ...writing, ...deciding, ...timing, ...judging, ...sending, ...around, ...pictures },
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...Object.entries(weights).flatMap(([what, weight]) => Array(weight).fill(what))),
  // Most moves are for these four; all others try them too.
  who: fc.constantFrom(...roles, 'owner', 'manager', 'creator', 'approver', 'approver'),
  piece: fc.constantFrom(0, 0, 0, 1, 2),
  pick: fc.nat({ max: 999 }),
})

/** Somewhere along the usual way, anything may happen. */
export const ways: fc.Arbitrary<Way> = fc
  .tuple(
    fc.array(
      step.map((given) => ({ ...given, what: 'onward' })),
      { maxLength: 12, size: 'max' },
    ),
    fc.array(fc.oneof({ weight: 12, arbitrary: step }, { weight: 1, arbitrary: fc.tuple(step, step) }), {
      maxLength: 25,
      size: 'max',
    }),
  )
  .map(([usual, anything]) => [...usual, ...anything])

/** A step as it was taken, and what came of it: done, a refusal's code, or what went wrong. */
export type Taken = Step & { answer: string }

/** @returns null where there was no piece left to take it on */
export async function take(world: World, given: Step): Promise<Taken | null> {
  const piece = await readPiece(world, world.postIds[given.piece] ?? world.postIds[0])
  if (!piece) return null
  const step = given.what === 'onward' ? onward(piece, given) : given
  return { ...step, answer: await act(world, step, piece) }
}

async function act(world: World, { what, who, pick }: Step, piece: Piece): Promise<string> {
  const person = world.cast[who]
  if (what === 'writeDirectly') return `HTTP ${await writeDirectly({ world, person, piece, pick })}`
  if (isOneOf(peopleMoves, what)) return spoken(await peopleMoves[what]({ world, person, piece, pick }))
  if (!isOneOf(workerMoves, what)) throw new Error(`No move is called ${what}.`)
  return workerMoves[what]({ world, piece, pick }).then(
    () => 'done',
    ({ code = '', message }: { code?: string; message: string }) => spoken({ error: { code, message } }),
  )
}

function isOneOf<Moves extends object>(moves: Moves, what: PropertyKey): what is keyof Moves {
  return what in moves
}

function spoken({ error }: Answer): string {
  if (!error) return 'done'
  return error.code === 'P0001' ? error.message : `${error.code} ${error.message}`
}
