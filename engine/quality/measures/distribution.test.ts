import { describe, expect, it } from 'vitest'
import { type CheckMark, type CheckResult, checkMarkSchema } from '../../contract/check-result.ts'
import { type Rule, ruleSchema } from '../../contract/rule.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, type Sql, sql } from '../../sql/sql.ts'
import { checkRules } from '../check-rules.ts'

describe('a distribution', () => {
  const rule = (more: object) => ruleSchema.parse({ check: 'distribution', column: 'v', limit: 0.2, ...more })
  const inRows = async (query: Sql, rules: Rule[], history: CheckMark[]): Promise<CheckResult> => {
    await using own = await openDuck({ memoryLimitMb: 256, threads: 1 })
    await own.run(sql`CREATE TABLE data AS ${query}`)
    return await checkRules({
      name: 'r',
      file: { version: 1, dataset: 'x:y', rules },
      duck: own,
      scope: { columns: await own.columns(sql`FROM data`), reference: () => undefined, codeList: () => undefined },
      key: [],
      history,
      now: 0,
      basis: 'source',
    })
  }
  const even = sql`SELECT range AS v FROM range(10000)`
  const found = ({ results: [result] }: CheckResult) => [result?.status, Number(result?.found)] as const

  it('passes when nothing is known yet, keeps its quantiles, and passes while it stays', async () => {
    const first = await inRows(even, [rule({})], [])
    expect(found(first)).toEqual(['passed', 0])
    expect(first.results[0]?.shape).toHaveLength(51)
    const [status, psi] = found(await inRows(even, [rule({})], [checkMarkSchema.parse(first)]))
    expect([status, psi < 0.001]).toEqual(['passed', true])
  })

  it.each([
    // A quarter of the values moved beyond the others: the distribution functions are apart by a quarter.
    ['ks of a quarter that moved', 'ks', sql`SELECT range + 2500 AS v FROM range(10000)`, 0.25],
    // Five deciles of a tenth become two fifths each of a fifth more or less: (0.2 - 0.1) ln 2 five times and (0 - 0.1) ln 0 five times, with
    // 0.0001 for nothing: 5 × 0.0693 + 5 × 0.0999 × ln 1000.
    ['psi of the upper half alone', 'psi', sql`SELECT range + 5000 AS v FROM range(5000)`, 3.797],
    ['ks of the upper half alone', 'ks', sql`SELECT range + 5000 AS v FROM range(5000)`, 0.5],
    [
      'ks of times',
      'ks',
      sql`SELECT TIMESTAMP '1970-01-01' + INTERVAL (range + 2500) SECOND AS v FROM range(10000)`,
      0.25,
    ],
  ])('%s is told', async (_case, measure, query, expected) => {
    const first = await inRows(even, [rule({ measure })], [])
    const [status, moved] = found(await inRows(query, [rule({ measure })], [checkMarkSchema.parse(first)]))
    expect(status).toBe('violated')
    expect(Math.abs(moved - expected)).toBeLessThan(0.03 * Math.max(1, expected))
  })

  it('creeps away from the first check, not from the last', async () => {
    const shifted = (by: number) => sql`SELECT range + ${literal(by)} AS v FROM range(10000)`
    const history: CheckMark[] = []
    const rules = [rule({ measure: 'ks' }), rule({ measure: 'ks', against: 'first' })]
    for (const by of [0, 1000, 2000]) {
      history.unshift(checkMarkSchema.parse(await inRows(shifted(by), rules, history)))
    }
    const { results } = await inRows(shifted(3000), rules, history)
    expect(results.map(({ status }) => status)).toEqual(['passed', 'violated'])
  })

  it.each([
    ['the same shares of twice the rows', sql`SELECT 'abc'[1 + i % 3] AS v FROM range(600) t(i)`, 0],
    ['nothing in common', sql`SELECT 'xyz'[1 + i % 3] AS v FROM range(300) t(i)`, 1],
    // Thirds become halves of two: one third is lost and each of the two others gains a sixth.
    // (1/6) log2 2 + 2 * [(1/6) log2((1/3) / (5/12)) + (1/4) log2((1/2) / (5/12))]
    ['a lost category', sql`SELECT 'ab'[1 + i % 2] AS v FROM range(300) t(i)`, 0.19087],
  ])('js of %s is told', async (_case, query, expected) => {
    const first = await inRows(sql`SELECT 'abc'[1 + i % 3] AS v FROM range(300) t(i)`, [rule({ measure: 'js' })], [])
    expect(first.results[0]?.mix).toEqual(['a', 'b', 'c'].map((value) => ({ value, count: 100 })))
    const [status, moved] = found(await inRows(query, [rule({ measure: 'js' })], [checkMarkSchema.parse(first)]))
    expect(moved).toBeCloseTo(expected, 4)
    expect(status).toBe(expected > 0.2 ? 'violated' : 'passed')
  })

  it('js is none of a column with more than 200 values', async () => {
    const { results } = await inRows(sql`SELECT range AS v FROM range(201)`, [rule({ measure: 'js' })], [])
    expect(results[0]?.failure?.code).toBe('rule.invalid')
    expect(found(await inRows(sql`SELECT range AS v FROM range(200)`, [rule({ measure: 'js' })], []))).toEqual([
      'passed',
      0,
    ])
  })

  it('of two measures of one column have a history each', async () => {
    const rules = ['null_share', 'mean'].map((figure) =>
      ruleSchema.parse({ check: 'drift', column: 'v', figure, limit: 0.1 }),
    )
    const first = await inRows(even, rules, [])
    expect(first.results.map(({ name, found: figure }) => [name, figure])).toEqual([
      ['v.drift', '0'],
      ['v.drift 2', '4999.5'],
    ])
    const again = await inRows(even, rules, [checkMarkSchema.parse(first)])
    expect(again.results.map(({ status }) => status)).toEqual(['passed', 'passed'])
  })

  it('is none of text', async () => {
    const { results } = await inRows(sql`SELECT 'a' AS v`, [rule({})], [])
    expect(results[0]?.failure?.code).toBe('rule.invalid')
  })
})
