import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellText } from '../../contract/cell-text.ts'
import type { ExactFigures } from '../../contract/profile/column-profile.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { profiledColumns } from './profiled-column.ts'
import { scanRows } from './scan-rows.ts'
import { scanValues } from './scan-values.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

const TYPES = [
  'INTEGER',
  'DECIMAL(9,2)',
  'DOUBLE',
  'VARCHAR',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'TIME',
  'HUGEINT',
] as const

/** Texts that become values of the types; names collide with those that our statements use. */
const VALUES: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  INTEGER: ['-3', '0', '7', '2147483647'],
  'DECIMAL(9,2)': ['-1.50', '0.00', '2.00', '3.25'],
  DOUBLE: ['-1.5', '0', '2', 'nan', 'inf', '1e200'],
  VARCHAR: ['', ' ', 'a ', ' b', '中文', '\uFFFD', "it's", '\u00A0\u3000'],
  BOOLEAN: ['true', 'false'],
  DATE: ['1999-12-31', '2024-02-29', 'infinity'],
  TIMESTAMP: ['2024-02-29 12:00:00.000001', '1969-12-31 23:59:59'],
  TIME: ['00:00:00', '23:59:59'],
  HUGEINT: ['170141183460469231731687303715884105727', '-1', '0'],
}
const NAMES = ['v', 'n', 'others', 'centre', 'c0', 'counted', 'a"b', 'rows', '列'] as const

const table = fc
  .array(fc.tuple(...TYPES.map((type) => fc.option(fc.constantFrom(...VALUES[type]), { nil: null }))), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows): Sql => {
    const cells = TYPES.map((type, i) => sql`CAST(${id(`t${i}`)} AS ${trusted(type)}) AS ${id(NAMES[i] ?? '')}`)
    const values = rows.map((row) => sql`(${join(row.map((cell) => sql`CAST(${literal(cell)} AS VARCHAR)`))})`)
    return sql`(SELECT ${join(cells)} FROM (VALUES ${join(values)}) AS t(${join(TYPES.map((_, i) => id(`t${i}`)))}))`
  })

describe('counted values', () => {
  it('give the figures that the rows give', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (from) => {
        const columns = profiledColumns(await duck.columns(sql`FROM ${from}`))
        const byRow = await scanRows(duck, { from, columns, estimates: false }, {})
        const byValue = await scanValues(duck, { from, columns }, {})
        for (const { name } of columns) {
          const { exact, top } = byValue.get(name) ?? {}
          expect([name, withoutSums(exact)]).toEqual([name, withoutSums(byRow.get(name))])
          expect([name, apart(exact, byRow.get(name))]).toEqual([name, []])
          expect([name, exact?.distinct, top]).toEqual([name, ...(await countedBySql(from, name))])
        }
      }),
      { numRuns: 30 },
    )
  })
})

function withoutSums(figures: ExactFigures | undefined): object {
  const { mean: _mean, std: _std, distinct: _distinct, ...rest } = figures ?? { mean: 0, std: 0, distinct: 0 }
  return rest
}

/** Means that differ by more than what a sum of DOUBLE loses in another order. */
function apart(one: ExactFigures | undefined, other: ExactFigures | undefined): unknown[] {
  const means = (figures: ExactFigures | undefined): (number | undefined)[] => [
    figures?.mean,
    figures?.std,
    figures?.length?.mean,
  ]
  const others = means(other)
  const lost = 1e-9 * Math.max(...others.map((mean) => Math.abs(mean ?? 0)))
  return means(one)
    .map((mean, i) => [mean, others[i]])
    .filter(([a, b]) => a !== b && !(Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) <= lost))
}

async function countedBySql(from: Sql, name: string): Promise<unknown[]> {
  const column = id(name)
  const { rows } = await duck.rows(
    sql`SELECT CAST(${column} AS VARCHAR), count(*) FROM ${from} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY count(*) DESC, ${column}`,
  )
  const top = rows.map(([value, count]) => ({ value: cellText(value ?? null), count: Number(count) }))
  return [{ count: rows.length, error: 0 }, top]
}
