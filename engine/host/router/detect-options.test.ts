import { afterAll, beforeAll, expect, it } from 'vitest'
import { textEncoder } from '../../connectors/shared/text-encoder.ts'
import { encodingOf } from '../../connectors/shared/text-encoding.ts'
import type { Detection } from '../../contract/api/data.ts'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

let host: TestEngine

beforeAll(async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `订单${i};上海市浦东新区第${i}号;${i * 3}\r\n`)
  const encoded = textEncoder(encodingOf('gb18030'))(`编号;地址;数量\r\n${rows.join('')}坏行;只有两个\r\n`)
  host = await openTestEngine({ 'data/订单.csv': 'bytes' in encoded ? encoded.bytes : '' })
})
afterAll(() => host[Symbol.asyncDispose]())

function option({ options }: Detection, name: string): Detection['options'][number] | undefined {
  return options.find((one) => one.name === name)
}

it('says of every option what is used, why, and what else it could be', async () => {
  const found = await host.engine.data.detect({ from: { dataset: 'files:订单.csv' } })
  expect([found.kind, found.columns.map(({ name, type }) => [name, type])]).toEqual([
    'text',
    [
      ['编号', 'VARCHAR'],
      ['地址', 'VARCHAR'],
      ['数量', 'BIGINT'],
    ],
  ])
  expect(option(found, 'encoding')).toMatchObject({ value: 'gb18030', origin: 'detected', detected: 'gb18030' })
  expect(option(found, 'encoding')?.alternatives).toContainEqual({ value: 'utf-8' })
  expect(option(found, 'delimiter')).toMatchObject({ value: ';', origin: 'detected' })
  expect(option(found, 'delimiter')?.confidence).toBeGreaterThan(0.9)
  expect(option(found, 'strayQuotes')).toEqual({
    name: 'strayQuotes',
    value: 'reject',
    origin: 'default',
    alternatives: [{ value: 'keep' }],
  })
  const kinds = await host.engine.connections.kinds()
  const known = Object.keys(Object(kinds.find(({ kind }) => kind === 'text')?.sourceOptions['properties']))
  expect(found.options.map(({ name }) => name)).toEqual(known)
})

it('lists bad lines with their bytes, beyond the rows that are shown', async () => {
  const { rows, rejects } = await host.engine.data.detect({ from: { dataset: 'files:订单.csv' }, limitRows: 3 })
  expect(rows.length).toBe(3)
  expect(rejects).toMatchObject([{ rule: 'csv.columns', locator: '订单.csv:42' }])
  expect(Buffer.from(rejects[0]?.raw ?? '', 'hex').length).toBeGreaterThan(10)
})

it('follows what is declared', async () => {
  const options = { delimiter: ',', header: false, inferTypes: false }
  const found = await host.engine.data.detect({ from: { dataset: 'files:订单.csv' }, options })
  expect(found.columns.map(({ name }) => name)).toEqual(['column1'])
  expect(option(found, 'delimiter')).toMatchObject({ value: ',', origin: 'given' })
  expect(option(found, 'inferTypes')).toMatchObject({ value: false, origin: 'given' })
  expect(found.rows[0]).toEqual(['编号;地址;数量'])
})
