import { expect, it } from 'vitest'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import { drawnFrames, drawnNotes } from './drawn-marks.ts'

const layout: LayoutFile = {
  version: 1,
  nodes: {},
  notes: [{ id: 'n', x: 1, y: 2, width: 30, height: 40, text: '<b>as it is</b>' }],
  groups: [
    { id: 'g', title: 'in', nodes: ['a', 'b', 'gone'], isCollapsed: false },
    { id: 'h', title: 'none', nodes: ['gone'], isCollapsed: false },
  ],
}

it('draws a frame round the nodes that are there, and none where none is', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, width: 190, height: 44 }],
    ['b', { x: 200, y: 100, width: 190, height: 44 }],
  ])
  expect(drawnFrames(layout, boxes, new Set())).toMatchObject([
    { id: 'group:g', position: { x: -16, y: -42 }, width: 422, height: 202, data: { title: 'in', count: 2 } },
  ])
})

it('draws notes where and as large as they were left', () => {
  expect(drawnNotes(layout)).toMatchObject([
    { id: 'note:n', position: { x: 1, y: 2 }, width: 30, height: 40, data: { text: '<b>as it is</b>' } },
  ])
})

it('a closed frame stands where its first node would, however large it was', () => {
  const boxes = new Map([
    ['a', { x: 100, y: 100, width: 900, height: 44 }],
    ['b', { x: 100, y: 900, width: 100, height: 44 }],
  ])
  const group = { id: 'g', title: 'in', nodes: ['a', 'b'], isCollapsed: true }
  const closed = { version: 1 as const, nodes: {}, notes: [], groups: [group] }
  const [open] = drawnFrames(closed, boxes, new Set())
  const [shut] = drawnFrames(closed, boxes, new Set(['group:g']))
  expect(shut?.position).toEqual(open?.position)
  expect([shut?.width, shut?.height, shut?.data.isClosed, shut?.data.count]).toEqual([190, 52, true, 2])
  expect(open?.height).toBeGreaterThan(800)
})
