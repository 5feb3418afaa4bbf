import { join as joinPath } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellText } from '../contract/cell-text.ts'
import type { ColumnProfile } from '../contract/profile/column-profile.ts'
import { type Profile, profileSchema } from '../contract/profile/profile.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../sql/sql.ts'
import { type PrintedColumn, plainColumn } from '../testing/plain-profile/column.ts'
import { plainForm } from '../testing/plain-profile/text.ts'
import { profileRelation } from './profile-relation.ts'

// Every figure of a column, against plain JavaScript over the same printed values: on real files, and on values made to be awkward.

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

const VEGA = joinPath(import.meta.dirname, '../../node_modules/vega-datasets/data')
const csv = (name: string): Sql => sql`(FROM read_csv(${literal(joinPath(VEGA, name))}))`
const json = (name: string): Sql => sql`(FROM read_json(${literal(joinPath(VEGA, name))}))`

describe('real data', () => {
  it.each([
    [
      'movies.json: titles that are numbers, missing values, money',
      sql`(SELECT * REPLACE (CAST("Title" ->> '$' AS VARCHAR) AS "Title") FROM ${json('movies.json')})`,
    ],
    ['seattle-weather.csv: every day of four years', csv('seattle-weather.csv')],
    ['github.csv: hours, some of them missing', csv('github.csv')],
    ['birdstrikes.csv: categories and texts', sql`(FROM ${csv('birdstrikes.csv')} LIMIT 3000)`],
    ['airports.csv: names of all kinds, far coordinates', sql`(FROM ${csv('airports.csv')} LIMIT 2000)`],
    ['penguins.json: a sex that is a full stop', json('penguins.json')],
    ['disasters.csv: kinds by year', csv('disasters.csv')],
    ['sp500.csv: months', csv('sp500.csv')],
  ])('%s', async (_file, from) => {
    await duck.run(sql`CREATE OR REPLACE TABLE real AS FROM ${from}`)
    await expectPlain(sql`real`)
  })
})

/** Alphabets that meet: forms, shapes, blanks, case, damage, words for nothing, numbers and dates in text. */
const texts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u3000',
    'N/A',
    'null',
    '无',
    'yes',
    'FALSE',
    '1,234.50',
    '12,34',
    '-0',
    '1e5',
    '.',
    '2024-02-29',
    '29.02.2024',
  ),
  fc.constantFrom(
    'Feb 29 2024',
    '29 feb 2024',
    '2024年2月29日',
    '2024-02-29 10:00',
    'Müller',
    'MÜLLER ',
    ' müller',
    'a\u0007b',
    '\uFFFD',
    '한국',
    'ǅ',
  ),
  fc.string({ unit: fc.constantFrom('A', 'b', '7', ' ', '-', '汉', '字', 'ä', 'か', '\t', '٣'), maxLength: 70 }),
)
const VALUES: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['VARCHAR', texts],
  ['VARCHAR', fc.constantFrom('red', 'Red', 'green', 'blue ')],
  ['INTEGER', fc.integer({ min: -20, max: 20 }).map(String)],
  ['BIGINT', fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(1_000_000, -5)).map(String)],
  ['DECIMAL(12,2)', fc.integer({ min: -400, max: 400 }).map((quarter) => String(quarter / 4))],
  [
    'DOUBLE',
    fc.oneof(
      fc.integer({ min: -8, max: 8 }).map((half) => String(half / 2)),
      fc.constantFrom('nan', 'inf', '-inf', '1e200'),
    ),
  ],
  ['BOOLEAN', fc.boolean().map(String)],
  [
    'DATE',
    fc.integer({ min: 0, max: 40 }).map((day) => new Date(Date.UTC(2024, 1, 20 + day)).toISOString().slice(0, 10)),
  ],
  [
    'TIMESTAMP',
    fc.integer({ min: 0, max: 2_000 }).map((hour) => new Date(Date.UTC(1969, 11, 1, hour)).toISOString().slice(0, 19)),
  ],
]

const table = fc
  .array(fc.tuple(...VALUES.map(([, value]) => fc.option(value, { nil: null, freq: 8 }))), {
    minLength: 1,
    maxLength: 300,
  })
  .map((rows) => rows.map((row) => sql`(${join(row.map((cell) => sql`CAST(${literal(cell)} AS VARCHAR)`))})`))

/** A table of one of the awkward types, for what was found by chance. */
const FOUND: readonly (readonly [string, readonly number[]])[] = [['numbers that cancel each other out', [2, -18, -18]]]

describe('awkward data', () => {
  it.each(FOUND)('has the figures of plain JavaScript: %s', async (_case, numbers) => {
    await duck.run(
      sql`CREATE OR REPLACE TABLE made AS SELECT CAST(n AS INTEGER) AS n FROM (VALUES ${join(numbers.map((n) => sql`(${literal(n)})`))}) AS t(n)`,
    )
    await expectPlain(sql`made`)
  })

  it('has the figures of plain JavaScript', async () => {
    const cells = VALUES.map(([type], i) => sql`CAST(${id(`t${i}`)} AS ${trusted(type)}) AS ${id(`${type} ${i}`)}`)
    const names = join(VALUES.map((_, i) => id(`t${i}`)))
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        await duck.run(
          sql`CREATE OR REPLACE TABLE made AS SELECT ${join(cells)} FROM (VALUES ${join(rows)}) AS t(${names})`,
        )
        await expectPlain(sql`made`)
      }),
      { numRuns: 20 },
    )
  })
})

async function expectPlain(from: Sql): Promise<void> {
  const profile = await profileOf(from)
  for (const column of profile.columns) {
    const { name } = column
    const { rows } = await duck.rows(sql`SELECT CAST(${id(name)} AS VARCHAR) FROM ${from}`)
    const printed: PrintedColumn = rows.map(([cell]) => (cell === null || cell === undefined ? null : cellText(cell)))
    expect([name, rounded(shown(column))]).toEqual([name, rounded(plainColumn(printed, column))])
    expectExamples(column, printed)
  }
}

async function profileOf(from: Sql): Promise<Profile> {
  const columns = await duck.columns(sql`FROM ${from}`)
  const rows = BigInt((await duck.value(sql`SELECT count(*) FROM ${from}`)) ?? '0')
  const request = {
    duck,
    source: { from: () => from, rowsNow: () => rows, settled: () => Promise.resolve(rows) },
    columns,
    dataset: 'x:y',
    scope: () => ({ isWhole: true }),
    isFull: true,
    warnings: () => [],
    now: new Date('2026-01-01'),
  }
  return profileSchema.parse((await Array.fromAsync(profileRelation(request))).at(-1)?.profile)
}

/** What `plainColumn` gives too. */
function shown({ exact, kind, detail, order }: ColumnProfile): object {
  const { values, singles, top, rare, number, time, text, histogram = [] } = detail
  const isPlaced = kind === 'number' || kind === 'date' || kind === 'timestamp'
  return {
    exact,
    values,
    singles,
    top,
    rare,
    number: number && {
      quantiles: number.quantiles.map(({ at, value }) => ({ at, value: Number(value) })),
      median: number.median,
      mad: number.mad,
      outliers: { ...number.outliers, examples: undefined },
    },
    time: time && {
      ...time,
      quantiles: time.quantiles.map(({ value }) => Date.parse(kind === 'date' ? value : `${value.replace(' ', 'T')}Z`)),
    },
    text: text && {
      ...text,
      patterns: text.patterns.map(({ pattern, count }) => ({ pattern, count })),
      shapes: text.shapes.map(({ shape, count }) => ({ shape, count })),
      mojibake: undefined,
      controlCharacters: text.controlCharacters.count,
    },
    ...(isPlaced ? { bins: histogram.map(({ count }) => count) } : {}),
    order,
  }
}

/** Examples may be chosen freely among values that stand as often; what they are examples of may not. */
function expectExamples({ name, detail: { text, number } }: ColumnProfile, printed: PrintedColumn): void {
  for (const { pattern, examples } of text?.patterns ?? []) {
    expect([name, examples.map(plainForm)]).toEqual([name, examples.map(() => pattern)])
    expect(examples.length).toBeGreaterThan(0)
    expect(printed).toEqual(expect.arrayContaining(examples))
  }
  const { iqr, examples = [] } = number?.outliers ?? {}
  const standing = examples.map(({ value }) => ({ value, count: printed.filter((one) => one === value).length }))
  expect([name, examples]).toEqual([name, standing])
  const inside = examples.filter(
    ({ value }) => iqr !== undefined && Number(value) >= iqr.low && Number(value) <= iqr.high,
  )
  expect([name, inside]).toEqual([name, []])
}

/**
 * Without what is undefined, and without the digits that a sum of DOUBLE loses in another order: what is left of two that
 * cancel each other out is as good as none.
 */
function rounded(figures: object): unknown {
  const text = JSON.stringify(figures)
  let largest = 0
  JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'number') largest = Math.max(largest, Math.abs(value))
  })
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'number') return value
    return Math.abs(value) < largest * 1e-12 ? 0 : Number(value.toPrecision(9))
  })
}
