import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnAct, dropTarget } from './column-keys.ts'

const NONE = { altKey: false, shiftKey: false, ctrlKey: false, metaKey: false }

describe('a key on a column', () => {
  it.each([
    ['ArrowLeft', { altKey: true }, { moveBy: -1 }],
    ['ArrowRight', { altKey: true }, { moveBy: 1 }],
    ['ArrowLeft', { altKey: true, shiftKey: true }, { widenBy: -16 }],
    ['ArrowRight', { altKey: true, shiftKey: true }, { widenBy: 16 }],
    ['ArrowRight', {}, undefined],
    ['ArrowRight', { shiftKey: true }, undefined],
    ['ArrowRight', { altKey: true, ctrlKey: true }, undefined],
    ['ArrowUp', { altKey: true }, undefined],
  ])('%s with %j', (key, held, expected) => {
    expect(columnAct({ ...NONE, key, ...held })).toEqual(expected)
  })
})

describe('a column that is dropped', () => {
  it.each([
    [0, 2, false, 1],
    [0, 2, true, 2],
    [2, 0, false, 0],
    [2, 0, true, 1],
    [1, 1, false, undefined],
    [1, 2, false, undefined],
    [1, 0, true, undefined],
  ])('from %i onto %i, behind it: %s', (from, onto, isBehind, expected) => {
    expect(dropTarget(from, onto, isBehind)).toBe(expected)
  })

  it('stands beside the one it was dropped on, on the side that was meant', () => {
    const place = fc.nat({ max: 9 })
    fc.assert(
      fc.property(place, place, fc.boolean(), (from, onto, isBehind) => {
        fc.pre(from !== onto)
        const columns = Array.from({ length: 10 }, (_, index) => index)
        const to = dropTarget(from, onto, isBehind) ?? from
        const after = columns.toSpliced(from, 1).toSpliced(to, 0, from)
        expect(after.indexOf(from)).toBe(after.indexOf(onto) + (isBehind ? 1 : -1))
      }),
    )
  })
})
