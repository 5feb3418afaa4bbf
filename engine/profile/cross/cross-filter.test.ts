import { join as joinPath } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column } from '../../contract/column.ts'
import { type Dimension, dimensionOfFinding, dimensionsOf } from '../../contract/profile/cross-filter.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { join, literal, sql, trusted } from '../../sql/sql.ts'
import { profileRelation } from '../profile-relation.ts'
import { type CrossFilter, openCrossFilter } from './cross-filter.ts'

let duck: Duck
let columns: Column[]
let cross: CrossFilter
let dimensions: Dimension[]
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
  const movies = joinPath(import.meta.dirname, '../../../node_modules/vega-datasets/data/movies.json')
  await duck.run(
    sql`CREATE TABLE movies AS SELECT * REPLACE (CAST("Title" ->> '$' AS VARCHAR) AS "Title", strptime("Release Date", '%b %d %Y')::DATE AS "Release Date") FROM read_json(${literal(movies)})`,
  )
  columns = await duck.columns(sql`FROM movies`)
  const source = { from: () => sql`movies`, rowsNow: () => 3201n, settled: () => Promise.resolve(3201n) }
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
  const profile = (await Array.fromAsync(profileRelation(request))).at(-1)?.profile
  if (profile === undefined) throw new Error('no profile')
  dimensions = dimensionsOf(profile)
  expect(
    profile.findings.every(
      (finding) => finding.condition === undefined || dimensionOfFinding(dimensions, finding) >= 0,
    ),
  ).toBe(true)
  cross = await openCrossFilter({ duck, from: sql`movies`, columns, dimensions, table: sql`crossed` }, {})
})
afterAll(() => duck[Symbol.asyncDispose]())

async function rowsUnder(filter: readonly ({ sql: string } | object)[]): Promise<number> {
  const conditions = filter.map((one) => sql`(${trusted('sql' in one ? one.sql : 'false')})`)
  const where = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
  return Number(await duck.value(sql`SELECT count(*) FROM movies${where}`))
}

describe('a cross-filter', () => {
  it('counts every row in one bin of each chart', async () => {
    const { rows, counts } = await cross.count(duck, [], {})
    expect(rows).toBe(3201)
    counts.forEach((bins, i) => {
      const sum = bins.reduce((total, count) => total + count, 0)
      expect([i, sum]).toEqual([i, dimensions[i]?.kind === 'condition' ? 0 : 3201])
    })
  })

  it('has the bins that the grid’s own conditions find', async () => {
    const { counts } = await cross.count(duck, [], {})
    for (const [i, bins] of counts.entries()) {
      if (dimensions[i]?.kind === 'condition') continue
      for (const bin of [0, bins.length >> 1, bins.length - 2, bins.length - 1]) {
        const { filter, rows } = await cross.count(duck, [{ dimension: i, bins: [bin] }], {})
        expect([dimensions[i], bin, await rowsUnder(filter), rows]).toEqual([dimensions[i], bin, bins[bin], bins[bin]])
      }
    }
  })

  it('shows in each chart what the selections in the others leave', async () => {
    const selection = fc.record({
      dimension: fc.nat({ max: dimensions.length - 1 }),
      bins: fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 40 }),
    })
    const selections = fc.uniqueArray(selection, { maxLength: 3, selector: ({ dimension }) => dimension })
    const seen = fc.record({ dimension: fc.nat({ max: dimensions.length - 1 }), bin: fc.nat({ max: 40 }) })
    const whole = await cross.count(duck, [], {})
    const binsOf = (dimension: number, bins: readonly number[]): number[] => {
      const known = dimensions[dimension]?.kind === 'condition' ? 1 : (whole.counts[dimension]?.length ?? 1)
      return [...new Set(bins.map((bin) => bin % known))]
    }
    await fc.assert(
      fc.asyncProperty(selections, seen, async (wanted, { dimension: shown, bin }) => {
        const legal = wanted.map(({ dimension, bins }) => ({ dimension, bins: binsOf(dimension, bins) }))
        const { rows, counts, filter } = await cross.count(duck, legal, {})
        expect(rows).toBe(await rowsUnder(filter))
        if (dimensions[shown]?.kind === 'condition') return
        const others = filter.filter((_, i) => legal[i]?.dimension !== shown)
        expect(counts[shown]?.reduce((total, count) => total + count, 0)).toBe(await rowsUnder(others))
        const [one = 0] = binsOf(shown, [bin])
        const alone = await cross.count(duck, [{ dimension: shown, bins: [one] }], {})
        expect(counts[shown]?.[one]).toBe(await rowsUnder([...others, ...alone.filter]))
      }),
      { numRuns: 40 },
    )
  })

  it('points at the rows that keep one column from deciding another', async () => {
    await duck.run(
      sql`CREATE TABLE towns (zip INTEGER, town VARCHAR); INSERT INTO towns VALUES (1, 'a'), (1, 'a'), (1, 'b'), (2, NULL), (2, NULL), (2, 'it''s'), (3, 'c'), (3, 'c'), (NULL, 'x'), (NULL, 'y'), (4, 'd'), (4, NULL)`,
    )
    const finding = { code: 'profile.dependency_violated' as const, columns: ['town', 'zip'] }
    const asked: Dimension[] = [
      { kind: 'values', column: 'town', values: ['b'] },
      { kind: 'dependency', by: 'zip', column: 'town' },
    ]
    expect(dimensionOfFinding(asked, finding)).toBe(1)
    const request = { duck, from: sql`towns`, columns: await duck.columns(sql`FROM towns`), table: sql`crossed_towns` }
    const opened = await openCrossFilter({ ...request, dimensions: asked }, {})
    const { rows, filter } = await opened.count(duck, [{ dimension: 1, bins: [0] }], {})
    expect(rows).toBe(3)
    const [found] = filter
    const kept = await duck.rows(
      sql`SELECT zip, town FROM towns WHERE ${trusted(found !== undefined && 'sql' in found ? found.sql : 'false')} ORDER BY zip`,
    )
    expect(kept.rows).toEqual([
      [1, 'b'],
      [2, "it's"],
      [4, null],
    ])
    const clean = { ...request, from: sql`(FROM towns WHERE zip = 3)`, dimensions: asked }
    expect((await (await openCrossFilter(clean, {})).count(duck, [{ dimension: 1, bins: [0] }], {})).rows).toBe(0)
  })

  it('tells when a dependency is broken in more groups than a condition can name', async () => {
    const towns = (groups: number) =>
      sql`(SELECT i // 3 AS zip, CASE i % 3 WHEN 0 THEN 'x' ELSE 'y' END AS town FROM range(${literal(3 * groups)}) t(i))`
    const open = async (groups: number) => {
      const from = towns(groups)
      const own = {
        columns: await duck.columns(sql`SELECT * FROM ${from}`),
        dimensions: [{ kind: 'dependency' as const, by: 'zip', column: 'town' }],
      }
      const opened = await openCrossFilter({ duck, from, ...own, table: sql`crossed_many` }, {})
      const { rows, cut } = await opened.count(duck, [{ dimension: 0, bins: [0] }], {})
      return { rows, cut }
    }
    expect(await open(2_000)).toEqual({ rows: 2_000, cut: [] })
    expect(await open(2_001)).toEqual({ rows: 2_000, cut: [0] })
  })

  it('refuses what is no condition', async () => {
    const request = {
      duck,
      from: sql`movies`,
      columns,
      table: sql`t2`,
      dimensions: [{ kind: 'condition' as const, sql: 'true); DROP TABLE movies; SELECT (1' }],
    }
    await expect(openCrossFilter(request, {})).rejects.toMatchObject({ code: 'sql.invalid' })
    await expect(cross.count(duck, [{ dimension: 999, bins: [0] }], {})).rejects.toMatchObject({
      code: 'usage.invalid',
    })
  })
})
