import { describe, expect, it } from 'vitest'
import { nextFocus } from './tree-keys.ts'
import { pathKey, type TreeLevel, visibleRows } from './visible-rows.ts'

const ready = (...names: [string, boolean][]): TreeLevel => ({
  nodes: names.map(([id, hasChildren]) => ({ id, label: id, hasChildren })),
  state: 'ready',
  hasMore: false,
})
// 0 a (open), 1 a/x, 2 a/y, 3 b (closed), 4 c
const rows = visibleRows(
  new Map([
    [pathKey([]), ready(['a', true], ['b', true], ['c', false])],
    [pathKey(['a']), ready(['x', false], ['y', false])],
  ]),
  new Set([pathKey(['a'])]),
)

describe('keys in a tree', () => {
  it.each<[string, number, unknown]>([
    ['ArrowDown', 0, { kind: 'focus', index: 1 }],
    ['ArrowDown', 4, undefined],
    ['ArrowUp', 3, { kind: 'focus', index: 2 }],
    ['ArrowUp', 0, undefined],
    ['Home', 4, { kind: 'focus', index: 0 }],
    ['End', 0, { kind: 'focus', index: 4 }],
    ['ArrowRight', 0, { kind: 'focus', index: 1 }],
    ['ArrowRight', 3, { kind: 'toggle', isOpen: true }],
    ['ArrowRight', 4, undefined],
    ['ArrowLeft', 0, { kind: 'toggle', isOpen: false }],
    ['ArrowLeft', 2, { kind: 'focus', index: 0 }],
    ['ArrowLeft', 4, undefined],
    ['Enter', 3, { kind: 'toggle', isOpen: true }],
    ['Enter', 4, { kind: 'choose' }],
    ['x', 0, undefined],
  ])('%s on line %i', (key, at, expected) => {
    expect(nextFocus(rows, at, key)).toEqual(expected)
  })
})
