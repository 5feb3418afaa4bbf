import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellCount } from '../../contract/cell-text.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql, trusted } from '../../sql/sql.ts'
import { limitsOf } from './target-limits.ts'
import { valueChecks } from './value-checks.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 256 })
})
afterAll(() => duck[Symbol.asyncDispose]())

async function found(values: string, to: string, kind: string): Promise<Record<string, number>> {
  await duck.run(sql`CREATE OR REPLACE TABLE given AS SELECT unnest([${trusted(values)}]) AS v`)
  const [column] = await duck.columns(sql`SELECT * FROM given`)
  if (column === undefined) throw new Error('no column')
  const counts: Record<string, number> = {}
  for (const check of valueChecks({ column, limits: limitsOf(to, kind), kind })) {
    const { rows } = await duck.rows(sql`SELECT count(*) FILTER (WHERE ${check.broken}) FROM given`)
    const count = Number(cellCount(rows[0]?.[0]))
    if (count > 0) counts[check.kind] = count
    // What is offered to mend it must be SQL.
    for (const fix of check.fixes('99')) {
      const fields =
        fix.kind === 'widen' ? [] : [JSON.stringify(fix.config).match(/"expr":"((?:[^"\\]|\\.)*)"/)?.[1] ?? '']
      for (const expr of fields) await duck.rows(sql`SELECT ${trusted(String(JSON.parse(`"${expr}"`)))} FROM given`)
    }
  }
  return counts
}

describe('values that do not fit', () => {
  it.each<[string, string, string, Record<string, number>]>([
    ['32767, 32768, -32769, NULL', 'smallint', 'postgresql', { overflow: 2 }],
    ['255::UTINYINT', 'tinyint unsigned', 'mysql', {}],
    ['-1, 0, 256', 'tinyint unsigned', 'mysql', { overflow: 2 }],
    ['9223372036854775807::HUGEINT, 9223372036854775808::HUGEINT', 'bigint', 'postgresql', { overflow: 1 }],
    ['1.5::DOUBLE, 2, 3e9', 'integer', 'postgresql', { overflow: 1, precision: 1 }],
    ["1.0::DOUBLE, 'NaN'::DOUBLE, 'inf'::DOUBLE", 'integer', 'postgresql', { not_a_number: 2 }],
    [
      '999.99::DECIMAL(9,3), 999.994, 999.995, 1000, 0.001',
      'numeric(5,2)',
      'postgresql',
      { overflow: 2, precision: 3 },
    ],
    ["'abcde', 'abcdef', '汉字汉字汉字'", 'character varying(5)', 'postgresql', { too_long: 2 }],
    [`'a', repeat('汉', 100)`, 'tinytext', 'mysql', { too_many_bytes: 1 }],
    [`'a', 'é', '汉', '😀'`, 'varchar(9) CHARACTER SET latin1', 'mysql', { encoding: 2 }],
    [`'a', 'é', '汉', '䶮', '😀'`, 'varchar(9) CHARACTER SET gbk', 'mysql', { encoding: 2 }],
    [`'a', '汉', '😀'`, 'varchar(9) CHARACTER SET utf8mb3', 'mysql', { encoding: 1 }],
    ["'a' || chr(0) || 'b', 'ab'", 'text', 'postgresql', { nul_character: 1 }],
    ["DATE '0999-12-31', DATE '1000-01-01', DATE 'infinity'", 'date', 'mysql', { date_range: 2 }],
    [
      "TIMESTAMP '1969-12-31 00:00:00', TIMESTAMP '2038-02-01 00:00:00', TIMESTAMP '2020-01-01 00:00:00'",
      'timestamp',
      'mysql',
      { date_range: 2, time_zone: 3 },
    ],
    ["TIMESTAMP '2020-01-01 00:00:00.123', TIMESTAMP '2020-01-01 00:00:00'", 'datetime', 'mysql', { precision: 1 }],
    [
      "TIMESTAMP '2020-01-01 00:00:00.123456', TIMESTAMP '2020-01-01 00:00:00.123'",
      'timestamp(3) without time zone',
      'postgresql',
      { precision: 1 },
    ],
    ["TIMESTAMPTZ '2020-01-01 00:00:00+08', NULL", 'timestamp without time zone', 'postgresql', { time_zone: 1 }],
    ["TIMESTAMP '2020-01-01 10:00:00', TIMESTAMP '2020-01-01 00:00:00'", 'date', 'postgresql', { precision: 1 }],
  ])('%s into %s of %s', async (values, to, kind, counts) => {
    expect(await found(values, to, kind)).toEqual(counts)
  })

  it('are those that DuckDB itself cannot cast to the type', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -200_000, max: 200_000 }), { minLength: 1, maxLength: 30 }),
        async (thousandths) => {
          const values = thousandths.map((value) => `${(value / 1000).toFixed(3)}::DECIMAL(9,3)`).join(', ')
          const counts = await found(values, 'DECIMAL(4,2)', 'duckdb')
          const refused = await duck.value(sql`SELECT count(*) FROM given WHERE TRY_CAST(v AS DECIMAL(4,2)) IS NULL`)
          const changed = await duck.value(sql`SELECT count(*) FROM given WHERE round(v, 2) <> v`)
          expect([counts['overflow'] ?? 0, counts['precision'] ?? 0]).toEqual([Number(refused), Number(changed)])
        },
      ),
      { numRuns: 40 },
    )
  })
})
