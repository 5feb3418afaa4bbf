import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineClient } from '../../../contract/api.ts'
import { openResources } from '../resources.ts'
import { router } from '../router.ts'
import { codeOf } from '../testing/test-engine.ts'

let directory: string
let engine: EngineClient
let resources: ReturnType<typeof openResources>

const ORDERS = 'id,customer,amount\n1,10,5.00\n2,10,-1.00\n3,99,7.00\n4,11,0.00\n5,11,9.50\n'
const CUSTOMERS = 'id,name\n10,Li\n11,Wang\n'
const PIPELINE = `version: 1
nodes:
  orders: { type: source, dataset: files:orders.csv, options: { types: { id: INTEGER, customer: INTEGER, amount: "DECIMAL(10,2)" } } }
  customers: { type: source, dataset: files:customers.csv, options: { types: { id: INTEGER } } }
  paid: { type: filter, input: orders, where: amount <> 0 }
  checked: { type: validate, input: paid, rules: [{ check: range, column: amount, min: 0 }] }
  joined: { type: join, how: inner, left: checked, right: customers, on: [{ left: customer, right: id }] }
  out: { type: map, input: joined, fields: [{ to: orderId, from: id }, { to: name }, { to: cents, expr: amount * 100 }] }
`

const MANY = `version: 1
nodes:
  many: { type: source, dataset: files:many.csv }
  names: { type: source, dataset: files:names.csv }
  joined: { type: join, how: inner, left: many, right: names, on: [name] }
  per_name: { type: aggregate, input: joined, by: [name], values: [{ to: shares, fn: sum, of: share }] }
  doubled: { type: map, input: joined, fields: [{ to: word }] }
`
const lines = (head: string, line: (i: number) => string): string =>
  [head, ...Array.from({ length: 5_000 }, (_, i) => line(i)), ''].join('\n')

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-trace-'))
  await Promise.all(['connections', 'pipelines', 'data'].map((name) => mkdir(join(directory, name))))
  await writeFile(join(directory, 'runnel.yaml'), 'version: 1\nname: trace\n')
  await writeFile(join(directory, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  await writeFile(join(directory, 'data/orders.csv'), ORDERS)
  await writeFile(join(directory, 'data/customers.csv'), CUSTOMERS)
  await writeFile(join(directory, 'pipelines/p.yaml'), PIPELINE)
  await writeFile(
    join(directory, 'data/many.csv'),
    lines('id,name,share', (i) => `${i},${(i * 7919) % 997},${i / 4}`),
  )
  await writeFile(
    join(directory, 'data/names.csv'),
    lines('name,word', (i) => `${(i * 31) % 997},w${i % 5}`),
  )
  await writeFile(join(directory, 'pipelines/many.yaml'), MANY)
  resources = openResources()
  const context = { workspaceDirectory: directory, language: 'en' as const, variables: {}, resources }
  engine = createRouterClient(router, { context })
})
afterAll(async () => {
  await resources[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

describe('the way of a row', () => {
  it('that arrived: every node it passed, from its line on', async () => {
    const { steps } = await engine.pipelines.biography({ pipeline: 'p', output: 'out', row: { key: { orderId: 5 } } })
    const orders = steps.find(({ node }) => node === 'orders')
    expect(orders?.locator).toBe('orders.csv:6')
    expect(steps.map(({ node }) => node)).toEqual(expect.arrayContaining(['paid', 'checked', 'joined', 'out']))
    expect(steps.at(-1)?.changed).toContain('cents')
  })

  it.each([
    ['filtered out', 4, 'paid', 'filtered'],
    ['refused by a rule', 2, 'checked', 'rejected'],
    ['without a partner', 3, 'joined', 'lost_join'],
    ['that is nowhere', 77, 'orders', 'not_found'],
  ])('%s: where and why', async (_case, id, node, outcome) => {
    const { steps } = await engine.pipelines.whyNot({ pipeline: 'p', output: 'out', key: { id } })
    expect(steps.find((step) => step.outcome === outcome)?.node).toBe(node)
  })
})

describe('values that a person typed', () => {
  it.each([
    ['a whole number for one with digits behind the point', { amount: '7' }, 3],
    ['the same as it travels', { amount: '7.00' }, 3],
    ['a number', { id: 3 }, 3],
  ])('%s find the row', async (_case, key, id) => {
    const { steps } = await engine.pipelines.whyNot({ pipeline: 'p', output: 'out', key })
    const orders = steps.find(({ node }) => node === 'orders')
    expect(orders?.after?.rows[0]?.[0]).toBe(id)
  })

  it('that mean nothing for the column find none', async () => {
    const { steps } = await engine.pipelines.whyNot({ pipeline: 'p', output: 'out', key: { amount: 'seven' } })
    expect(steps.map(({ outcome }) => outcome)).toEqual(['not_found'])
  })
})

describe('a row by its place in the preview', () => {
  it.each(['joined', 'per_name', 'doubled'])('is the one that the preview shows there: %s', async (output) => {
    const { columns, rows } = await engine.pipelines.preview({ pipeline: 'many', output })
    expect(rows).toHaveLength(50)
    for (const index of [0, 1, 7, 49]) {
      const { steps } = await engine.pipelines.biography({ pipeline: 'many', output, row: { index } })
      const after = steps.find((step) => step.output === output)?.after
      const shown = Object.fromEntries(columns.map(({ name }, at) => [name, rows[index]?.[at]]))
      const told = Object.fromEntries((after?.columns ?? []).map((name, at) => [name, after?.rows[0]?.[at]]))
      expect(told).toEqual(shown)
    }
  })

  it('that the output does not have is said to be missing', async () => {
    const asked = engine.pipelines.biography({ pipeline: 'p', output: 'out', row: { index: 2 } })
    expect(await codeOf(asked)).toBe('run.row_missing')
  })
})

describe('an expression while it is typed', () => {
  const evaluate = (expression: string) => engine.pipelines.evaluate({ pipeline: 'p', node: 'out', expression })

  it('has its type, its values and the columns it uses', async () => {
    const found = await evaluate('amount * 2')
    expect(found.references).toEqual(['amount'])
    expect(found.type).toMatch(/^DECIMAL/)
    expect(found.values?.length).toBeGreaterThan(0)
    expect(found.problem).toBeUndefined()
  })

  it.each([
    ['a column that is not there', 'amount + nothing_like_it'],
    ['a sign too many', 'amount * * 2'],
    ['another statement', 'amount; DROP TABLE x'],
  ])('says what is wrong with %s, inside of it', async (_case, expression) => {
    const { problem } = await evaluate(expression)
    if (problem === undefined) throw new Error('expected a problem')
    expect(problem.message).not.toContain('_runnel')
    expect(problem.start).toBeGreaterThanOrEqual(0)
    expect(problem.end).toBeLessThanOrEqual(expression.length)
  })

  it('is completed by columns and functions', async () => {
    const complete = async (expression: string): Promise<string[]> => {
      const found = await engine.pipelines.complete({
        pipeline: 'p',
        node: 'out',
        expression,
        offset: expression.length,
      })
      return found.map(({ label }) => label)
    }
    expect(await complete('amo')).toContain('amount')
    expect((await complete('roun')).some((label) => label.startsWith('round'))).toBe(true)
  })
})

it('suggests the columns that mean what is wanted, the surest first', async () => {
  const found = await engine.pipelines.suggest({
    pipeline: 'p',
    node: 'paid',
    wanted: ['ID', 'customerId', 'Amount', 'colour'],
  })
  const best = (to: string): string | undefined => found.find((one) => one.to === to)?.from
  expect([best('ID'), best('customerId'), best('Amount')]).toEqual(['id', 'customer', 'amount'])
  for (const { confidence } of found) expect(confidence).toBeLessThanOrEqual(1)
})
