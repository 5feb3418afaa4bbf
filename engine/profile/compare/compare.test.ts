import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeText } from '../../contract/profile/change-texts.ts'
import { type Comparison, thresholdsSchema } from '../../contract/profile/comparison.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { profileRelation } from '../profile-relation.ts'
import { compareProfiles } from './compare.ts'
import { distributionOf, jensenShannon, kolmogorovSmirnov, mixOf, populationStability } from './distribution.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

async function profileOf(query: Sql): Promise<Profile> {
  const from = sql`(${query})`
  const rows = BigInt((await duck.value(sql`SELECT count(*) FROM ${from}`)) ?? '0')
  const source = { from: () => from, rowsNow: () => rows, settled: () => Promise.resolve(rows) }
  const columns = await duck.columns(query)
  const request = {
    duck,
    source,
    columns,
    dataset: 'x:y',
    scope: () => ({ isWhole: true }),
    isFull: false,
    warnings: () => [],
    now: new Date(),
  }
  const events = await Array.fromAsync(profileRelation(request))
  const last = events.at(-1)?.profile
  if (last === undefined) throw new Error('no profile')
  return last
}

async function compared(before: Sql, after: Sql): Promise<Comparison> {
  return compareProfiles(await profileOf(before), await profileOf(after), thresholdsSchema.parse({}))
}

const beyond = ({ changes }: Comparison): string[] =>
  changes.filter(({ isBeyond }) => isBeyond).map(({ code, column }) => `${code} ${column ?? ''}`.trim())

describe('two profiles', () => {
  const SALES = sql`SELECT i AS id, ['red', 'green', 'blue'][i % 3 + 1] AS colour, (hash(i) % 1000)::INTEGER AS amount, CASE WHEN i % 50 = 0 THEN NULL ELSE 'x' || i END AS note FROM range(3000) t(i)`

  it('of the same rows differ in nothing', async () => {
    expect(beyond(await compared(SALES, SALES))).toEqual([])
  })

  it.each([
    ['a column gone', sql`SELECT * EXCLUDE (note) FROM (${SALES})`, ['compare.column_removed note']],
    ['a column more', sql`SELECT *, 1 AS more FROM (${SALES})`, ['compare.column_added more']],
    ['another type', sql`SELECT * REPLACE (amount::DOUBLE AS amount) FROM (${SALES})`, ['compare.type_changed amount']],
    [
      'half of the rows',
      sql`SELECT * FROM (${SALES}) WHERE id % 2 = 0`,
      ['compare.rows', 'compare.distinct id', 'compare.distinct note'],
    ],
    [
      'holes',
      sql`SELECT * REPLACE (CASE WHEN id % 10 < 3 THEN NULL ELSE amount END AS amount) FROM (${SALES})`,
      ['compare.null_share amount'],
    ],
    [
      'a new colour',
      sql`SELECT * REPLACE (CASE WHEN id % 100 = 1 THEN 'grey' ELSE colour END AS colour) FROM (${SALES})`,
      ['compare.new_categories colour', 'compare.distinct colour'],
    ],
    [
      'a colour less',
      sql`SELECT * REPLACE (CASE WHEN colour = 'blue' THEN 'red' ELSE colour END AS colour) FROM (${SALES})`,
      ['compare.lost_categories colour', 'compare.jensen_shannon colour', 'compare.distinct colour'],
    ],
    [
      'more money',
      sql`SELECT * REPLACE (amount + 500 AS amount) FROM (${SALES})`,
      ['compare.population_stability amount', 'compare.kolmogorov_smirnov amount', 'compare.quantile_shift amount'],
    ],
  ])('%s', async (_case, after, expected) => {
    const found = await compared(SALES, after)
    expect(beyond(found)).toEqual(expected)
    for (const change of found.changes)
      for (const language of ['en', 'zh'] as const) expect(changeText(change, language)).not.toMatch(/[{}]/)
  })
})

describe('distances', () => {
  const bins = (counts: readonly number[]) => counts.map((count, i) => ({ from: String(i), to: String(i + 1), count }))
  const distribution = (counts: readonly number[]) => {
    const found = distributionOf(bins(counts))
    if (found === undefined) throw new Error('no values')
    return found
  }
  const counts = fc
    .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 12 })
    .filter((list) => list.some((count) => count > 0))

  it('Kolmogorov-Smirnov is the largest gap of the cumulated shares', () => {
    expect(kolmogorovSmirnov(distribution([1, 1, 1, 1]), distribution([0, 0, 2, 2]))).toBeCloseTo(0.5, 12)
    expect(kolmogorovSmirnov(distribution([1, 0]), distribution([0, 1]))).toBe(1)
  })

  it('the population stability index of a scorecard is the sum over its bands', () => {
    // Ten even bands before; after, the first holds twice and the last none of its former share.
    const after = [20, 10, 10, 10, 10, 10, 10, 10, 10, 0]
    const expected = (0.2 - 0.1) * Math.log(2) + (1e-4 - 0.1) * Math.log(1e-4 / 0.1)
    expect(populationStability(distribution(Array.from({ length: 10 }, () => 10)), distribution(after))).toBeCloseTo(
      expected,
      6,
    )
  })

  it('Jensen-Shannon is 1 for mixes with nothing in common, and 0.311 for half in common', () => {
    const mix = (...names: string[]) => mixOf(names.map((value) => ({ value, count: 1 })))
    expect(jensenShannon(mix('a'), mix('b'))).toBe(1)
    // H(1/4, 3/4) - (H(1/2, 1/2) + H(1)) / 2 in bits.
    expect(jensenShannon(mix('a', 'b'), mix('b'))).toBeCloseTo(0.8112781 - 0.5, 6)
  })

  it('are 0 from a thing to itself, not negative, and KS and JS the same both ways', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const [a, b] = [distribution(first), distribution(second)]
        expect(populationStability(a, a)).toBeCloseTo(0, 9)
        expect(kolmogorovSmirnov(a, a)).toBe(0)
        expect(populationStability(a, b)).toBeGreaterThanOrEqual(-1e-12)
        expect(kolmogorovSmirnov(a, b)).toBeCloseTo(kolmogorovSmirnov(b, a), 12)
        expect(kolmogorovSmirnov(a, b)).toBeLessThanOrEqual(1)
        const mix = (list: readonly number[]) =>
          mixOf(list.flatMap((count, i) => (count === 0 ? [] : [{ value: String(i), count }])))
        expect(jensenShannon(mix(first), mix(second))).toBeCloseTo(jensenShannon(mix(second), mix(first)), 12)
      }),
    )
  })
})
