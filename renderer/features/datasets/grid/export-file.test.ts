import { expect, it } from 'vitest'
import { exportedPercent, exportName, fileIn } from './export-file.ts'

it.each([
  ['orders.csv', 'parquet', 'orders.parquet'],
  ['orders.csv', 'csv', 'orders-export.csv'],
  ['public.orders', 'csv', 'public.orders.csv'],
  ['a/b:c', 'markdown', 'a_b_c.md'],
  ['订单', 'xlsx', '订单.xlsx'],
  ['', 'json', 'export.json'],
] as const)('names the export of %s as %s', (name, format, file) => {
  expect(exportName(name, format)).toBe(file)
})

it.each([
  ['/data', '/data/a.csv'],
  ['/data/', '/data/a.csv'],
  ['C:\\data', 'C:\\data\\a.csv'],
])('puts a file into %s', (folder, file) => {
  expect(fileIn(folder, 'a.csv')).toBe(file)
})

it.each([
  [{ rows: 50, rowCount: 200, isDone: false }, 25],
  [{ rows: 200, rowCount: 200, isDone: false }, 99],
  [{ rows: 200, rowCount: 200, isDone: true }, 100],
  [{ rows: 50, rowCount: null, isDone: false }, undefined],
  [{ rows: 0, rowCount: 0, isDone: false }, undefined],
])('%o is %s percent', (event, percent) => {
  expect(exportedPercent(event)).toBe(percent)
})
