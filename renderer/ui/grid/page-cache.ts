import type { Cell } from '../../../engine/contract/page.ts'
import type { GridPage, RowSource } from './grid-types.ts'
import { isWanted, NOTHING, PAGE_ROWS, pagesFor, partOf, type Span, spanOf } from './page-span.ts'

const KEPT_PAGES = 60
/** A few frames. */
const DRAWN_MS = 50

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

/** Does something a little later; gives what calls it off. */
type Later = (work: () => void) => () => void

/** Drawing what is in sight and reading what is not need the same processors: reading waits. */
const whenDrawn: Later = (work) => {
  const timer = setTimeout(work, DRAWN_MS)
  return () => clearTimeout(timer)
}

/**
 * Keeps the pages around the view. Asks one question at a time, for all that is missing in view together: the engine answers the
 * newest question of a cursor and cancels the ones before it.
 * @param onChange a page came
 * @param onError a page failed for another reason than having been given up
 * @param later when pages are asked for that are not in view yet
 */
export function pageCache(
  source: Pick<RowSource, 'fetch'>,
  onChange: () => void,
  onError: (error: unknown) => void,
  later: Later = whenDrawn,
): PageCache {
  const pages = new Map<number, GridPage>()
  let wanted = NOTHING
  let callOff: (() => void) | undefined
  const missing = (among: readonly number[]): number[] => among.filter((one) => !pages.has(one))
  const next = (): void => {
    if (question.asked() !== undefined) return
    const seen = spanOf(missing(wanted.inView))
    if (seen !== undefined) void question.ask(seen)
    else if (missing(wanted.near).length > 0) callOff ??= later(askNear)
  }
  const askNear = (): void => {
    callOff = undefined
    const span = spanOf(missing(wanted.inView)) ?? spanOf(missing(wanted.near).slice(0, 1))
    if (question.asked() === undefined && span !== undefined) void question.ask(span)
  }
  const question = oneQuestion(source, {
    onAnswer: ({ first, count }, found) => {
      for (let part = 0; part < count; part++) keep(pages, first + part, partOf(found, part))
      onChange()
      next()
    },
    onError: (error) => {
      wanted = NOTHING
      onError(error)
    },
  })
  return {
    row: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    isCut: (row, column) => pages.get(Math.floor(row / PAGE_ROWS))?.cut?.has(`${row % PAGE_ROWS}:${column}`) ?? false,
    want: (first, last, rowCount) => {
      wanted = pagesFor(first, last, rowCount)
      const asked = question.asked()
      if (asked !== undefined && !isWanted(asked, wanted)) question.giveUp()
      next()
    },
    grow: () => {
      for (const [page, { rows }] of pages) if (rows.length < PAGE_ROWS) pages.delete(page)
    },
    dispose: () => {
      wanted = NOTHING
      question.giveUp()
      callOff?.()
      callOff = undefined
    },
  }
}

interface Answers {
  readonly onAnswer: (span: Span, found: GridPage) => void
  readonly onError: (error: unknown) => void
}

/** A question at most is under way; one that was given up is answered by nothing. */
function oneQuestion({ fetch }: Pick<RowSource, 'fetch'>, { onAnswer, onError }: Answers) {
  let asked: Span | undefined
  let stop = new AbortController()
  return {
    asked: () => asked,
    giveUp: () => {
      stop.abort()
      asked = undefined
    },
    ask: async (span: Span): Promise<void> => {
      stop = new AbortController()
      const { signal } = stop
      asked = span
      try {
        const found = await fetch(span.first * PAGE_ROWS, span.count * PAGE_ROWS, signal)
        if (signal.aborted) return
        asked = undefined
        onAnswer(span, found)
      } catch (error) {
        if (signal.aborted) return
        asked = undefined
        onError(error)
      }
    },
  }
}

function keep(pages: Map<number, GridPage>, page: number, found: GridPage): void {
  pages.delete(page)
  pages.set(page, found)
  for (const oldest of pages.keys()) {
    if (pages.size <= KEPT_PAGES) return
    pages.delete(oldest)
  }
}
