import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { profiledColumns } from '../columns/profiled-column.ts'
import { type CodedColumn, type CodeMatrix, readCodeMatrix } from './code-matrix.ts'
import { correlations, cramersV, pearson } from './correlations.ts'
import { functionalDependencies } from './dependencies.ts'
import { candidateKeys } from './keys.ts'
import { missingTogether } from './missing-together.ts'
import { countDuplicates, isKey, profileTable } from './profile-table.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

async function matrixOf(from: Sql, limitRows = 10_000): Promise<CodeMatrix> {
  const columns = profiledColumns(await duck.columns(sql`SELECT * FROM ${from}`))
  return readCodeMatrix(duck, { from, columns, limitRows }, {})
}

function columnOf(matrix: CodeMatrix, name: string): CodedColumn {
  const found = matrix.columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`no column ${name}`)
  return found
}

/** Rows of three columns with few values, some of them NULL. */
const rowsOf = fc.array(
  fc.tuple(...['a', 'b', 'c'].map(() => fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }))),
  { minLength: 2, maxLength: 40 },
)

function tableOf(rows: readonly (readonly (number | null)[])[]): Sql {
  const values = rows.map((row) => sql`(${join(row.map((cell) => sql`CAST(${literal(cell)} AS INTEGER)`))})`)
  return sql`(SELECT * FROM (VALUES ${join(values)}) AS t(a, b, c))`
}

describe('keys', () => {
  it.each([
    ['one column', sql`SELECT i AS a, 1 AS b FROM range(20) t(i)`, [['a']]],
    ['two columns', sql`SELECT i // 5 AS a, i % 5 AS b, 0 AS c FROM range(20) t(i)`, [['a', 'b']]],
    ['three columns', sql`SELECT i // 4 AS a, i // 2 % 2 AS b, i % 2 AS c FROM range(8) t(i)`, [['a', 'b', 'c']]],
    ['none with NULL', sql`SELECT nullif(i, 3) AS a FROM range(20) t(i)`, []],
    ['none among equal rows', sql`SELECT i % 10 AS a, i % 5 AS b FROM range(20) t(i)`, []],
  ])('%s', async (_case, rows, keys) => {
    expect(candidateKeys(await matrixOf(sql`(${rows})`)).map(({ columns }) => columns)).toEqual(keys)
  })

  it('are what SQL finds unique, and none contains another', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const from = tableOf(rows)
        const found = candidateKeys(await matrixOf(from)).map(({ columns }) => columns.join(''))
        const unique = async (columns: readonly string[]): Promise<boolean> => {
          const list = join(columns.map((name) => id(name)))
          const full = join(
            columns.map((name) => sql`${id(name)} IS NOT NULL`),
            ' AND ',
          )
          return (
            (await duck.value(sql`SELECT count(*) = count(DISTINCT (${list})) AND bool_and(${full}) FROM ${from}`)) ===
            'true'
          )
        }
        const expected: string[] = []
        for (const set of ['a', 'b', 'c', 'ab', 'ac', 'bc', 'abc']) {
          const isUnique = await unique(Array.from(set))
          expect(await isKey(duck, from, Array.from(set), {})).toBe(isUnique)
          if (isUnique && !expected.some((key) => Array.from(key).every((name) => set.includes(name))))
            expected.push(set)
        }
        expect(found.toSorted()).toEqual(expected.toSorted())
      }),
      { numRuns: 30 },
    )
  })
})

it('equal rows are those beyond the distinct ones', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async (rows) => {
      const from = tableOf(rows)
      const columns = profiledColumns(await duck.columns(sql`SELECT * FROM ${from}`))
      const expected = await duck.value(
        sql`SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT * FROM ${from})) FROM ${from}`,
      )
      expect(String(await countDuplicates(duck, from, columns, {}))).toBe(expected)
    }),
    { numRuns: 30 },
  )
})

describe('dependencies', () => {
  const CITIES = sql`(SELECT i % 10 AS postcode, 'city ' || (i % 10 // 2) AS city, i AS id FROM range(200) t(i))`

  it('run from the telling column to the told one', async () => {
    const found = functionalDependencies(await matrixOf(CITIES))
    expect(found).toEqual([{ by: 'postcode', column: 'city', violations: 0, groups: 10 }])
  })

  it('count the rows that break them', async () => {
    const broken = sql`(SELECT postcode, CASE WHEN id IN (3, 17) THEN 'elsewhere' ELSE city END AS city FROM ${CITIES})`
    expect(functionalDependencies(await matrixOf(broken))).toMatchObject([
      { by: 'postcode', column: 'city', violations: 2 },
    ])
  })
})

describe('correlations', () => {
  it('Anscombe’s four sets have 0.816 each', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    const sets = [
      [x, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]],
      [x, [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74]],
      [x, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]],
      [
        [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89],
      ],
    ] as const
    for (const [a, b] of sets) expect(Math.abs(pearson(a, b) - 0.8165)).toBeLessThan(0.0005)
  })

  it('are as DuckDB’s corr of numbers and of ranks', async () => {
    const from = sql`(SELECT hash(i) % 100 AS a, hash(i) % 100 + hash(i + 1) % 60 AS b FROM range(500) t(i))`
    const [pearsonSql, spearmanSql] =
      (
        await duck.rows(
          sql`SELECT corr(a, b), (SELECT corr(p, q) FROM (SELECT rank() OVER (ORDER BY a) + count(*) OVER (PARTITION BY a) / 2 AS p, rank() OVER (ORDER BY b) + count(*) OVER (PARTITION BY b) / 2 AS q FROM ${from})) FROM ${from}`,
        )
      ).rows[0]?.map(Number) ?? []
    const found = correlations(await matrixOf(from))
    const of = (method: string): number | undefined => found.find((pair) => pair.method === method)?.value
    expect(of('pearson')).toBeCloseTo(pearsonSql ?? 0, 12)
    expect(of('spearman')).toBeCloseTo(spearmanSql ?? 0, 12)
  })

  it('Cramér’s V is 1 for two names of one thing and near 0 for independent ones', async () => {
    const matrix = await matrixOf(
      sql`(SELECT 'k' || i % 4 AS a, 'z' || i % 4 AS b, 'w' || i // 4 % 5 AS c FROM range(2000) t(i))`,
    )
    expect(cramersV(columnOf(matrix, 'a'), columnOf(matrix, 'b'), matrix.rows)).toBeCloseTo(1, 12)
    expect(cramersV(columnOf(matrix, 'a'), columnOf(matrix, 'c'), matrix.rows)).toBe(0)
  })

  it('Cramér’s V of hair and eye colour (Snee 1974) is 0.279 before its bias is taken away', async () => {
    const counts = [
      [68, 20, 15, 5],
      [119, 84, 54, 29],
      [26, 17, 14, 14],
      [7, 94, 10, 16],
    ]
    const rows = counts.flatMap((row, hair) =>
      row.map((n, eye) => sql`SELECT ${literal(hair)} AS hair, ${literal(eye)} AS eye FROM range(${literal(n)})`),
    )
    const matrix = await matrixOf(sql`(${join(rows, ' UNION ALL ')})`)
    const corrected = cramersV(columnOf(matrix, 'hair'), columnOf(matrix, 'eye'), matrix.rows)
    // phi² = 138.29 / 592; Bergsma's correction by hand.
    const phi2 = 138.28984 / 592 - 9 / 591
    expect(corrected).toBeCloseTo(Math.sqrt(phi2 / (4 - 9 / 591 - 1)), 5)
  })
})

it('missing together', async () => {
  const matrix = await matrixOf(
    sql`(SELECT nullif(i % 4, 0) AS a, nullif(i % 4, 0) * 2 AS b, nullif(i % 3, 0) AS c FROM range(120) t(i))`,
  )
  expect(missingTogether(matrix)).toEqual([{ columns: ['a', 'b'], both: 30, either: 30 }])
})

it('a large table is compared in a sample, and says so', async () => {
  const from = sql`(SELECT i AS a, i % 5 AS b FROM range(20000) t(i))`
  const columns = profiledColumns(await duck.columns(sql`SELECT * FROM ${from}`))
  const found = await profileTable(duck, { from, columns, rows: 20_000, isSample: false }, {})
  expect(found.keys).toEqual({ rows: 20_000, isSample: false, found: [{ columns: ['a'] }] })
  expect(found.dependencies).toMatchObject({ rows: 10_000, isSample: true })
})
