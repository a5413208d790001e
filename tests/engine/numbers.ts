export type Random = () => number

/** The same numbers for the same seed: mulberry32. */
export function numbers(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Deals everything once in an order of its own before it deals anything again. */
export function dealer<Card>(cards: readonly Card[], random: Random): () => Card {
  let deck: Card[] = []
  return () => {
    if (deck.length === 0) {
      deck = cards
        .map((card) => ({ card, at: random() }))
        .sort((one, other) => one.at - other.at)
        .map(({ card }) => card)
    }
    const card = deck.pop()
    if (card === undefined) throw new Error('nothing to deal')
    return card
  }
}
