/** A small seeded generator: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number from 0 up to but without `limit`. */
  below(limit: number): number
  /** @throws RangeError when there is nothing to pick. */
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
}

/** Mulberry32 (Tommy Ettinger, public domain algorithm). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return {
    below: (limit) => Math.floor(next() * limit),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    chance: (share) => next() < share,
  }
}
