import { describe, expect, it } from 'vitest'
import { type Axis, aligned, type Box, distributed, type Side } from './align.ts'

const boxes: ReadonlyMap<string, Box> = new Map([
  ['a', { x: 0, y: 100, width: 100, height: 40 }],
  ['b', { x: 60, y: 0, width: 50, height: 60 }],
  ['c', { x: 400, y: 300, width: 100, height: 40 }],
])
const told = (places: ReadonlyMap<string, { x: number; y: number }>): string =>
  ['a', 'b', 'c'].map((name) => `${places.get(name)?.x},${places.get(name)?.y}`).join(' ')

describe('arranging several nodes', () => {
  it.each<[Side, string]>([
    ['left', '0,100 0,0 0,300'],
    ['centre', '200,100 225,0 200,300'],
    ['right', '400,100 450,0 400,300'],
    ['top', '0,0 60,0 400,0'],
    ['middle', '0,150 60,140 400,150'],
    ['bottom', '0,300 60,280 400,300'],
  ])('aligned at the %s', (side, expected) => {
    expect(told(aligned(boxes, side))).toBe(expected)
  })

  it.each<[Axis, string]>([
    ['across', '0,100 225,0 400,300'],
    ['down', '0,160 60,0 400,300'],
  ])('distributed %s with equal gaps', (axis, expected) => {
    expect(told(distributed(boxes, axis))).toBe(expected)
  })

  it('distributes no two', () => {
    const two = new Map([...boxes].slice(0, 2))
    expect(distributed(two, 'across').get('b')).toMatchObject({ x: 60, y: 0 })
  })
})
