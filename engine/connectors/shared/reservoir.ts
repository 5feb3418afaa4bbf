import type { RowBatch } from './row-batch.ts'

/**
 * A uniform random sample of the rows of all batches, in source order, the same for the same seed. Rejects pass through.
 *
 * Source: Vitter, "Random sampling with a reservoir", algorithm R; the generator is mulberry32.
 */
export async function* reservoir(
  batches: AsyncIterable<RowBatch>,
  { rows: size, seed }: { readonly rows: number; readonly seed: number },
): AsyncGenerator<RowBatch> {
  const random = seededRandom(seed)
  const kept: { readonly position: number; readonly row: string }[] = []
  let position = 0
  for await (const batch of batches) {
    for (const row of batch.rows) {
      if (kept.length < size) kept.push({ position, row })
      else {
        const slot = Math.floor(random() * (position + 1))
        if (slot < size) kept[slot] = { position, row }
      }
      position++
    }
    if (batch.rejects.length > 0) yield { rows: [], rejects: batch.rejects }
  }
  yield { rows: kept.toSorted((a, b) => a.position - b.position).map(({ row }) => row), rejects: [] }
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
