import { expect, it } from 'vitest'
import type { Cell } from '../../../../engine/contract/page.ts'
import { rowKey } from './row-key.ts'

const columns = [
  { name: 'a', type: 'VARCHAR' },
  { name: 'b', type: 'INTEGER[]' },
  { name: '_runnel_locator', type: 'VARCHAR', hidden: true },
]

it.each<[string, Cell[], number, Record<string, Cell> | undefined]>([
  ['plain values', ['x', [1], 'l'], 0, { a: 'x' }],
  ['NULL is a value', [null, [1], 'l'], 0, { a: null }],
  ['a long text is left out', ['x'.repeat(2_000), 3, 'l'], 0, { b: 3 }],
  ['only nested values', [{ k: 1 }, [1], 'l'], 0, { a: { k: 1 }, b: [1] }],
  ['no such row', ['x', [1], 'l'], 1, undefined],
])('%s', (_case, cells, row, key) => {
  expect(rowKey({ columns, rows: [cells] }, row)).toEqual(key)
})
