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
    for (const by of [0, 1000, 2000]) {
      history.unshift(checkMarkSchema.parse(await inRows(shifted(by), [rule({ measure: 'ks' })], history)))
    }
    const rules = [rule({ measure: 'ks' }), rule({ measure: 'ks', against: 'first' })]
    const { results } = await inRows(shifted(3000), rules, history)
    expect(results.map(({ status }) => status)).toEqual(['passed', 'violated'])
  })

  it('is none of text', async () => {
    const { results } = await inRows(sql`SELECT 'a' AS v`, [rule({})], [])
    expect(results[0]?.failure?.code).toBe('rule.invalid')
  })
})
