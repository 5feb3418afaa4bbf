import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellText } from '../contract/cell-text.ts'
import type { Column } from '../contract/column.ts'
import type { ColumnProfile } from '../contract/profile/column-profile.ts'
import { type Profile, type ProfileEvent, profileSchema } from '../contract/profile/profile.ts'
import { ruleOfFinding } from '../contract/profile/rule-of-finding.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { id, literal, type Sql, sql, trusted } from '../sql/sql.ts'
import { type ProfileRequest, profileRelation } from './profile-relation.ts'

const VEGA = joinPath(import.meta.dirname, '../../node_modules/vega-datasets/data')

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

function requestOf({
  from,
  columns,
  rows,
  isFull,
}: {
  from: Sql
  columns: Column[]
  rows: bigint
  isFull: boolean
}): ProfileRequest {
  return {
    duck,
    source: { from: () => from, rowsNow: () => rows, settled: () => Promise.resolve(rows) },
    columns,
    dataset: 'x:y',
    scope: () => ({ isWhole: true }),
    isFull,
    warnings: () => [],
    now: new Date('2026-01-01'),
  }
}

async function events(from: Sql, isFull = false): Promise<ProfileEvent[]> {
  const columns = await duck.columns(sql`SELECT * FROM ${from}`)
  const rows = BigInt((await duck.value(sql`SELECT count(*) FROM ${from}`)) ?? '0')
  return Array.fromAsync(profileRelation(requestOf({ from, columns, rows, isFull })))
}

async function profileOf(from: Sql, isFull = false): Promise<Profile> {
  const profile = (await events(from, isFull)).at(-1)?.profile
  return profileSchema.parse(profile)
}

function columnOf(profile: Profile, name: string): ColumnProfile {
  const found = profile.columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`no column ${name}`)
  return found
}

/** What DuckDB says itself, by other SQL than the profile's. */
async function numbers(query: Sql): Promise<number[]> {
  const { rows } = await duck.rows(query)
  return (rows[0] ?? []).map(Number)
}

describe('movies.json', () => {
  let movies: Profile
  const from = sql`movies`
  beforeAll(async () => {
    await duck.run(
      sql`CREATE TABLE movies AS SELECT * REPLACE (CAST("Title" ->> '$' AS VARCHAR) AS "Title") FROM read_json(${literal(joinPath(VEGA, 'movies.json'))})`,
    )
    movies = await profileOf(from)
  })

  it('proposes checks that files of rules can hold', () => {
    const proposing = movies.findings.filter(({ rule }) => rule !== undefined)
    expect(proposing.length).toBeGreaterThan(3)
    for (const finding of proposing)
      expect([finding.code, ruleOfFinding(finding)?.check]).toEqual([finding.code, finding.rule?.check])
  })

  it('is counted whole', () => {
    expect(movies.scope).toEqual({ isWhole: true, rows: 3201 })
    expect(movies.basis).toEqual({ rows: 3201, isSample: false, shareError: 0, rankError: 0 })
  })

  it('has the figures that plain SQL gives, column by column', async () => {
    for (const { name, exact, detail } of movies.columns) {
      const column = id(name)
      const [nulls, distinct, singles] = await numbers(
        sql`SELECT count(*) FILTER (${column} IS NULL), count(DISTINCT ${column}), (SELECT count(*) FROM (SELECT 1 FROM movies WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) = 1)) FROM movies`,
      )
      expect([name, exact.nulls, exact.distinct, detail.singles]).toEqual([
        name,
        nulls,
        { count: distinct, error: 0 },
        singles,
      ])
    }
  })

  it('has SUMMARIZE’s ends, means and deviations', async () => {
    const { rows } = await duck.rows(sql`SELECT column_name, min, max, avg, std FROM (SUMMARIZE movies)`)
    for (const [name, min, max, avg, std] of rows) {
      const { exact, kind } = columnOf(movies, cellText(name))
      expect([name, exact.min, exact.max]).toEqual([name, min, max])
      if (kind !== 'number') continue
      expect(exact.mean).toBeCloseTo(Number(avg), 3)
      expect(exact.std ?? 0).toBeCloseTo(Number(std), 3)
    }
  })

  it.each(['US Gross', 'Running Time min', 'IMDB Rating'])('has the quantiles and outliers of %s', async (name) => {
    const column = id(name)
    const [median, q1, q3, mad] = await numbers(
      sql`SELECT median(${column}), quantile_cont(${column}, 0.25), quantile_cont(${column}, 0.75), (SELECT median(abs(x - m)) FROM (SELECT ${column} AS x, (SELECT median(${column}) FROM movies) AS m FROM movies)) FROM movies`,
    )
    const [low, high] = [(q1 ?? 0) - 1.5 * ((q3 ?? 0) - (q1 ?? 0)), (q3 ?? 0) + 1.5 * ((q3 ?? 0) - (q1 ?? 0))]
    const [outside, z] = await numbers(
      sql`SELECT count(*) FILTER (${column} NOT BETWEEN ${literal(low)} AND ${literal(high)}), count(*) FILTER (abs(${column} - (SELECT avg(${column}) FROM movies)) > 3 * (SELECT stddev_samp(${column}) FROM movies)) FROM movies`,
    )
    const found = columnOf(movies, name).detail.number
    expect(found?.median).toBe(median)
    expect(found?.mad).toBeCloseTo(mad ?? 0, 9)
    expect(found?.outliers.iqr).toMatchObject({ count: outside })
    expect(found?.outliers.zScore?.count).toBe(z)
  })

  it('counts every value in one bin', () => {
    for (const { name, exact, detail } of movies.columns) {
      if (detail.histogram === undefined) continue
      const sum = detail.histogram.reduce((total, { count }) => total + count, 0)
      expect([name, sum]).toEqual([name, detail.values])
      expect([Number(detail.histogram[0]?.from), Number(detail.histogram.at(-1)?.to)]).toEqual([
        Number(exact.min),
        Number(exact.max),
      ])
    }
  })

  it('finds its traps', () => {
    const found = movies.findings.map(({ code, columns }) => `${code} ${columns.join(' ')}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'profile.dates_as_text Release Date',
        'profile.missing_values Director',
        'profile.outliers US Gross',
        'profile.rare_categories Source',
      ]),
    )
    expect(columnOf(movies, 'Title').detail.text?.shapes.map(({ shape }) => shape)).toEqual(
      expect.arrayContaining(['text', 'integer']),
    )
    expect(columnOf(movies, 'Release Date').detail.text?.patterns).toMatchObject([
      { pattern: 'Aaa 99 9999', count: 3201 },
    ])
  })

  it('says of every finding with a condition how many rows it concerns', async () => {
    for (const { code, columns, condition, evidence } of movies.findings) {
      if (condition === undefined) continue
      const [count] = await numbers(sql`SELECT count(*) FROM movies WHERE ${trusted(condition)}`)
      expect([code, columns, count]).toEqual([code, columns, evidence.count])
    }
  })

  it('has correlations as DuckDB computes them', async () => {
    const [pearson, spearman] = await numbers(
      sql`SELECT corr("US Gross", "Production Budget"), (SELECT corr(a, b) FROM (SELECT rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x) - 1) / 2 AS a, rank() OVER (ORDER BY y) + (count(*) OVER (PARTITION BY y) - 1) / 2 AS b FROM (SELECT "US Gross" AS x, "Production Budget" AS y FROM movies WHERE x IS NOT NULL AND y IS NOT NULL))) FROM movies`,
    )
    const of = (method: string): number | undefined =>
      movies.table.correlations.found.find(
        (pair) => pair.method === method && pair.columns.join() === 'US Gross,Production Budget',
      )?.value
    expect(of('pearson')).toBeCloseTo(pearson ?? 0, 9)
    expect(of('spearman')).toBeCloseTo(spearman ?? 0, 9)
  })
})

it('first says something, then more, then everything', async () => {
  await duck.run(
    sql`CREATE OR REPLACE TABLE many AS SELECT i AS id, 'day ' || i % 7 AS day, CASE WHEN i % 10 = 0 THEN NULL ELSE 'n' || (i % 1000) END AS name, hash(i) % 1000 / 10 AS amount, CASE WHEN i % 10 = 0 THEN i ELSE i % 3 END AS tail FROM range(400000) t(i)`,
  )
  const request = requestOf({
    from: sql`many`,
    columns: await duck.columns(sql`SELECT * FROM many`),
    rows: 400_000n,
    isFull: false,
  })
  // Nobody knows how many are still to come.
  const coming = { ...request, source: { ...request.source, rowsNow: () => undefined } }
  const all = await Array.fromAsync(profileRelation(coming))
  expect(all.map(({ stage, profile }) => [stage, profile.scope.rows, profile.scope.isWhole])).toMatchObject([
    ['numbers', 2000, false],
    ['first', 2000, false],
    ['sample', expect.any(Number), false],
    ['done', 400_000, true],
  ])
  const [soonest, first] = all.map(({ profile }) => profileSchema.parse(profile))
  for (const { name, exact, detail } of first?.columns ?? []) {
    const soon = soonest?.columns.find((column) => column.name === name)
    expect([name, rounded(soon?.exact), soon?.detail.top]).toEqual([name, rounded(exact), detail.top])
    expect([name, soon?.detail.values, soon?.detail.singles]).toEqual([name, detail.values, detail.singles])
  }
  const done = profileSchema.parse(all.at(-1)?.profile)
  expect(columnOf(done, 'name').exact.nulls).toBe(40_000)
  expect(columnOf(done, 'day')).toMatchObject({ topIsExact: true, exact: { distinct: { count: 7, error: 0 } } })
  expect(columnOf(done, 'amount')).toMatchObject({ topIsExact: true, exact: { distinct: { count: 1_000, error: 0 } } })
  // Three values hold nine rows of ten, and the sample tells by its single values that the others are too many to count.
  expect(columnOf(done, 'tail')).toMatchObject({ topIsExact: false, exact: { distinct: { error: 0.13 } } })
  expect(columnOf(done, 'day').detail.top[0]).toEqual({ value: 'day 0', count: 57_143 })
  expect(columnOf(done, 'id')).toMatchObject({ order: { direction: 'increasing' }, exact: { min: '0', max: '399999' } })
  const { count, error } = columnOf(done, 'id').exact.distinct
  expect(error).toBe(0.13)
  expect(Math.abs(count / 400_000 - 1)).toBeLessThan(4 * error)
  // The sampled median of a uniform column lies where the error says.
  const median = columnOf(done, 'amount').detail.number?.median ?? 0
  expect(Math.abs(median - 50)).toBeLessThan(100 * done.basis.rankError)
  expect(done.table.keys.found).toEqual([{ columns: ['id'] }])
})

it('leaves the first rows out where a sample of all comes soon', async () => {
  const columns = await duck.columns(sql`SELECT * FROM many`)
  const stages: string[] = []
  for await (const { stage } of profileRelation(
    requestOf({ from: sql`many`, columns, rows: 400_000n, isFull: false }),
  )) {
    stages.push(stage)
    if (stages.length === 2) break
  }
  expect(stages).toEqual(['numbers', 'sample'])
})

/** Sums of DOUBLE differ in their last digits with the order in which they were taken. */
function rounded(figures: unknown): unknown {
  return JSON.parse(JSON.stringify(figures), (_key, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value,
  )
}

it('counts everything when everything is asked for', async () => {
  const done = await profileOf(sql`many`, true)
  expect(done.basis.isSample).toBe(false)
  expect(columnOf(done, 'id').exact.distinct).toEqual({ count: 400_000, error: 0 })
  expect(columnOf(done, 'name').detail.text?.patterns[0]).toMatchObject({ pattern: 'a999', count: 324_000 })
  expect(done.table.duplicateRows).toBe(0)
})

it('is cancelled', async () => {
  const stop = new AbortController()
  const columns = await duck.columns(sql`SELECT * FROM many`)
  const request = { ...requestOf({ from: sql`many`, columns, rows: 400_000n, isFull: false }), signal: stop.signal }
  const work = (async () => {
    for await (const { stage } of profileRelation(request)) if (stage === 'numbers') stop.abort()
  })()
  await expect(work).rejects.toMatchObject({ code: 'work.cancelled' })
  expect(await duck.value(sql`SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'profile_rows_%'`)).toBe('0')
})

// Median 0, MAD 1, quartiles -1 and 1: Tukey's fences lie at 4, those of 3.5 MADs at 3.5 x 1.4826. Of 19 values with two at 3 the deviation is 1.
it('counts no value that lies on a fence as beyond it', async () => {
  const fences = await profileOf(
    sql`(SELECT unnest([-5.1891, -4, -1, -1, -1, -1, 0, 1, 1, 1, 1, 4, 5.1891]::DOUBLE[]) AS v)`,
  )
  const { iqr, mad } = columnOf(fences, 'v').detail.number?.outliers ?? {}
  expect([iqr, mad]).toEqual([
    { low: -4, high: 4, count: 2 },
    { low: -5.1891, high: 5.1891, count: 0 },
  ])
  const three = await profileOf(
    sql`(SELECT CASE i WHEN 0 THEN -3.0 WHEN 1 THEN 3.0 ELSE 0 END AS v FROM range(19) t(i))`,
  )
  expect(columnOf(three, 'v').detail.number?.outliers.zScore).toEqual({ low: -3, high: 3, count: 0 })
})

/** Name, values of a column `v`, the finding. */
const TRAPS: readonly (readonly [string, Sql, string])[] = [
  ['a lost letter', sql`SELECT unnest(['Müller', 'M\uFFFDller', 'Weiß'])`, 'profile.encoding_damage'],
  ['UTF-8 read as Windows-1252', sql`SELECT unnest(['Ã©tÃ©', 'hiver'])`, 'profile.mojibake'],
  ['GBK read as UTF-8 twice', sql`SELECT unnest(['锟斤拷', '中国'])`, 'profile.mojibake'],
  ['a bell', sql`SELECT unnest(['a' || chr(7), 'b'])`, 'profile.control_characters'],
  [
    'a word among numbers',
    sql`SELECT unnest(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'ten'])`,
    'profile.mixed_types',
  ],
  ['day or month', sql`SELECT unnest(['03/04/2024', '05/06/2024', '01/02/2023'])`, 'profile.ambiguous_dates'],
  ['words for nothing', sql`SELECT unnest(['red', 'green', 'N/A', 'blue', '无'])`, 'profile.missing_words'],
  ['blanks', sql`SELECT unnest(['red', '　', ' ', chr(9)])`, 'profile.blank_values'],
  ['space at the end', sql`SELECT unnest(['red ', 'green'])`, 'profile.edge_space'],
  ['case', sql`SELECT unnest(['Berlin', 'BERLIN', 'Paris'])`, 'profile.case_variants'],
  ['not a number', sql`SELECT unnest([1.5::DOUBLE, 'nan'::DOUBLE, 'inf'::DOUBLE, 1e200])`, 'profile.extreme_numbers'],
  ['-999', sql`SELECT CASE WHEN i % 20 = 0 THEN -999 ELSE i END FROM range(1, 200) t(i)`, 'profile.sentinel_values'],
  [
    'the end of time',
    sql`SELECT CASE WHEN i % 20 = 0 THEN DATE '9999-12-31' ELSE DATE '2024-01-01' + i::INTEGER END FROM range(1, 200) t(i)`,
    'profile.sentinel_values',
  ],
  ['a far value', sql`SELECT unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000])`, 'profile.outliers'],
  [
    'missing days',
    sql`SELECT DATE '2024-01-01' + i::INTEGER FROM range(60) t(i) WHERE i NOT BETWEEN 20 AND 24`,
    'profile.date_gaps',
  ],
  ['the future', sql`SELECT unnest([DATE '2024-01-01', DATE '2031-01-01'])`, 'profile.future_dates'],
  ['numbers in text', sql`SELECT unnest(['1', '22', '-3'])`, 'profile.numbers_as_text'],
  ['dates in text', sql`SELECT unnest(['2024-01-31', '2024-02-29'])`, 'profile.dates_as_text'],
  ['ID cards', sql`SELECT unnest(['11010519491231002X', '440524188001010014'])`, 'profile.sensitive_data'],
  ['mail', sql`SELECT unnest(['a@x.com', 'b@y.org'])`, 'profile.personal_data'],
  [
    'one that is no mail',
    sql`SELECT unnest(['a@x.com', 'b@y.org', 'c@z.net', 'nobody'])`,
    'profile.semantic_exceptions',
  ],
  ['missing', sql`SELECT unnest([1, NULL])`, 'profile.missing_values'],
  ['nothing', sql`SELECT NULL::VARCHAR FROM range(5)`, 'profile.empty_column'],
  ['always the same', sql`SELECT 7 FROM range(5)`, 'profile.constant'],
  ['nearly always the same', sql`SELECT i < 199 FROM range(200) t(i)`, 'profile.near_constant'],
  [
    'a rare category',
    sql`SELECT CASE WHEN i = 0 THEN 'grren' WHEN i % 2 = 0 THEN 'green' ELSE 'red' END FROM range(400) t(i)`,
    'profile.rare_categories',
  ],
  ['nearly a key', sql`SELECT CASE WHEN i = 99 THEN 98 ELSE i END FROM range(100) t(i)`, 'profile.nearly_unique'],
  ['a row twice', sql`SELECT unnest(['a', 'b', 'a'])`, 'profile.duplicate_rows'],
]

describe('a column of one trap', () => {
  it.each(TRAPS)('%s', async (_case, values, code) => {
    const from = sql`(SELECT * FROM (${values}) AS t(v))`
    const { findings } = await profileOf(from)
    const found = findings.find((finding) => finding.code === code)
    expect(findings.map((finding) => finding.code)).toContain(code)
    if (found?.condition === undefined || code === 'profile.future_dates') return
    expect(await numbers(sql`SELECT count(*) FROM ${from} WHERE ${trusted(found.condition)}`)).toEqual([
      found.evidence.count,
    ])
  })

  it.each([
    ['plain words', sql`SELECT unnest(['red', 'green', 'blue'])`],
    ['plain numbers', sql`SELECT i FROM range(100) t(i)`],
    ['no rows', sql`SELECT 1 WHERE false`],
    ['a list', sql`SELECT [1, 2] UNION ALL SELECT [3]`],
    ['bytes', sql`SELECT unnest(['a'::BLOB, 'b'::BLOB])`],
    ['codes that begin with 0', sql`SELECT unnest(['0012', '0013'])`],
    ['a month of days', sql`SELECT DATE '2024-01-01' + i::INTEGER FROM range(31) t(i)`],
  ])('nothing is found in %s', async (_case, values) => {
    expect((await profileOf(sql`(SELECT * FROM (${values}) AS t(v))`)).findings).toEqual([])
  })
})
