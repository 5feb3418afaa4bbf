import { describe, expect, it, vi } from 'vitest'
import { PAGE_ROWS, RowPages, wantedPages } from './row-pages.ts'
import type { RowPage, RowSource } from './row-source.ts'

interface Call {
  readonly offset: number
  readonly signal: AbortSignal
  readonly answer: (page: RowPage) => void
  readonly fail: (error: unknown) => void
}

function sourceOf(knownRows: number): { source: RowSource; calls: Call[] } {
  const calls: Call[] = []
  const fetch: RowSource['fetch'] = (offset, _limit, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<RowPage>()
    signal.addEventListener('abort', () => reject(new Error('aborted')))
    calls.push({ offset, signal, answer: resolve, fail: reject })
    return promise
  }
  return { source: { knownRows, fetch }, calls }
}

const pageAt = (offset: number, rowCount: number): RowPage => ({
  rows: Array.from({ length: Math.min(PAGE_ROWS, rowCount - offset) }, (_, row) => [offset + row]),
  rowCount,
  isReading: false,
})

describe('the pages that are wanted', () => {
  it.each([
    ['the first rows', 0, 30, 1_000, [0, 1]],
    ['a middle', 450, 480, 1_000, [2, 3, 1]],
    ['over an edge of pages', 390, 420, 1_000, [1, 2, 3, 0]],
    ['the end', 980, 1_010, 1_000, [4, 3]],
    ['nothing known yet', 0, 30, 0, [0]],
    ['beyond the end', 5_000, 5_030, 1_000, [4, 3]],
  ])('%s', (_case, first, last, rowCount, pages) => {
    expect(wantedPages(first, last, rowCount)).toEqual(pages)
  })
})

describe('pages', () => {
  it('asks for one after the other, what is in sight first', async () => {
    const { source, calls } = sourceOf(1_000)
    const pages = new RowPages(source)
    pages.want(450, 480)
    for (const [index, offset] of [400, 600, 200].entries()) {
      await vi.waitFor(() => expect(calls).toHaveLength(index + 1))
      expect(calls[index]?.offset).toBe(offset)
      calls[index]?.answer(pageAt(offset, 1_000))
    }
    await vi.waitFor(() => expect(pages.row(200)).toEqual([200]))
    expect(pages.row(799)).toEqual([799])
    expect(pages.row(800)).toBeUndefined()
    expect(calls).toHaveLength(3)
  })

  it('ends the call for a page that was scrolled past', async () => {
    const { source, calls } = sourceOf(100_000_000)
    const pages = new RowPages(source)
    pages.want(0, 30)
    pages.want(50_000_000, 50_000_030)
    expect(calls[0]?.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(calls).toHaveLength(2))
    expect(calls[1]?.offset).toBe(50_000_000)
    expect(pages.state().error).toBeUndefined()
  })

  it('keeps a failure until it is asked to try again', async () => {
    const { source, calls } = sourceOf(10)
    const pages = new RowPages(source)
    pages.want(0, 9)
    const error = new Error('gone')
    calls[0]?.fail(error)
    await vi.waitFor(() => expect(pages.state().error).toBe(error))
    pages.want(0, 9)
    expect(calls).toHaveLength(1)
    pages.retry()
    expect(calls).toHaveLength(2)
    calls[1]?.answer(pageAt(0, 10))
    await vi.waitFor(() => expect(pages.row(9)).toEqual([9]))
  })

  it('asks again while the source is still being read', async () => {
    const { source, calls } = sourceOf(0)
    const pages = new RowPages(source)
    pages.want(0, 30)
    calls[0]?.answer({ rows: [[0]], rowCount: 1, isReading: true })
    await vi.waitFor(() => expect(calls).toHaveLength(2))
    calls[1]?.answer(pageAt(0, 3))
    await vi.waitFor(() => expect(pages.state()).toMatchObject({ rowCount: 3, isReading: false }))
    expect(pages.row(2)).toEqual([2])
  })

  it('reads rows to copy beside the pages and goes on afterwards', async () => {
    const { source, calls } = sourceOf(1_000)
    const pages = new RowPages(source)
    pages.want(0, 30)
    const read = pages.read(300, 2, new AbortController().signal)
    expect(calls.map(({ offset, signal }) => [offset, signal.aborted])).toEqual([
      [0, true],
      [300, false],
    ])
    calls[1]?.answer({ rows: [[1], [2]], rowCount: 1_000, isReading: false })
    expect(await read).toEqual([[1], [2]])
    await vi.waitFor(() => expect(calls[2]?.offset).toBe(0))
  })

  it('knows the cells that were cut', async () => {
    const { source, calls } = sourceOf(1)
    const pages = new RowPages(source)
    pages.want(0, 0)
    calls[0]?.answer({
      rows: [['long']],
      cut: [{ row: 0, column: 0, characters: 100_000 }],
      rowCount: 1,
      isReading: false,
    })
    await vi.waitFor(() => expect(pages.cut(0, 0)?.characters).toBe(100_000))
    expect(pages.cut(0, 1)).toBeUndefined()
  })
})
