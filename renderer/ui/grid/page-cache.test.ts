import { describe, expect, it } from 'vitest'
import type { GridPage } from './grid-types.ts'
import { pageCache } from './page-cache.ts'
import { PAGE_ROWS, pagesFor } from './page-span.ts'

describe('pages for a view', () => {
  it.each([
    [0, 40, 10, [0], []],
    [0, 40, 1_000, [0], []],
    [120, 160, 1_000, [0], [1]],
    [230, 270, 1_000, [1], [0]],
    [390, 430, 1_000, [1, 2], []],
    [370, 395, 1_000, [1], [2]],
    [990, 1_000, 1_000, [4], []],
    [0, 40, 0, [], []],
  ])('rows %i to %i of %i', (first, last, count, inView, near) => {
    expect(pagesFor(first, last, count)).toEqual({ inView, near })
  })
})

/** A source whose answers are given by hand, in any order. */
function slowSource(rowCount: number) {
  const asked: {
    offset: number
    limit: number
    signal: AbortSignal
    answer: (page: GridPage) => void
    fail: (error: unknown) => void
  }[] = []
  return {
    asked,
    source: {
      rowCount,
      fetch: (offset: number, limit: number, signal: AbortSignal) => {
        const { promise, resolve, reject } = Promise.withResolvers<GridPage>()
        asked.push({ offset, limit, signal, answer: resolve, fail: reject })
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
    const cache = pageCache(
      source,
      () => changes++,
      expect.unreachable,
      (work) => {
        work()
        return () => undefined
      },
    )
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

  it('asks for what is not in view when what is has been drawn, and for what is in view then', async () => {
    const { source, asked } = slowSource(10_000)
    const waiting: (() => void)[] = []
    let calledOff = 0
    const cache = pageCache(
      source,
      () => undefined,
      expect.unreachable,
      (work) => {
        waiting.push(work)
        return () => calledOff++
      },
    )
    cache.want(120, 150, source.rowCount)
    asked[0]?.answer(rowsFrom(0))
    await settled()
    expect([asked.length, waiting.length]).toEqual([1, 1])
    cache.want(121, 151, source.rowCount)
    expect(waiting).toHaveLength(1)
    waiting[0]?.()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200])
    cache.want(5_000, 5_030, source.rowCount)
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200, 5_000])
    asked[2]?.answer(rowsFrom(5_000))
    await settled()
    cache.dispose()
    expect([waiting.length, calledOff]).toEqual([2, 1])
    waiting[1]?.()
    expect(asked).toHaveLength(3)
  })

  it('asks once for a view that lies in two pages, and keeps each with what is cut in it', async () => {
    const { source, asked } = slowSource(1_000)
    const cache = pageCache(source, () => undefined, expect.unreachable)
    cache.want(390, 430, source.rowCount)
    expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([[200, 400]])
    const rows = Array.from({ length: 400 }, (_, index) => [200 + index])
    asked[0]?.answer({ rows, cut: new Set(['1:0', '201:3']) })
    await settled()
    expect([399, 400, 599].map((row) => cache.row(row))).toEqual([[399], [400], [599]])
    expect([cache.isCut(201, 0), cache.isCut(401, 3), cache.isCut(401, 0)]).toEqual([true, true, false])
    cache.want(430, 460, source.rowCount)
    expect(asked).toHaveLength(1)
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
