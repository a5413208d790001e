import type { Network, PostFormat } from '#lib/platforms/contract.ts'
import { type Fault, READ_FAULTS, WRITE_FAULTS } from './faults.ts'
import type { Fate } from './kills.ts'
import { dealer, numbers } from './numbers.ts'

/** `webp`: a picture that no network takes as it is; `parts`: a film of so many bytes that it goes up in two. */
export type Medium = 'picture' | 'webp' | 'film' | 'parts'

/** What a post consists of that becomes this format there. */
export type Content = {
  name: string
  network: Network
  format: PostFormat
  wish: 'feed' | 'reel' | 'story'
  media: readonly Medium[]
  link: string | null
}

function content(
  network: Network,
  format: PostFormat,
  media: readonly Medium[] = [],
  { link = null, wish = 'feed' }: Partial<Pick<Content, 'link' | 'wish'>> = {},
): Content {
  const isLong = media.includes('parts') ? ' in parts' : ''
  const isOf = format === 'story' ? ` of a ${media[0]}` : ''
  return { name: `${network} ${format}${isOf}${isLong}`, network, format, wish, media, link }
}

/** Every format of both networks, and the ways to it that differ. */
export const CONTENTS: readonly Content[] = [
  content('facebook', 'text'),
  content('facebook', 'link', [], { link: 'https://oatandember.example/menu' }),
  content('facebook', 'image', ['picture']),
  content('facebook', 'carousel', ['picture', 'picture']),
  content('facebook', 'video', ['film']),
  content('facebook', 'reel', ['film'], { wish: 'reel' }),
  content('instagram', 'image', ['webp']),
  content('instagram', 'carousel', ['picture', 'film']),
  content('instagram', 'reel', ['film'], { wish: 'reel' }),
  content('instagram', 'story', ['picture'], { wish: 'story' }),
  content('instagram', 'story', ['film'], { wish: 'story' }),
]

/** They take a second of processor time each. */
const LONG_CONTENTS: readonly Content[] = [
  content('facebook', 'video', ['parts']),
  content('facebook', 'reel', ['parts'], { wish: 'reel' }),
  content('instagram', 'reel', ['parts'], { wish: 'reel' }),
]
/** Among so many others there is one of them. */
const LONG_AMONG = 40

/** What the workers of an untroubled post pass, and which calls they make. */
export type Path = { places: number; writes: number; reads: number }

export type Case = {
  content: Content
  on: 'POST' | 'GET'
  /** So many calls of this kind pass before the fault strikes. */
  skip: number
  fault: Fault
  fate: Fate
  /** Where workers meet it; none: nobody dies. A second one comes while the first is recovered from. */
  places: readonly number[]
}

/** Every fault on every call, with every place where a worker can die. */
export function countCases(paths: ReadonlyMap<Content, Path>): number {
  return [...paths.values()].reduce(
    (sum, { places, writes, reads }) =>
      sum + (writes * WRITE_FAULTS.length + reads * READ_FAULTS.length) * (places + 1),
    0,
  )
}

/** For whoever wakes up after everything was done without them: they must do nothing more. */
const FAINT_WITH = WRITE_FAULTS.filter(({ name }) => ['none', 'drop after', 'slow answer'].includes(name))

/** Chosen by the seed, so that every format, every fault and every place comes up before any comes again. */
export function chooseCases(
  paths: ReadonlyMap<Content, Path>,
  { seed, count }: { seed: number; count: number },
): Case[] {
  const random = numbers(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const nextContent = dealer(CONTENTS, random)
  const nextLong = dealer(LONG_CONTENTS, random)
  const nextFault = dealer(
    [
      ...WRITE_FAULTS.map((fault) => ({ on: 'POST' as const, fault })),
      ...READ_FAULTS.map((fault) => ({ on: 'GET' as const, fault })),
    ],
    random,
  )
  const nextBefore = dealer(FAINT_WITH, random)
  const nextPlace = new Map(
    [...paths].map(([of, { places }]) => [of, dealer([...Array(places + 1).keys()], random)]),
  )
  return Array.from({ length: count }, (_, n) => {
    const content = n % LONG_AMONG === LONG_AMONG - 1 ? nextLong() : nextContent()
    const { writes, reads } = paths.get(content) ?? { writes: 1, reads: 1 }
    const { on, fault } = nextFault()
    const skip = upTo(on === 'POST' ? writes : reads)
    const place = nextPlace.get(content)?.() ?? 0
    const given: Case = { content, on, skip, fault, fate: 'dies', places: place === 0 ? [] : [place] }
    const kind = random()
    // A frozen worker comes back when everything was done without it; a second death meets the recovery.
    if (kind < 0.05)
      return { ...given, on: 'POST', skip: 0, fault: nextBefore(), fate: 'faints', places: [place || 1] }
    return place === 0 || kind > 0.5 ? given : { ...given, places: [place, place + 1 + upTo(6)] }
  })
}

/** All contents, for the untroubled posts that show their paths. */
export const EVERY_CONTENT = [...CONTENTS, ...LONG_CONTENTS]

export function describeCase({ content, on, skip, fault, fate, places }: Case): string {
  const death = places.length > 0 ? `, ${fate} at ${places.join(' and ')}` : ''
  return `${content.name}, ${fault.name} on ${on} ${skip + 1}${death}`
}
