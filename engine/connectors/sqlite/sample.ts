import type { SqliteDatabase } from './database.ts'

/**
 * Defines `runnel_draw()`: asked once per row in table order it gives 1 for exactly `rows` of `total` rows, the same ones for
 * the same seed. Algorithm S (Knuth, The Art of Computer Programming 2, 3.4.2).
 */
export function drawSample(database: SqliteDatabase, sample: { rows: number; seed: number; total: number }): void {
  const random = randomOf(sample.seed)
  let [wanted, left] = [sample.rows, sample.total]
  database.define('runnel_draw', () => {
    const isDrawn = random() * left < wanted
    left--
    if (isDrawn) wanted--
    return isDrawn ? 1n : 0n
  })
}

/** Numbers in [0, 1). Mulberry32 (T. Ettinger, public domain): enough for a sample, not for secrets. */
function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
