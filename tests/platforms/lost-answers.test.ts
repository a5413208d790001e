import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ConnectedAccount, Network, Post, PostFormat } from '#lib/platforms/contract.ts'
import { type Desk, openDesk, START, type Stored } from './desk.ts'

let desk: Desk
let accounts: Record<Network, ConnectedAccount>

beforeAll(async () => {
  desk = await openDesk()
  const { page: facebook, instagram } = await desk.connect('Tidewater')
  accounts = { facebook, instagram }
})
afterAll(() => desk.close())
afterEach(() => desk.sandbox.disarm())

/**
 * As the engine would: what may be out is looked for among the posts that no other job owns, all else is taken up
 * where it was left.
 */
async function publish(account: ConnectedAccount, post: Post, owned: readonly string[]): Promise<string> {
  const since = new Date(Date.now() - 1_000)
  let at = START
  for (let claims = 0; claims < 60; claims++) {
    const { outcome, at: left } = await desk.run(account, post, at)
    at = left
    if (outcome.kind === 'published') return outcome.platformPostId
    if (outcome.kind === 'unknown') {
      const seen = await desk.look(account, post, { ...at, step: 'publish' }, since)
      const candidates = seen.kind === 'read' ? seen.candidates : []
      const mine = candidates.find(({ platformPostId }) => !owned.includes(platformPostId))
      if (mine) return mine.platformPostId
      continue
    }
    const isPassing =
      outcome.kind === 'unsent' || (outcome.kind === 'refused' && outcome.class === 'transient')
    if (!isPassing) throw new Error(JSON.stringify(outcome))
  }
  throw new Error('It came to no end.')
}

const faults = [
  { kind: 'drop', accept: 'before' },
  { kind: 'drop', accept: 'after' },
  { kind: 'server_error', accept: 'after' },
] as const

const formats: [Network, PostFormat, () => Promise<Stored[]>][] = [
  ['facebook', 'text', async () => []],
  ['facebook', 'image', async () => [await desk.picture()]],
  ['facebook', 'carousel', async () => [await desk.picture(), await desk.picture()]],
  ['facebook', 'video', async () => [desk.film()]],
  ['facebook', 'reel', async () => [desk.film()]],
  ['instagram', 'image', async () => [await desk.picture()]],
  ['instagram', 'carousel', async () => [await desk.picture(), desk.film()]],
  ['instagram', 'reel', async () => [desk.film()]],
  ['instagram', 'story', async () => [desk.film()]],
]

test.each(formats)(
  '%s %s: whichever answer is lost, the post is out once, and known',
  async (network, format, media) => {
    const account = accounts[network]
    const published = async () =>
      (await desk.sandbox.publishedBy(account.platformAccountId)).map(({ id }) => id)
    const post = async (mark: string) =>
      desk.post(account, format, `${network} ${format} ${mark}`, await media())

    await desk.sandbox.forgetCalls()
    await publish(account, await post('undisturbed'), [])
    const mutations = await desk.sandbox.countMutations()
    expect(mutations).toBeGreaterThan(0)
    for (const fault of faults) {
      for (let skip = 0; skip < mutations; skip++) {
        const before = await published()
        await desk.sandbox.arm({ ...fault, skip, match: { method: 'POST' } })
        const id = await publish(account, await post(`${fault.kind} ${fault.accept} ${skip}`), before)
        await desk.sandbox.disarm()
        const added = (await published()).filter((one) => !before.includes(one))
        expect(added, `${fault.kind} ${fault.accept} call ${skip + 1}`).toEqual([id])
      }
    }
  },
)
