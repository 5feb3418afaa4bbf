import { describe, expect, it } from 'vitest'
import { isInside, moved, rangeOf, selectAll, selectTo } from './selection.ts'

const size = { rowCount: 100, columnCount: 5, pageRows: 20 }
const at = (row: number, column: number) => ({ anchor: { row, column }, focus: { row, column } })
const press = (key: string, modifiers = '') => ({
  key,
  shiftKey: modifiers.includes('shift'),
  ctrlKey: modifiers.includes('ctrl'),
  metaKey: modifiers.includes('meta'),
})

describe('a key moves the focus', () => {
  it.each([
    ['down', press('ArrowDown'), 11, 2],
    ['up', press('ArrowUp'), 9, 2],
    ['left', press('ArrowLeft'), 10, 1],
    ['right', press('ArrowRight'), 10, 3],
    ['a page down', press('PageDown'), 30, 2],
    ['a page up stops at the first row', press('PageUp'), 0, 2],
    ['to the row’s first cell', press('Home'), 10, 0],
    ['to the row’s last cell', press('End'), 10, 4],
    ['to the first cell', press('Home', 'ctrl'), 0, 0],
    ['to the last cell', press('End', 'meta'), 99, 4],
    ['to the last row', press('ArrowDown', 'ctrl'), 99, 2],
  ])('%s', (_case, pressed, row, column) => {
    expect(moved(at(10, 2), pressed, size)).toEqual(at(row, column))
  })

  it('and stretches with shift', () => {
    expect(moved(at(10, 2), press('ArrowDown', 'shift'), size)).toEqual({
      anchor: { row: 10, column: 2 },
      focus: { row: 11, column: 2 },
    })
  })

  it.each(['x', 'Enter', 'Tab', 'toString'])('but not %s', (key) => {
    expect(moved(at(0, 0), press(key), size)).toBeUndefined()
  })

  it('selects all', () => {
    expect(moved(at(3, 3), press('a', 'ctrl'), size)).toEqual(selectAll(size))
  })

  it('stays where it is in an empty grid', () => {
    expect(moved(at(0, 0), press('End', 'ctrl'), { rowCount: 0, columnCount: 0, pageRows: 20 })).toEqual(at(0, 0))
  })
})

it('a range has its corners in order', () => {
  const range = rangeOf(selectTo(at(5, 4), { row: 2, column: 1 }, true))
  expect(range).toEqual({ firstRow: 2, lastRow: 5, firstColumn: 1, lastColumn: 4 })
  expect([isInside(range, 2, 1), isInside(range, 5, 4), isInside(range, 6, 4), isInside(range, 3, 0)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
