import type { GridPage } from './grid-types.ts'

/** Rows that are asked for and kept together. */
export const PAGE_ROWS = 200
/** About two views: what is further away is not asked for, so that a jump costs one page and not three. */
const NEAR_ROWS = 60

/** Pages that follow each other. */
export interface Span {
  readonly first: number
  readonly count: number
}

/** The first of these and those after it, as far as none is between that is not among them. */
export function spanOf([first, ...rest]: readonly number[]): Span | undefined {
  if (first === undefined) return undefined
  const gap = rest.findIndex((page, index) => page !== first + index + 1)
  return { first, count: 1 + (gap === -1 ? rest.length : gap) }
}

/** Whether any page of a span is. */
export function isWanted({ first, count }: Span, { inView, near }: Wanted): boolean {
  return [...inView, ...near].some((page) => page >= first && page < first + count)
}

/** One page of several that came together. */
export function partOf({ rows, cut }: GridPage, part: number): GridPage {
  if (part === 0 && rows.length <= PAGE_ROWS) return cut === undefined ? { rows } : { rows, cut }
  const from = part * PAGE_ROWS
  const own = rows.slice(from, from + PAGE_ROWS)
  if (cut === undefined) return { rows: own }
  const places = [...cut].map((place) => place.split(':').map(Number))
  return {
    rows: own,
    cut: new Set(
      places.flatMap(([row = 0, column = 0]) =>
        row >= from && row < from + PAGE_ROWS ? [`${row - from}:${column}`] : [],
      ),
    ),
  }
}

/** Pages of a view. */
export interface Wanted {
  readonly inView: readonly number[]
  /** Those that come into view when it moves by NEAR_ROWS, the one after first. */
  readonly near: readonly number[]
}

export const NOTHING: Wanted = { inView: [], near: [] }

/** The pages of the rows from `first` to `last`. */
export function pagesFor(first: number, last: number, rowCount: number): Wanted {
  if (rowCount === 0) return NOTHING
  const end = Math.floor((rowCount - 1) / PAGE_ROWS)
  const pageOf = (row: number): number => Math.min(end, Math.floor(Math.max(0, row) / PAGE_ROWS))
  const [from, to] = [pageOf(first), pageOf(last)]
  const inView = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  const around = new Set([pageOf(last + NEAR_ROWS), pageOf(first - NEAR_ROWS)])
  return { inView, near: [...around].filter((page) => !inView.includes(page)) }
}
