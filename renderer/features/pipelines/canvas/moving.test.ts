import { expect, it } from 'vitest'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import { byKind, type Move, movedPlaces } from './moving.ts'

const layout: LayoutFile = {
  version: 1,
  nodes: {},
  notes: [{ id: 'n', x: 7, y: 7, width: 10, height: 10, text: '' }],
  groups: [{ id: 'g', title: '', nodes: ['a', 'b', 'gone'], isCollapsed: false }],
}
const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 100, y: 0 }],
  ['c', { x: 200, y: 0 }],
  ['group:g', { x: -16, y: -42 }],
  ['note:n', { x: 7, y: 7 }],
])
const told = (moves: readonly Move[]): string =>
  [...movedPlaces(moves, layout, (id) => places.get(id))].map(([id, { x, y }]) => `${id} ${x},${y}`).join('; ')

it.each<[string, readonly Move[], string]>([
  ['a node', [{ id: 'c', to: { x: 5, y: 6 } }], 'c 5,6'],
  ['a frame with its nodes', [{ id: 'group:g', to: { x: -6, y: -22 } }], 'a 10,20; b 110,20'],
  [
    'a frame of which a node is dragged with it, once',
    [
      { id: 'a', to: { x: 10, y: 20 } },
      { id: 'group:g', to: { x: -6, y: -22 } },
    ],
    'a 10,20; b 110,20',
  ],
  ['a note', [{ id: 'note:n', to: { x: 0, y: 0 } }], 'note:n 0,0'],
])('moves %s', (_case, moves, expected) => {
  expect(told(moves)).toBe(expected)
})

it('tells notes from nodes', () => {
  const { nodes, notes } = byKind(
    new Map([
      ['a', { x: 1, y: 1 }],
      ['note:n', { x: 2, y: 2 }],
    ]),
    layout,
  )
  expect([[...nodes.keys()], [...notes.keys()]]).toEqual([['a'], ['n']])
})
