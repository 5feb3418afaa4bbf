import { expect, it } from 'vitest'
import { printTable } from './table.ts'
import { cutToWidth, displayWidth, visibleText } from './width.ts'

it.each([
  ['plain', 5],
  ['汇渠', 4],
  ['ａ', 2],
  ['é', 1],
  ['é', 1],
  ['👩‍👩‍👧', 2],
  ['', 0],
])('knows that %s takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width))

it('cuts between characters, never through one', () => {
  expect(cutToWidth('汇渠数据', 5)).toBe('汇渠…')
  expect(cutToWidth('short', 5)).toBe('short')
})

it('shows control characters instead of obeying them', () => {
  expect(visibleText('a\u001b[31mb\n\u202e')).toBe('a\\u001b[31mb\\n\\u202e')
})

it('aligns Chinese, puts numbers to the right, and tells NULL from the empty text', () => {
  const columns = [
    { name: '名称', type: 'VARCHAR' },
    { name: 'n', type: 'BIGINT' },
    { name: 'tags', type: 'VARCHAR[]' },
  ]
  const rows = [
    ['李雷', '12', ['a']],
    ['', null, null],
  ]
  expect(printTable(columns, rows, { color: false })).toBe(
    ['名称     n  tags', '────  ────  ─────', '李雷    12  ["a"]', '      NULL  NULL'].join('\n'),
  )
  expect(printTable(columns, rows, { color: true })).toContain('\u001b[2mNULL\u001b[22m')
})
