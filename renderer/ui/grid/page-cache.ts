import type { Cell } from '../../../engine/contract/page.ts'
import type { GridPage, RowSource } from './grid-types.ts'

export const PAGE_ROWS = 200
const KEPT_PAGES = 60
/** About two views: what is further away is not asked for, so that a jump costs one page and not three. */
const NEAR_ROWS = 60

export interface PageCache {
  /** Undefined while the row has not come. */
  row(index: number): readonly Cell[] | undefined
  isCut(row: number, column: number): boolean
  /** Has the pages of these rows come, those in view first; pages asked for earlier and not needed now are given up. */
  want(first: number, last: number, rowCount: number): void
  /** Forgets pages that were not full: their source has more rows now. */
  grow(): void
  dispose(): void
}

/**
 * Keeps the pages around the view. Asks for one page at a time: the engine answers the newest question of a cursor and cancels the
 * ones before it.
 * @param onChange a page came
 * @param onError a page failed for another reason than having been given up
 */
export function pageCache(
  source: Pick<RowSource, 'fetch'>,
  onChange: () => void,
  onError: (error: unknown) => void,
): PageCache {
  const pages = new Map<number, GridPage>()
  let wanted: readonly number[] = []
  let asking: { readonly page: number; readonly stop: AbortController } | undefined

  const next = (): void => {
    const page = wanted.find((one) => !pages.has(one))
    if (page === undefined || asking !== undefined) return
    asking = { page, stop: new AbortController() }
    void ask(page, asking.stop.signal)
  }
  const ask = async (page: number, signal: AbortSignal): Promise<void> => {
    try {
      const found = await source.fetch(page * PAGE_ROWS, PAGE_ROWS, signal)
      if (signal.aborted) return
      keep(pages, page, found)
      asking = undefined
      onChange()
      next()
    } catch (error) {
      if (signal.aborted) return
      asking = undefined
      wanted = []
      onError(error)
    }
  }
  const giveUp = (): void => {
    asking?.stop.abort()
    asking = undefined
  }
  return {
    row: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    isCut: (row, column) => pages.get(Math.floor(row / PAGE_ROWS))?.cut?.has(`${row % PAGE_ROWS}:${column}`) ?? false,
    want: (first, last, rowCount) => {
      wanted = pagesFor(first, last, rowCount)
      if (asking !== undefined && !wanted.includes(asking.page)) giveUp()
      next()
    },
    grow: () => {
      for (const [page, { rows }] of pages) if (rows.length < PAGE_ROWS) pages.delete(page)
    },
    dispose: giveUp,
  }
}

/** Pages in view, then those that come into view when it moves by NEAR_ROWS, the one after first. */
export function pagesFor(first: number, last: number, rowCount: number): number[] {
  if (rowCount === 0) return []
  const end = Math.floor((rowCount - 1) / PAGE_ROWS)
  const pageOf = (row: number): number => Math.min(end, Math.floor(Math.max(0, row) / PAGE_ROWS))
  const [from, to] = [pageOf(first), pageOf(last)]
  const inView = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  return [...new Set([...inView, pageOf(last + NEAR_ROWS), pageOf(first - NEAR_ROWS)])]
}

function keep(pages: Map<number, GridPage>, page: number, found: GridPage): void {
  pages.delete(page)
  pages.set(page, found)
  for (const oldest of pages.keys()) {
    if (pages.size <= KEPT_PAGES) return
    pages.delete(oldest)
  }
}
