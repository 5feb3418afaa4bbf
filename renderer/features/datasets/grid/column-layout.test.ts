import { describe, expect, it } from 'vitest'
import { allColumns, laidOut, moved, withColumn, without } from './column-layout.ts'

describe('a layout of columns', () => {
  it.each([
    ['begins as the data', allColumns(3), [0, 1, 2]],
    ['hides one', without([0, 1, 2], 1), [0, 2]],
    ['keeps the last one', without([1], 1), [1]],
    ['shows one again at its place', withColumn([0, 2], 1), [0, 1, 2]],
    ['shows the first one again', withColumn([2, 1], 0), [0, 2, 1]],
    ['shows one behind its neighbour, wherever that went', withColumn([2, 0], 1), [2, 0, 1]],
    ['shows none twice', withColumn([0, 1], 1), [0, 1]],
    ['moves one to the left', moved([0, 1, 2], 2, -1), [0, 2, 1]],
    ['moves one to the right', moved([0, 1, 2], 0, 1), [1, 0, 2]],
    ['moves none beyond its ends', moved([0, 1, 2], 2, 1), [0, 1, 2]],
    ['moves none that is hidden', moved([0, 2], 1, 1), [0, 2]],
  ])('%s', (_case, layout, expected) => {
    expect(layout).toEqual(expected)
  })

  it('gives cells, and marks of those that were cut, in its order', async () => {
    const fetch = laidOut(() => Promise.resolve({ rows: [['a', 'b', null]], cut: new Set(['0:0', '0:1']) }), [2, 0])
    expect(await fetch(0, 1, new AbortController().signal)).toEqual({ rows: [[null, 'a']], cut: new Set(['0:1']) })
  })
})
