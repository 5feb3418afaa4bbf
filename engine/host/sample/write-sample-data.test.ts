import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TextFixture } from '../../testing/text/text-fixture.ts'
import { DIRT } from './orders.ts'
import { writeSampleData } from './write-sample-data.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-sample-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('writes the same data for the same seed, with every fault', async () => {
  const first = await writeSampleData(join(folder, 'a'), { orders: 1_000, seed: 7, dirtyShare: 0.1 })
  const again = await writeSampleData(join(folder, 'b'), { orders: 1_000, seed: 7, dirtyShare: 0.1 })
  const other = await writeSampleData(join(folder, 'c'), { orders: 1_000, seed: 8, dirtyShare: 0.1 })
  const bytes = await readFile(first.orders)
  expect(bytes.equals(await readFile(again.orders))).toBe(true)
  expect(bytes.equals(await readFile(other.orders))).toBe(false)
  expect(DIRT.filter((dirt) => first.dirty[dirt] === 0)).toEqual([])
  const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  expect(text.split('\r\n')[0]).toBe('订单号,客户编号,商品编号,下单日期,数量,金额,渠道,状态,备注')
  expect(text.split('\r\n')).toHaveLength(1_000 + 2)
})

it('writes customers with four-byte names and products with nesting', async () => {
  const { customers, products } = await writeSampleData(join(folder, 'd'), { orders: 5_000, seed: 1 })
  const database = new Database(customers, { readonly: true })
  expect(database.prepare("SELECT count(*) > 0 AS found FROM customers WHERE name LIKE '%䶮'").get()).toEqual({
    found: 1,
  })
  database.close()
  expect(JSON.parse(await readFile(products, 'utf8'))[0]).toMatchObject({ sku: '000001', supplier: { contact: {} } })
})

it('has dirty orders that a reader refuses, and no others', async () => {
  await using fixture = await TextFixture.open()
  const { dirty } = await writeSampleData(fixture.folder, { orders: 3_000, seed: 11, dirtyShare: 0.05 })
  const read = await fixture.read('orders.csv', { types: { 下单日期: 'DATE', 金额: 'DECIMAL(12,2)' } })
  const byRule = Map.groupBy(read.rejects, ([rule]) => rule)
  expect(Object.fromEntries([...byRule].map(([rule, rejects]) => [rule, rejects.length]))).toEqual({
    'csv.columns': dirty.missing_column,
    'csv.quote': dirty.stray_quote,
    'type.DATE': dirty.bad_date,
  })
  expect(read.rows).toHaveLength(3_000 - read.rejects.length)
  expect(read.types['商品编号']).toBe('VARCHAR')
})
