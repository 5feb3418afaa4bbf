import { expect, it } from 'vitest'
import type { SourceTable } from './sync-draft.ts'
import { checkOf, tableRows, tablesOf, toggled } from './table-tree.ts'

const TABLES: readonly SourceTable[] = [
  { dataset: 'hr.people', schema: 'hr', name: 'people', rows: '7' },
  { dataset: 'sales.orders', schema: 'sales', name: 'orders' },
  { dataset: 'sales.lines', schema: 'sales', name: 'lines' },
]
const text = (search: string, open: readonly string[]): string[] =>
  tableRows(TABLES, { search, open: new Set(open.map((id) => JSON.stringify([id]))), count: (rows) => rows }).map(
    (row) => (row.kind === 'node' ? `${row.path.length} ${row.node.label} ${row.node.detail ?? ''}`.trim() : row.kind),
  )

it.each([
  ['closed', '', [], ['1 hr 1', '1 sales 2']],
  ['with one schema open', '', ['hr'], ['1 hr 1', '2 people 7', '1 sales 2']],
  ['searched', 'ord', [], ['1 sales 1', '2 orders']],
  ['with nothing found', 'x', [], ['empty']],
])('is drawn %s', (_case, search, open, lines) => {
  expect(text(search, open)).toEqual(lines)
})

it('chooses a schema by what is seen of it', () => {
  const sales = tablesOf(TABLES, ['sales'], '')
  expect(sales).toEqual(['sales.orders', 'sales.lines'])
  expect(tablesOf(TABLES, ['sales'], 'lin')).toEqual(['sales.lines'])
  const one = toggled(['sales.lines'], new Set())
  expect(checkOf(sales, one)).toBe('mixed')
  const all = toggled(sales, one)
  expect(checkOf(sales, all)).toBe(true)
  expect(checkOf(sales, toggled(sales, all))).toBe(false)
})
