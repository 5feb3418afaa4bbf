import fc from 'fast-check'
import { expect, it } from 'vitest'
import { estimatedDistinct } from './whole-figures.ts'

const detail = (singles: number) => ({ singles })

it.each([
  // Charikar et al. 2000, section 3: sqrt(n / r) values for each that stands once in the sample, one for each of the others.
  ['a hundredth of the rows', { distinct: 60, singles: 50, share: 0.01, values: 1e6 }, 10 + 50 * 10, 10 + 50 * 100],
  ['no value once', { distinct: 7, singles: 0, share: 0.01, values: 1e6 }, 7, 7],
  ['no more values than rows', { distinct: 100, singles: 100, share: 0.01, values: 500 }, 500, 500],
])('estimates from %s', (_case, { distinct, singles, share, values }, count, most) => {
  const found = estimatedDistinct({ distinct, detail: detail(singles) }, { share, values })
  expect(found.count).toBe(count)
  // Twice the error reaches the farthest that it can be, on either side.
  expect(count * (1 + 2 * found.error)).toBeCloseTo(Math.max(most, 2 * count - distinct), 6)
})

it('holds the true number of values within its error, whatever they are', () => {
  const seeded = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const tables = fc.record({
    values: fc.integer({ min: 1, max: 3_000 }),
    skew: fc.constantFrom(1, 2, 4),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  fc.assert(
    fc.property(tables, ({ values, skew, seed }) => {
      const random = seeded(seed)
      const rows = Array.from({ length: 20_000 }, () => Math.floor(values * random() ** skew))
      const sample = new Map<number, number>()
      let taken = 0
      for (const value of rows) {
        if (random() >= 0.1) continue
        taken++
        sample.set(value, (sample.get(value) ?? 0) + 1)
      }
      const singles = [...sample.values()].filter((n) => n === 1).length
      const found = estimatedDistinct(
        { distinct: sample.size, detail: detail(singles) },
        { share: taken / rows.length, values: rows.length },
      )
      expect(Math.abs(new Set(rows).size - found.count)).toBeLessThanOrEqual(2 * found.error * found.count + 1)
    }),
    { numRuns: 60, seed: 4 },
  )
})
