import { describe, expect, it } from 'vitest'
import type { GridPage } from './grid-types.ts'
import { PAGE_ROWS, pageCache, pagesFor } from './page-cache.ts'

describe('pages for a view', () => {
  it.each([
    [0, 40, 10, [0]],
    [0, 40, 1_000, [0]],
    [120, 160, 1_000, [0, 1]],
    [230, 270, 1_000, [1, 0]],
    [390, 430, 1_000, [1, 2]],
    [990, 1_000, 1_000, [4]],
    [0, 40, 0, []],
  ])('rows %i to %i of %i', (first, last, count, expected) => {
    expect(pagesFor(first, last, count)).toEqual(expected)
  })
})

/** A source whose answers are given by hand, in any order. */
function slowSource(rowCount: number) {
  const asked: {
    offset: number
    signal: AbortSignal
    answer: (page: GridPage) => void
    fail: (error: unknown) => void
  }[] = []
  return {
    asked,
    source: {
      rowCount,
      fetch: (offset: number, _limit: number, signal: AbortSignal) => {
        const { promise, resolve, reject } = Promise.withResolvers<GridPage>()
        asked.push({ offset, signal, answer: resolve, fail: reject })
        return promise
      },
    },
  }
}
const rowsFrom = (offset: number): GridPage => ({
  rows: Array.from({ length: PAGE_ROWS }, (_, index) => [offset + index]),
  cut: new Set(['1:0']),
})
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the cache', () => {
  it('asks for one page after the other, and has their rows', async () => {
    const { source, asked } = slowSource(1_000)
    let changes = 0
    const cache = pageCache(source, () => changes++, expect.unreachable)
    cache.want(120, 150, source.rowCount)
    expect(asked.map(({ offset }) => offset)).toEqual([0])
    asked[0]?.answer(rowsFrom(0))
    await settled()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200])
    expect([cache.row(7), cache.row(207), cache.isCut(1, 0), cache.isCut(2, 0), changes]).toEqual([
      [7],
      undefined,
      true,
      false,
      1,
    ])
  })

  it('gives up a page that was scrolled past', async () => {
    const { source, asked } = slowSource(100_000_000)
    const cache = pageCache(source, () => undefined, expect.unreachable)
    cache.want(0, 30, source.rowCount)
    cache.want(50_000_000, 50_000_030, source.rowCount)
    expect(asked.map(({ offset, signal }) => [offset, signal.aborted])).toEqual([
      [0, true],
      [50_000_000, false],
    ])
    asked[0]?.answer(rowsFrom(0))
    await settled()
    expect(cache.row(0)).toBeUndefined()
  })

  it('says when a page failed, and asks again when it is wanted again', async () => {
    const { source, asked } = slowSource(100)
    const errors: unknown[] = []
    const cache = pageCache(
      source,
      () => undefined,
      (error) => errors.push(error),
    )
    cache.want(0, 30, source.rowCount)
    asked[0]?.fail(new Error('gone'))
    await settled()
    expect(errors).toHaveLength(1)
    cache.want(0, 30, source.rowCount)
    expect(asked).toHaveLength(2)
  })

  it('forgets a page that was not full when its source has grown', async () => {
    const { source, asked } = slowSource(150)
    const cache = pageCache(source, () => undefined, expect.unreachable)
    cache.want(0, 30, source.rowCount)
    asked[0]?.answer({ rows: [[0], [1]] })
    await settled()
    expect(cache.row(1)).toEqual([1])
    cache.grow()
    expect(cache.row(1)).toBeUndefined()
  })
})
