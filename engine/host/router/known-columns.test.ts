import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

let test: TestEngine
const ORDERS = 'files:orders.csv'

beforeEach(async () => {
  test = await openTestEngine({
    'data/orders.csv': 'order_id,Amount_EUR,ship_order\n1,2.5,3\n',
    'data/others.csv': 'order_number\n7\n',
  })
})
afterEach(() => test[Symbol.asyncDispose]())

const found = (search: string, limit = 20) => test.engine.connections.columns({ search, limit })

it('knows nothing that was never seen', async () => {
  expect(await found('order')).toEqual([])
})

it.each([
  ['described', () => test.engine.connections.describe({ dataset: ORDERS })],
  ['opened', () => test.engine.data.open({ from: { dataset: ORDERS } })],
  ['taken as a snapshot', () => test.engine.snapshots.take({ dataset: ORDERS, scope: { kind: 'all' } })],
  ['read by a statement', () => test.engine.data.open({ from: { sql: 'SELECT * FROM files."orders.csv"' } })],
])('finds columns of a dataset that was %s, those that begin so first', async (_case, see) => {
  await see()
  await expect
    .poll(() => found('ORDER'))
    .toEqual([
      { dataset: ORDERS, column: 'order_id', type: 'BIGINT' },
      { dataset: ORDERS, column: 'ship_order', type: 'BIGINT' },
    ])
  expect(await found('amount_eur')).toEqual([{ dataset: ORDERS, column: 'Amount_EUR', type: expect.any(String) }])
  expect(await found('order', 1)).toHaveLength(1)
})

it('forgets what a dataset has no more, and connections that are gone', async () => {
  await test.engine.connections.describe({ dataset: ORDERS })
  await test.engine.connections.describe({ dataset: 'files:others.csv' })
  await test.write('data/orders.csv', 'id\n1\n')
  await test.engine.connections.describe({ dataset: ORDERS })
  await expect
    .poll(() => found('order'))
    .toEqual([{ dataset: 'files:others.csv', column: 'order_number', type: 'BIGINT' }])
  await test.engine.connections.remove({ connection: 'files' })
  expect(await found('order')).toEqual([])
})

it('is not troubled by a file that was broken', async () => {
  await test.engine.connections.describe({ dataset: ORDERS })
  await writeFile(join(test.directory, '.runnel/columns.json'), '{"files:x": 3')
  expect(await found('order')).toEqual([])
  await test.engine.connections.describe({ dataset: ORDERS })
  await expect.poll(async () => (await found('order')).length).toBe(2)
})
