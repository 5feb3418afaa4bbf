import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableProfile } from '../../contract/profile/table-profile.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, literal, type Sql, sql } from '../../sql/sql.ts'
import { type ProfiledColumn, profiledColumns } from '../columns/profiled-column.ts'
import { profileTable } from './profile-table.ts'

// What columns say about each other, for every pair of columns of real files, by SQL that asks for one pair at a time.

const VEGA = joinPath(import.meta.dirname, '../../../node_modules/vega-datasets/data')
const FILES: readonly (readonly [string, Sql])[] = [
  [
    'movies.json',
    sql`SELECT * REPLACE (CAST("Title" ->> '$' AS VARCHAR) AS "Title") FROM read_json(${literal(joinPath(VEGA, 'movies.json'))})`,
  ],
  ['birdstrikes.csv', sql`FROM read_csv(${literal(joinPath(VEGA, 'birdstrikes.csv'))}) LIMIT 4000`],
]

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

describe.each(FILES)('%s', (_name, query) => {
  let table: TableProfile
  let columns: readonly ProfiledColumn[]
  let rows: number
  beforeAll(async () => {
    await duck.run(sql`CREATE OR REPLACE TABLE t AS ${query}`)
    columns = profiledColumns(await duck.columns(sql`FROM t`))
    rows = await numberOf(sql`SELECT count(*) FROM t`)
    table = await profileTable(duck, { from: sql`t`, columns, rows, isSample: false }, {})
  })

  it('one column decides another in all but 2 % of the rows', async () => {
    const expected = []
    for (const [by, column] of ordered(columns)) {
      const [held = 0, groups = 0] = await numbersOf(
        sql`SELECT count(${id(by.name)}), count(DISTINCT ${id(by.name)}) FROM t`,
      )
      const commonest = await numberOf(
        sql`SELECT max(n) FROM (SELECT count(*) AS n FROM t GROUP BY ${id(column.name)})`,
      )
      const violations = await numberOf(
        sql`SELECT sum(n) - sum(kept) FROM (SELECT sum(n) AS n, max(n) AS kept FROM (SELECT ${id(by.name)} AS b, ${id(column.name)} AS c, count(*) AS n FROM t WHERE b IS NOT NULL GROUP BY ALL) GROUP BY b)`,
      )
      const values = await numberOf(sql`SELECT count(DISTINCT ${id(column.name)}) FROM t`)
      const isTold = groups >= 2 && values >= 2 && held >= 3 * groups && violations <= 0.02 * held
      if (isTold && violations * 5 <= rows - commonest)
        expected.push({ by: by.name, column: column.name, violations, groups })
    }
    expect(expected.length).toBeLessThanOrEqual(30)
    expect(inOrder(table.dependencies.found)).toEqual(inOrder(expected))
  })

  it('values are missing together', async () => {
    const expected = []
    for (const [a, b] of pairs(columns)) {
      const [ofA = 0, ofB = 0, both = 0] = await numbersOf(
        sql`SELECT count_if(${id(a.name)} IS NULL), count_if(${id(b.name)} IS NULL), count_if(${id(a.name)} IS NULL AND ${id(b.name)} IS NULL) FROM t`,
      )
      const either = ofA + ofB - both
      if (ofA >= 5 && ofB >= 5 && both >= 0.8 * either) expected.push({ columns: [a.name, b.name], both, either })
    }
    expect(inOrder(table.missingTogether.found)).toEqual(inOrder(expected))
  })

  it('numbers and categories go together', async () => {
    const expected = []
    for (const [a, b] of pairs(columns)) {
      const names = [a.name, b.name]
      if (a.kind === 'number' && b.kind === 'number') {
        expected.push({ columns: names, method: 'pearson', value: await pearson(a, b) })
        expected.push({ columns: names, method: 'spearman', value: await spearman(a, b) })
      } else if ((await isCategory(a)) && (await isCategory(b)))
        expected.push({ columns: names, method: 'cramers_v', value: await cramer(a, b) })
    }
    const told = expected
      .filter(({ value }) => Math.abs(value) >= 0.3)
      .toSorted((x, y) => Math.abs(y.value) - Math.abs(x.value))
      .slice(0, 40)
    expect(inOrder(table.correlations.found.map(rounded))).toEqual(inOrder(told.map(rounded)))
    expect(told.length).toBeGreaterThan(0)
  })
})

async function numbersOf(query: Sql): Promise<number[]> {
  const { rows } = await duck.rows(query)
  return (rows[0] ?? []).map((cell) => (cell === null ? Number.NaN : Number(cell)))
}

async function numberOf(query: Sql): Promise<number> {
  return (await numbersOf(query))[0] ?? Number.NaN
}

function bothOf(a: ProfiledColumn, b: ProfiledColumn): Sql {
  return sql`(SELECT ${id(a.name)} AS a, ${id(b.name)} AS b FROM t WHERE a IS NOT NULL AND b IS NOT NULL)`
}

function pearson(a: ProfiledColumn, b: ProfiledColumn): Promise<number> {
  return numberOf(sql`SELECT CASE WHEN count(*) >= 10 THEN corr(a, b) END FROM ${bothOf(a, b)}`)
}

/** Equal values share the mean of their ranks. */
function spearman(a: ProfiledColumn, b: ProfiledColumn): Promise<number> {
  const rank = (of: Sql): Sql => sql`rank() OVER (ORDER BY ${of}) + (count(*) OVER (PARTITION BY ${of}) - 1) / 2`
  return numberOf(
    sql`SELECT CASE WHEN count(*) >= 10 THEN corr(p, q) END FROM (SELECT ${rank(sql`a`)} AS p, ${rank(sql`b`)} AS q FROM ${bothOf(a, b)})`,
  )
}

async function isCategory({ name, kind }: ProfiledColumn): Promise<boolean> {
  const values = await numberOf(sql`SELECT count(DISTINCT ${id(name)}) FROM t`)
  return values >= 2 && values <= (kind === 'number' ? 15 : 60)
}

/** Chi-squared by the cells that were to be expected, then Bergsma's correction. */
async function cramer(a: ProfiledColumn, b: ProfiledColumn): Promise<number> {
  const [chi2 = 0, n = 0, r = 0, k = 0] = await numbersOf(
    sql`WITH held AS ${bothOf(a, b)}, ofa AS (SELECT a, count(*) AS n FROM held GROUP BY a), ofb AS (SELECT b, count(*) AS n FROM held GROUP BY b),
      cells AS (SELECT a, b, count(*) AS n FROM held GROUP BY a, b), total AS (SELECT count(*) AS n FROM held)
      SELECT (SELECT sum((coalesce(cells.n, 0) - e) * (coalesce(cells.n, 0) - e) / e)
        FROM (SELECT ofa.a, ofb.b, ofa.n * ofb.n / total.n AS e FROM ofa, ofb, total) AS expected LEFT JOIN cells ON cells.a = expected.a AND cells.b = expected.b),
        (SELECT n FROM total), (SELECT count(*) FROM ofa), (SELECT count(*) FROM ofb)`,
  )
  if (n < 10) return Number.NaN
  const corrected = Math.max(0, chi2 / n - ((r - 1) * (k - 1)) / (n - 1))
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
  return least <= 0 ? Number.NaN : Math.min(1, Math.sqrt(corrected / least))
}

function ordered(columns: readonly ProfiledColumn[]): [ProfiledColumn, ProfiledColumn][] {
  return columns.flatMap((a) => columns.filter((b) => b !== a).map((b): [ProfiledColumn, ProfiledColumn] => [a, b]))
}

function pairs(columns: readonly ProfiledColumn[]): [ProfiledColumn, ProfiledColumn][] {
  return columns.flatMap((a, i) => columns.slice(i + 1).map((b): [ProfiledColumn, ProfiledColumn] => [a, b]))
}

function rounded<Found extends { readonly value: number }>(found: Found): Found {
  return { ...found, value: Number(found.value.toFixed(9)) }
}

function inOrder(found: readonly object[]): string[] {
  return found.map((one) => JSON.stringify(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted()
}
