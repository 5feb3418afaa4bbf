import { describe, expect, it } from 'vitest'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import {
  withFolded,
  withGroup,
  withGroupTitle,
  withNote,
  withNoteParts,
  withoutMarks,
  withoutPlaces,
  withPlaces,
  withRenamedPlace,
} from './layout-edits.ts'

const layout: LayoutFile = {
  version: 1,
  nodes: { a: { x: 0, y: 0 }, b: { x: 200, y: 0 } },
  notes: [{ id: 'note-1', x: 5, y: 6, width: 100, height: 50, text: 'why' }],
  groups: [
    { id: 'group-1', title: 'in', nodes: ['a', 'b'], isCollapsed: false },
    { id: 'group-2', title: 'out', nodes: ['c'], isCollapsed: false },
  ],
}
const frames = ({ groups }: LayoutFile): string => groups.map(({ id, nodes }) => `${id}:${nodes.join()}`).join(' ')

describe('frames', () => {
  it('are closed together, and opened again when all of them are', () => {
    const closed = (of: LayoutFile): boolean[] => of.groups.map(({ isCollapsed }) => isCollapsed)
    const one = withFolded(layout, new Set(['group-1']))
    const both = withFolded(one, new Set(['group-1', 'group-2']))
    expect([one, both, withFolded(both, new Set(['group-1', 'group-2']))].map(closed)).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ])
    expect(withFolded(layout, new Set(['gone']))).toBe(layout)
  })

  it.each<[string, LayoutFile, string]>([
    [
      'a new one takes its nodes from the others',
      withGroup(layout, { title: 'x', nodes: ['b', 'c'] }).layout,
      'group-1:a group-3:b,c',
    ],
    ['a node gone leaves its frame', withoutPlaces(layout, ['a']), 'group-1:b group-2:c'],
    ['a frame without nodes goes', withoutPlaces(layout, ['c']), 'group-1:a,b'],
    ['a renamed node stays in its frame', withRenamedPlace(layout, 'c', 'z'), 'group-1:a,b group-2:z'],
    ['taken away', withoutMarks(layout, new Set(['group-1'])), 'group-2:c'],
  ])('%s', (_case, after, expected) => {
    expect(frames(after)).toBe(expected)
  })

  it('have a title of their own', () => {
    expect(withGroupTitle(layout, 'group-2', 'targets').groups.map(({ title }) => title)).toEqual(['in', 'targets'])
  })
})

describe('notes', () => {
  it('get ids that are free, and keep what is not changed', () => {
    const { layout: more, id } = withNote(layout, { x: 1, y: 2, width: 3, height: 4, text: '' })
    expect(id).toBe('note-2')
    expect(withNoteParts(more, id, { text: '备注' }).notes).toEqual([
      layout.notes[0],
      { id: 'note-2', x: 1, y: 2, width: 3, height: 4, text: '备注' },
    ])
  })

  it('move together with nodes', () => {
    const moved = withPlaces(layout, {
      nodes: new Map([['b', { x: 9, y: 9 }]]),
      notes: new Map([['note-1', { x: 1, y: 1 }]]),
    })
    expect([moved.nodes, moved.notes[0]?.x, moved.notes[0]?.text]).toEqual([
      { a: { x: 0, y: 0 }, b: { x: 9, y: 9 } },
      1,
      'why',
    ])
  })
})

it.each<[string, LayoutFile]>([
  ['a note that is not there', withNoteParts(layout, 'none', { text: 'x' })],
  ['the same text', withNoteParts(layout, 'note-1', { text: 'why' })],
  ['the same title', withGroupTitle(layout, 'group-1', 'in')],
  ['a node it knows nothing of', withoutPlaces(layout, ['z'])],
  ['nothing moved', withPlaces(layout, { nodes: new Map(), notes: new Map() })],
  ['no mark of that name', withoutMarks(layout, new Set(['none']))],
  ['a rename of an unknown node', withRenamedPlace(layout, 'z', 'y')],
])('%s changes nothing, and is no step of undo', (_case, after) => {
  expect(after).toBe(layout)
})
