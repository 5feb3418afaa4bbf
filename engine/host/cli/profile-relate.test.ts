import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Recorded, runRecorded } from './testing/recording-terminal.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-relate-'))
const shop = join(root, 'shop')
afterAll(() => rm(root, { recursive: true, force: true }))

const lines = (head: string, rows: readonly string[]): string => `${[head, ...rows].join('\n')}\n`
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

beforeAll(async () => {
  await runRecorded(['init', shop], { directory: root })
  const settings = JSON.stringify({ folder: root })
  await writeFile(join(shop, 'connections/files.yaml'), `version: 1\nkind: text\nsettings: ${settings}\n`)
  const customers = upTo(20).map((i) => `C-${i},name ${i}`)
  // One customer of the 20 that orders name is not there.
  const orders = upTo(40).map((i) => `${1_000_000 + i},C-${(i % 20) + 2}`)
  await writeFile(join(root, 'customers.csv'), lines('code,name', customers))
  await writeFile(join(root, 'orders.csv'), lines('nr,customer', orders))
  await writeFile(join(root, 'colours.csv'), lines('colour', ['red', 'green', 'blue', 'grey']))
})

const relate = (...args: string[]): Promise<Recorded> =>
  runRecorded(['profile', 'relate', ...args, '-w', shop], { directory: root })

it('tells a foreign key with its orphans', async () => {
  const { exit, out } = await relate('files:orders.csv', 'files:customers.csv', '--json')
  expect(exit).toBe(0)
  expect(JSON.parse(out).relations).toEqual([
    expect.objectContaining({
      kind: 'foreign_key',
      from: { dataset: 'files:orders.csv', column: 'customer' },
      to: { dataset: 'files:customers.csv', column: 'code' },
      values: 20,
      found: 19,
      orphanRows: 2,
      orphans: ['C-21'],
    }),
  ])
  const { out: table } = await relate('files:orders.csv', 'files:customers.csv')
  expect(table).toMatch(/foreign_key.*orders\.csv\.customer.*customers\.csv\.code.*19 \/ 20.*C-21/)
})

it('says that there is nothing', async () => {
  const { out } = await relate('files:orders.csv', 'files:colours.csv', '--lang', 'zh')
  expect(out).toContain('这些数据集中没有内容相同的列')
})

it('wants two datasets', async () => {
  expect((await relate('files:orders.csv')).exit).toBe(2)
})
