import type { Cell } from '../../../engine/contract/page.ts'
import type { Block } from './cell-block.ts'
import type { GridPage, RowSource } from './grid-types.ts'
import type { PageCache } from './page-cache.ts'

/** Rows asked for at once. */
const PAGE = 5_000

/** The cells of a block, whole: rows that were not seen yet are fetched, and cells of which only the beginning came are too. */
export async function copiedRows(
  source: RowSource,
  cache: Pick<PageCache, 'row' | 'isCut'>,
  { top, bottom, left, right }: Block,
): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for (let offset = top; offset <= bottom; offset += PAGE) {
    const page = await pageOf(source, cache, offset, Math.min(PAGE, bottom - offset + 1))
    for (const [index, row] of page.rows.entries()) {
      const cells = row.slice(left, right + 1)
      for (let column = left; column <= right; column++) {
        if (page.cut?.has(`${index}:${column}`) !== true || source.cell === undefined) continue
        cells[column - left] = await source.cell(offset + index, column, new AbortController().signal)
      }
      rows.push(cells)
    }
  }
  return rows
}

/** From the cache when all of it is there. */
async function pageOf(
  source: RowSource,
  cache: Pick<PageCache, 'row' | 'isCut'>,
  offset: number,
  limit: number,
): Promise<GridPage> {
  const seen = Array.from({ length: limit }, (_, index) => cache.row(offset + index))
  const rows = seen.filter((row) => row !== undefined)
  if (rows.length < limit) return source.fetch(offset, limit, new AbortController().signal)
  const cut = rows.flatMap((row, index) =>
    row.flatMap((_, column) => (cache.isCut(offset + index, column) ? [`${index}:${column}`] : [])),
  )
  return { rows, cut: new Set(cut) }
}
