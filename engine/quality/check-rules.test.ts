import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckMark, CheckResult } from '../contract/check-result.ts'
import { rulesFileSchema } from '../contract/rule.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { meaningTeller } from '../profile/semantic/has-meaning.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import { type CheckRequest, checkRules } from './check-rules.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2, hasMeaning: meaningTeller() })
  await duck.run(sql`CREATE TABLE orders AS FROM (VALUES
    (1, 'A-1', 10.00::DECIMAL(9,2), 'paid', 'x@y.org', 1, DATE '2026-11-28', 'N', '北京'),
    (2, 'A-2', -5.00, 'paid', 'no mail', 2, DATE '2026-11-27', 'N', '北京'),
    (2, 'a-3', 20.00, 'lost', NULL, 9, DATE '2026-11-01', 'S', '南京'),
    (4, NULL, NULL, ' ', '  ', NULL, NULL, 'S', '上海'),
    (NULL, 'A-55', 9999.00, 'paid', 'z@y.org', 1, DATE '2026-11-28', 'S', NULL)) t(id, code, amount, status, mail, customer, day, zone, city)`)
  await duck.run(sql`CREATE TABLE customers AS FROM (VALUES (1, 10.0), (2, 15.0), (NULL, NULL)) t(id, total)`)
  await duck.run(sql`CREATE TABLE states AS FROM (VALUES ('paid'), ('lost')) t("value")`)
})
afterAll(() => duck[Symbol.asyncDispose]())

async function check(
  rules: readonly unknown[],
  change: Partial<CheckRequest> & { table?: string } = {},
): Promise<CheckResult> {
  await duck.run(sql`CREATE OR REPLACE VIEW data AS SELECT * FROM ${trusted(change.table ?? 'orders')}`)
  const columns = await duck.columns(sql`SELECT * FROM data`)
  const customers = { relation: sql`customers`, columns: await duck.columns(sql`SELECT * FROM customers`) }
  const file = rulesFileSchema.parse({ version: 1, dataset: 'erp:orders', owner: 'sales', rules })
  return checkRules({
    name: 'orders',
    file,
    duck,
    scope: {
      columns,
      reference: (dataset) => (dataset === 'erp:customers' ? customers : undefined),
      codeList: (name) => (name === 'states' ? sql`states` : undefined),
    },
    key: ['id'],
    history: [],
    now: NOW,
    basis: 'source',
    ...change,
  })
}

function mark(found: Readonly<Record<string, string>>, rowCount = '5'): CheckMark {
  const results = Object.entries(found).map(([name, value]) => ({
    name,
    status: 'passed' as const,
    violations: '0',
    share: 0,
    found: value,
  }))
  return { at: '2026-11-27T00:00:00.000Z', basis: 'source', rowCount, score: 100, dimensions: {}, results }
}

describe('a rule about rows', () => {
  it.each<[string, unknown, [checked: number, violations: number], unknown[]]>([
    ['not null', { check: 'not_null', column: 'id' }, [5, 1], [[null, null]]],
    ['not blank', { check: 'not_blank', column: 'status' }, [5, 1], [[4, ' ']]],
    ['accepted', { check: 'accepted', column: 'status', values: ['paid', ' '] }, [5, 1], [[2, 'lost']]],
    ['in a list', { check: 'in_list', column: 'status', list: 'states' }, [5, 1], [[4, ' ']]],
    [
      'range',
      { check: 'range', column: 'amount', min: 0, max: 100 },
      [5, 2],
      [
        [2, '-5.00'],
        [null, '9999.00'],
      ],
    ],
    ['length', { check: 'length', column: 'code', max: 3 }, [5, 1], [[null, 'A-55']]],
    ['regular expression', { check: 'regex', column: 'code', pattern: '[A-Z]-\\d+' }, [5, 1], [[2, 'a-3']]],
    [
      'form',
      { check: 'pattern', column: 'code', pattern: 'A-9' },
      [5, 2],
      [
        [2, 'a-3'],
        [null, 'A-55'],
      ],
    ],
    ['form that repeats', { check: 'pattern', column: 'code', pattern: 'A-9+' }, [5, 1], [[2, 'a-3']]],
    ['Han form', { check: 'pattern', column: 'city', pattern: '汉京' }, [5, 1], [[4, '上海']]],
    [
      'type',
      { check: 'type', column: 'status', type: 'INTEGER' },
      [5, 5],
      [
        [1, 'paid'],
        [2, 'paid'],
        [2, 'lost'],
        [4, ' '],
        [null, 'paid'],
      ],
    ],
    ['meaning', { check: 'semantic', column: 'mail', type: 'email' }, [5, 1], [[2, 'no mail']]],
    [
      'unique',
      { check: 'unique', columns: ['id'] },
      [4, 2],
      [
        [2, '2'],
        [2, '2'],
      ],
    ],
    ['unique of several', { check: 'unique', columns: ['id', 'status'] }, [4, 0], []],
    ['unique where', { check: 'unique', columns: ['id'], where: "status <> 'lost'" }, [3, 0], []],
    [
      'foreign key',
      { check: 'foreign_key', columns: ['customer'], references: { dataset: 'erp:customers', columns: ['id'] } },
      [4, 1],
      [[2, '9']],
    ],
    [
      'dependency',
      { check: 'functional_dependency', column: 'zone', by: ['status'] },
      [5, 3],
      [
        [1, 'N'],
        [2, 'N'],
        [null, 'S'],
      ],
    ],
    [
      'dependency where',
      { check: 'functional_dependency', column: 'zone', by: ['status'], where: 'id IS NOT NULL' },
      [4, 0],
      [],
    ],
    [
      'expression',
      { check: 'expression', expr: "status <> 'lost' OR amount < 10", column: 'amount' },
      [5, 1],
      [[2, '20.00']],
    ],
    ['where', { check: 'range', column: 'amount', min: 0, where: "status = 'paid'" }, [3, 1], [[2, '-5.00']]],
    ['outliers by quartiles', { check: 'outliers', column: 'amount' }, [4, 1], [[null, '9999.00']]],
    ['outliers by MAD', { check: 'outliers', column: 'amount', method: 'mad' }, [4, 1], [[null, '9999.00']]],
  ])('%s', async (_title, rule, [checked, violations], rows) => {
    const [result] = (await check([rule])).results
    expect([Number(result?.checked), Number(result?.violations)]).toEqual([checked, violations])
    expect(result?.status).toBe(violations === 0 ? 'passed' : 'violated')
    const shown = result?.rows.map(({ key, value }) => JSON.stringify([key['id'] ?? null, value]))
    expect(shown?.toSorted()).toEqual(rows.map((row) => JSON.stringify(row)).toSorted())
  })
})

describe('a rule about the dataset', () => {
  it.each<[string, unknown, 'passed' | 'violated', string | undefined, CheckMark[]]>([
    ['as many rows', { check: 'row_count', min: 5, max: 5 }, 'passed', '5', []],
    ['too few rows', { check: 'row_count', min: 6 }, 'violated', '5', []],
    ['rows of a part', { check: 'row_count', max: 2, where: "status = 'paid'" }, 'violated', '3', []],
    ['nothing to compare with yet', { check: 'row_count', change: 0.1 }, 'passed', '5', []],
    ['about as many as before', { check: 'row_count', change: 0.3 }, 'passed', '5', [mark({}, '6')]],
    ['far fewer than before', { check: 'row_count', change: 0.3 }, 'violated', '5', [mark({}, '50')]],
    ['fresh', { check: 'freshness', column: 'day', within: '1d' }, 'passed', '2026-11-28 00:00:00', []],
    [
      'stale',
      { check: 'freshness', column: 'day', within: '1d', where: "zone = 'N' AND id = 2" },
      'violated',
      '2026-11-27 00:00:00',
      [],
    ],
    ['no day at all', { check: 'freshness', column: 'day', within: '1d', where: 'id = 4' }, 'violated', '', []],
    [
      'a sum in its range',
      { check: 'aggregate', expr: 'sum(amount)', min: 10_000, max: 11_000 },
      'passed',
      '10024.00',
      [],
    ],
    ['a sum beyond it', { check: 'aggregate', expr: 'sum(amount)', max: 100 }, 'violated', '10024.00', []],
    [
      'equal sums',
      {
        check: 'aggregate',
        expr: 'sum(amount)',
        where: 'amount IN (-5, 10, 20)',
        equals: { dataset: 'erp:customers', expr: 'sum(total)' },
      },
      'passed',
      '25.00',
      [],
    ],
    [
      'sums that differ',
      {
        check: 'aggregate',
        expr: 'sum(amount)',
        where: 'amount < 15',
        equals: { dataset: 'erp:customers', expr: 'sum(total)', where: 'id = 1' },
      },
      'violated',
      '5.00',
      [],
    ],
    [
      'sums that may differ',
      {
        check: 'aggregate',
        expr: 'sum(amount)',
        where: 'amount < 15',
        difference: 5,
        equals: { dataset: 'erp:customers', expr: 'sum(total)', where: 'id = 1' },
      },
      'passed',
      '5.00',
      [],
    ],
    ['a figure seen first', { check: 'drift', column: 'amount', figure: 'mean', limit: 0.1 }, 'passed', '2506', []],
    [
      'a figure that stayed',
      { check: 'drift', column: 'amount', figure: 'mean', limit: 0.1 },
      'passed',
      '2506',
      [mark({ 'amount.drift': '2400' }), mark({ 'amount.drift': '2600' })],
    ],
    [
      'a figure that drifted',
      { check: 'drift', column: 'amount', figure: 'mean', limit: 0.1 },
      'violated',
      '2506',
      [mark({ 'amount.drift': '1000' })],
    ],
    [
      'nulls that appeared',
      { check: 'drift', column: 'mail', figure: 'null_share', limit: 0.1 },
      'violated',
      '0.2',
      [mark({ 'mail.drift': '0' })],
    ],
    [
      'a query without rows',
      { check: 'sql', query: "SELECT * FROM data WHERE status = 'gone'" },
      'passed',
      undefined,
      [],
    ],
    [
      'a query with rows',
      { check: 'sql', query: 'SELECT customer FROM data GROUP BY 1 HAVING count(*) > 1' },
      'violated',
      undefined,
      [],
    ],
  ])('%s', async (_title, rule, status, found, history) => {
    const [result] = (await check([rule], { history })).results
    expect([result?.status, result?.found]).toEqual([status, found])
  })
})

describe('a check', () => {
  it('is one statement for all rules that one scan can tell', async () => {
    const statements: string[] = []
    const counting: Duck = new Proxy(duck, {
      get: (target, name) =>
        name === 'rows'
          ? (...args: Parameters<Duck['rows']>) => {
              statements.push(JSON.stringify(args[0]))
              return target.rows(...args)
            }
          : Reflect.get(target, name),
    })
    const rules = ['code', 'amount', 'status', 'mail', 'day'].flatMap((column) => [
      { check: 'length', column, max: 99 },
      { check: 'aggregate', expr: `count(${column})`, min: 1 },
    ])
    const { results } = await check(
      [...rules, { check: 'unique', columns: ['code'] }, { check: 'row_count', min: 1 }],
      { duck: counting },
    )
    expect(results.map(({ status }) => status)).not.toContain('failed')
    expect(statements.filter((statement) => !statement.includes('DESCRIBE'))).toHaveLength(1)
  })

  it.each([
    ['an unknown column', { check: 'not_null', column: 'amuont' }, 'node.unknown_column'],
    ['a type that is none', { check: 'type', column: 'id', type: 'DAET' }, 'sql.invalid'],
    ['an expression that DuckDB refuses', { check: 'expression', expr: 'amount > day' }, 'sql.invalid'],
    [
      'a function that reaches outside',
      { check: 'expression', expr: "read_text('/etc/passwd') IS NULL" },
      'node.forbidden',
    ],
    ['a query over something else', { check: 'sql', query: 'SELECT * FROM customers' }, 'node.unknown_input'],
    [
      'another dataset that is not there',
      { check: 'foreign_key', columns: ['id'], references: { dataset: 'erp:gone', columns: ['id'] } },
      'rule.reference_missing',
    ],
    [
      'a column it does not have',
      { check: 'foreign_key', columns: ['id'], references: { dataset: 'erp:customers', columns: ['no'] } },
      'rule.invalid',
    ],
    ['an unknown list', { check: 'in_list', column: 'status', list: 'nothing' }, 'rule.invalid'],
  ])('goes on beside a rule with %s', async (_title, rule, code) => {
    const { results, score } = await check([rule, { check: 'not_null', column: 'zone' }])
    expect(results.map(({ status }) => status)).toEqual(['failed', 'passed'])
    expect(results[0]?.failure?.code).toBe(code)
    expect(score).toBeLessThan(100)
  })

  it('scores dimensions and bears what is tolerated', async () => {
    const result = await check([
      { check: 'not_null', column: 'id', tolerance: { rows: 1 } },
      { check: 'not_null', column: 'code', tolerance: { share: 0.1 }, severity: 'warning', owner: 'me' },
      { check: 'range', column: 'amount', max: 100, tolerance: { share: 0.2 } },
      { check: 'unique', columns: ['id'], dimension: 'accuracy' },
    ])
    expect(result.results.map(({ status, owner }) => [status, owner])).toEqual([
      ['passed', 'sales'],
      ['violated', 'me'],
      ['passed', 'sales'],
      ['violated', 'sales'],
    ])
    expect(result.dimensions).toEqual({ completeness: 80, validity: 80, accuracy: 50 })
    expect(result.score).toBe(70)
  })
})

describe('counts equal those of an independent query', () => {
  const row = fc.record({
    a: fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }),
    b: fc.option(fc.constantFrom('x', 'yy', '', ' ', 'X1'), { nil: null }),
  })

  it('on any rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        await duck.run(
          sql`CREATE OR REPLACE TABLE drawn AS SELECT j->>'a' AS t, CAST(j->>'a' AS INTEGER) AS a, j->>'b' AS b FROM (SELECT unnest(from_json(${literal(JSON.stringify(rows))}, '["JSON"]')) AS j)`,
        )
        const { results } = await check(
          [
            { check: 'not_null', column: 'a' },
            { check: 'not_blank', column: 'b' },
            { check: 'range', column: 'a', min: -1, max: 2 },
            { check: 'accepted', column: 'b', values: ['x', 'yy'] },
            { check: 'unique', columns: ['a', 'b'] },
            { check: 'functional_dependency', column: 'b', by: ['a'] },
          ],
          { table: 'drawn', key: ['a', 'b'] },
        )
        const groups = Map.groupBy(rows, ({ a }) => a)
        const pairs = Map.groupBy(rows, ({ a, b }) => JSON.stringify([a, b]))
        const expected = [
          rows.filter(({ a }) => a === null).length,
          rows.filter(({ b }) => b === null || b.trim() === '').length,
          rows.filter(({ a }) => a !== null && (a < -1 || a > 2)).length,
          rows.filter(({ b }) => b !== null && !['x', 'yy'].includes(b)).length,
          rows.filter(({ a, b }) => a !== null && b !== null && (pairs.get(JSON.stringify([a, b]))?.length ?? 0) > 1)
            .length,
          rows.filter(
            ({ a }) =>
              a !== null && new Set((groups.get(a) ?? []).map(({ b }) => b).filter((b) => b !== null)).size > 1,
          ).length,
        ]
        expect(results.map(({ violations }) => Number(violations))).toEqual(expected)
        // The rows that are shown are the rows that were counted.
        expect(results.map((result) => result.rows.length)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})
