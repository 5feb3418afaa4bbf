/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 <= n < below. */
  int(below: number): number
  chance(share: number): boolean
  pick<T>(of: readonly [T, ...T[]]): T
}

/** Mulberry32 (T. Ettinger): one 32-bit state, good enough to choose what to do next. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number): number => Math.floor(next() * below)
  return { int, chance: (share) => next() < share, pick: (of) => of[int(of.length)] ?? of[0] }
}
