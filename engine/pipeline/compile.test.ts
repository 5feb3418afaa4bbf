import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeFailure, Failure, failureFromData } from '../contract/failure.ts'
import { duckDialect } from '../sql/dialects.ts'
import { printSql } from '../sql/sql.ts'
import { PipelineBench } from '../testing/pipeline-bench.ts'
import { lineageOf } from './lineage.ts'
import { statementFor } from './statement.ts'

type Nodes = Record<string, { type: string } & Record<string, unknown>>

let bench: PipelineBench
beforeAll(async () => {
  bench = await PipelineBench.open()
  await bench.table(
    'orders',
    "SELECT 1 AS id, 2.50::DECIMAL(10,2) AS amount, 7 AS customer, 'x' AS note, DATE '2026-02-01' AS day, 'o.csv:2' AS _runnel_locator",
  )
  await bench.table('customers', "SELECT 7 AS id, '王' AS name, 'n' AS region")
})
afterAll(() => bench[Symbol.asyncDispose]())

const GOOD: Nodes = {
  recent: { type: 'filter', input: 'orders', where: 'day >= $since' },
  checked: { type: 'validate', input: 'recent', rules: [{ column: 'amount', check: 'range', min: 10 }] },
  joined: { type: 'join', left: 'recent', right: 'customers', how: 'left', on: [{ left: 'customer', right: 'id' }] },
  mapped: {
    type: 'map',
    input: 'joined',
    fields: [{ to: 'order_id', from: 'id' }, { to: 'cents', expr: 'amount * 100', type: 'BIGINT' }, { to: 'name' }],
  },
  totals: { type: 'aggregate', input: 'mapped', by: ['name'], values: [{ to: 'sum', fn: 'sum', of: 'cents' }] },
  load: { type: 'target', input: 'totals', dataset: 'dw:t', mode: 'upsert', keys: ['name'] },
  bad: { type: 'target', input: 'checked.rejects', dataset: 'dw:r' },
}
const since = { declared: { since: { type: 'DATE', default: '2026-01-01' } } }

describe('a pipeline', () => {
  it('compiles to one statement per output, of the nodes it needs', async () => {
    const compiled = await bench.compile(GOOD, since)
    const text = printSql(statementFor(compiled, { node: 'totals', output: 'out' }), duckDialect)
    expect([...text.matchAll(/"(\w+)" AS \(SELECT/g)].map(([, name]) => name)).toEqual([
      'recent',
      'joined',
      'mapped',
      'totals',
    ])
    expect((await bench.rows(GOOD, 'totals', since)).rows).toEqual([['王', '250']])
    expect(compiled.nodes.map(({ name, scope }) => [name, scope])).toEqual([
      ['recent', 'row'],
      ['checked', 'row'],
      ['joined', 'set'],
      ['mapped', 'row'],
      ['totals', 'set'],
    ])
  })

  it('carries the locator to rejects and never to a target', async () => {
    const compiled = await bench.compile(GOOD, since)
    const { rows } = await bench.rows(GOOD, 'checked.rejects', since)
    expect(rows).toEqual([
      [
        'amount.range',
        'amount',
        '2.50',
        'amount is outside at least 10',
        'o.csv:2',
        '{"id":1,"amount":"2.50","customer":7,"note":"x","day":"2026-02-01"}',
      ],
    ])
    expect(compiled.needsLocator).toBe(true)
    expect(compiled.sources.map(({ node, withLocator }) => [node, withLocator])).toEqual([
      ['orders', true],
      ['customers', false],
    ])
    const seen = await bench.rows(GOOD, 'mapped', since)
    expect(seen.columns).toEqual(['order_id', 'cents', 'name'])
    const handed = printSql(
      statementFor(compiled, { node: 'mapped', output: 'out' }, { withHidden: true }),
      duckDialect,
    )
    expect(handed).toContain('"_runnel_locator"')
  })

  it('names the columns a source needs', async () => {
    const { bad: _bad, checked: _checked, ...rest } = GOOD
    const compiled = await bench.compile(rest, since)
    expect(compiled.sources.map(({ node, needed }) => [node, needed])).toEqual([
      ['orders', ['amount', 'customer', 'day']],
      ['customers', ['id', 'name']],
    ])
  })

  it('counts every column when an expression takes the whole row', async () => {
    const whole = { n: { type: 'filter', input: 'customers', where: "to_json(customers) <> ''" } }
    const mapped = {
      m: { type: 'map', input: 'n', fields: [{ to: 'id' }] },
      t: { type: 'target', input: 'm', dataset: 'dw:t' },
    }
    const compiled = await bench.compile({ ...whole, ...mapped })
    expect(compiled.sources.find(({ node }) => node === 'customers')?.needed).toEqual(['id', 'name', 'region'])
  })

  it('compiles to the same data each time', async () => {
    expect(await bench.compile(GOOD, since)).toEqual(await bench.compile(GOOD, since))
  })

  it('warns of nodes that nothing uses', async () => {
    const { warnings } = await bench.check({ ...GOOD, loose: { type: 'sort', input: 'orders', by: ['id'] } }, since)
    expect(warnings).toMatchObject([{ node: 'loose', failure: { code: 'node.unused' } }])
  })
})

const filter = (where: string): Nodes => ({ n: { type: 'filter', input: 'orders', where } })
const PROBLEMS: [string, Nodes, Record<string, unknown>[]][] = [
  [
    'an unknown node type',
    { n: { type: 'fliter', input: 'orders' } },
    [{ code: 'node.unknown_type', detail: { node: 'n', field: 'type', suggestion: 'filter' } }],
  ],
  [
    'an unknown input',
    { n: { type: 'sort', input: 'oders', by: ['id'] } },
    [{ code: 'node.unknown_input', detail: { node: 'n', field: 'input', suggestion: 'orders' } }],
  ],
  [
    'an unknown output',
    {
      v: { type: 'validate', input: 'orders', rules: [{ column: 'id', check: 'not_null' }] },
      n: { type: 'sort', input: 'v.rejcts', by: ['id'] },
    },
    [{ code: 'node.unknown_input', detail: { suggestion: 'v.rejects' } }],
  ],
  [
    'a cycle',
    { a: { type: 'filter', input: 'b', where: 'true' }, b: { type: 'filter', input: 'a', where: 'true' } },
    [{ code: 'node.cycle', detail: { path: ['a', 'b', 'a'] } }],
  ],
  [
    'names that differ by case',
    { ORDERS: { type: 'filter', input: 'orders', where: 'true' } },
    [{ code: 'node.duplicate_name', detail: { node: 'ORDERS' } }],
  ],
  [
    'an unknown field',
    { n: { type: 'filter', input: 'orders', where: 'true', wher: 1 } },
    [{ code: 'node.config_invalid', detail: { field: 'wher' } }],
  ],
  [
    'an unknown column in an expression',
    filter('true\n  AND amont > 1'),
    [
      {
        code: 'node.unknown_column',
        detail: { field: 'where', line: 2, position: 7, name: 'amont', suggestion: 'amount' },
      },
    ],
  ],
  [
    'an unknown column in a list',
    { n: { type: 'dedupe', input: 'orders', keys: ['Idd'] } },
    [{ code: 'node.unknown_column', detail: { field: 'keys.0', suggestion: 'id' } }],
  ],
  [
    'a place after a parameter',
    filter('day > $since AND amont > 1'),
    [{ code: 'node.unknown_column', detail: { line: 1, position: 18 } }],
  ],
  [
    'a type error',
    filter("amount > 1 AND upper(day) = 'x'"),
    [{ code: 'node.expression_invalid', detail: { field: 'where', line: 1, position: 16 } }],
  ],
  [
    'a condition that is random',
    filter('random() < 0.5'),
    [{ code: 'node.volatile', detail: { field: 'where', name: 'random()' } }],
  ],
  [
    'an aggregate in a map',
    { n: { type: 'map', input: 'orders', fields: [{ to: 'a', expr: 'sum(amount)' }] } },
    [{ code: 'node.expression_invalid', detail: { field: 'fields.0.expr' } }],
  ],
  [
    'a window in a map',
    { n: { type: 'map', input: 'orders', fields: [{ to: 'a', expr: 'row_number() OVER ()' }] } },
    [{ code: 'node.expression_invalid', detail: { field: 'fields.0.expr' } }],
  ],
  [
    'a field that leans on another',
    {
      n: {
        type: 'map',
        input: 'orders',
        fields: [
          { to: 'twice', expr: 'amount * 2' },
          { to: 'four', expr: 'twice * 2' },
        ],
      },
    },
    [{ code: 'node.unknown_column', detail: { field: 'fields.1.expr', name: 'twice' } }],
  ],
  [
    'every wrong field of a node',
    {
      n: {
        type: 'map',
        input: 'orders',
        fields: [
          { to: 'a', expr: 'idd' },
          { to: 'b', from: 'not' },
          { to: 'c', expr: 'id', type: 'INTGER' },
          { to: 'd', expr: "read_text('x')" },
        ],
      },
    },
    [
      { code: 'node.forbidden', detail: { field: 'fields.3.expr' } },
      { code: 'node.unknown_column', detail: { field: 'fields.0.expr' } },
      { code: 'node.unknown_column', detail: { field: 'fields.1.from' } },
      { code: 'node.expression_invalid', detail: { field: 'fields.2.type' } },
    ],
  ],
  [
    'every wrong node',
    {
      ...filter('amont > 1'),
      m: { type: 'filter', input: 'n', where: 'idd = 1' },
      j: { type: 'join', left: 'orders', right: 'customers' },
    },
    [
      { code: 'node.unknown_column', detail: { node: 'n' } },
      { code: 'node.unknown_column', detail: { node: 'm' } },
      { code: 'node.keys_missing', detail: { node: 'j' } },
    ],
  ],
  [
    'columns of one name',
    {
      n: {
        type: 'map',
        input: 'orders',
        fields: [
          { to: 'a', from: 'id' },
          { to: 'A', from: 'note' },
        ],
      },
    },
    [{ code: 'node.duplicate_name', detail: { field: 'fields' } }],
  ],
  [
    'keys of types that cannot meet',
    { n: { type: 'join', left: 'orders', right: 'customers', on: [{ left: 'day', right: 'id' }] } },
    [{ code: 'node.config_invalid', detail: { node: 'n' } }],
  ],
  [
    'a keyed target without keys',
    { n: { type: 'target', input: 'orders', dataset: 'dw:t', mode: 'mirror' } },
    [{ code: 'node.keys_missing', detail: { field: 'keys' } }],
  ],
  [
    'a file in an sql node',
    { n: { type: 'sql', inputs: ['orders'], sql: "SELECT *\nFROM '/etc/passwd'" } },
    [{ code: 'node.forbidden', detail: { field: 'sql', line: 2, position: 6 } }],
  ],
  [
    'a column that an sql node lacks',
    { n: { type: 'sql', inputs: ['orders'], sql: 'SELECT amont FROM orders' } },
    [{ code: 'node.expression_invalid', detail: { field: 'sql', line: 1, position: 8 } }],
  ],
]

describe('checking finds', () => {
  it.each(PROBLEMS)('%s', async (_title, nodes, expected) => {
    const { problems } = await bench.check(nodes, since)
    expect(problems).toHaveLength(expected.length)
    for (const one of expected)
      expect(problems).toContainEqual(
        expect.objectContaining({ code: one['code'], detail: expect.objectContaining(one['detail']) }),
      )
    for (const problem of problems) {
      const { message, next } = describeFailure(failureFromData(problem), 'zh')
      expect(message + next).not.toMatch(/\{\w+\}/)
    }
  })

  it.each([
    ['a missing value', { declared: { p: { type: 'DATE' } } }, 'pipeline.parameter_missing'],
    ['an unknown parameter', { ...since, parameters: { sinse: '2026-01-01' } }, 'pipeline.parameter_unknown'],
    [
      'a type that is none',
      { declared: { p: { type: 'DATE), (SELECT 1', default: 1 } } },
      'pipeline.parameter_invalid',
    ],
  ])('%s', async (_title, setting, code) => {
    expect((await bench.check({}, setting)).problems).toMatchObject([{ code }])
  })

  it('throws all of them at once', async () => {
    const compiling = bench.compile({ ...filter('amont > 1'), m: { type: 'nothing' } })
    await expect(compiling).rejects.toBeInstanceOf(Failure)
    await expect(compiling).rejects.toMatchObject({ code: 'pipeline.invalid', detail: { count: 2 } })
  })
})

describe('lineage', () => {
  it('finds the source columns of a value and of its rows', async () => {
    const compiled = await bench.compile(GOOD, since)
    const { sources, isApproximate } = lineageOf(compiled, { node: 'totals', output: 'out' }, 'sum')
    expect(isApproximate).toBe(false)
    expect(sources.map(({ node, column, kind }) => [node, column, kind])).toEqual([
      ['customers', 'id', 'join_key'],
      ['customers', 'name', 'group_key'],
      ['orders', 'amount', 'expression'],
      ['orders', 'customer', 'join_key'],
      ['orders', 'day', 'filter'],
    ])
    expect(sources.find(({ column }) => column === 'amount')?.path).toEqual([
      'orders.amount',
      'recent.amount',
      'joined.amount',
      'mapped.cents',
      'totals.sum',
    ])
  })

  it('follows a renamed column as the same value', async () => {
    const compiled = await bench.compile(GOOD, since)
    const { sources } = lineageOf(compiled, { node: 'mapped', output: 'out' }, 'ORDER_ID')
    expect(sources.filter(({ kind }) => kind === 'direct')).toMatchObject([{ node: 'orders', column: 'id' }])
  })

  it('says when an sql node makes it approximate', async () => {
    const compiled = await bench.compile({
      q: { type: 'sql', inputs: ['customers'], sql: 'SELECT name AS n FROM customers' },
    })
    const { sources, isApproximate } = lineageOf(compiled, { node: 'q', output: 'out' }, 'n')
    expect(isApproximate).toBe(true)
    expect(sources.map(({ column }) => column)).toContain('name')
  })
})
