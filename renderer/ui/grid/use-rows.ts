import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'react'
import { flushSync } from 'react-dom'
import type { RowSource } from './grid-types.ts'
import { type PageCache, pageCache } from './page-cache.ts'

export interface Rows {
  readonly cache: PageCache
  /** What made the last page fail. */
  readonly error: unknown
}

/** The pages of a source around the rows from `first` to `last`. */
export function useRows(source: RowSource, first: number, last: number): Rows {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const [error, setError] = useState<unknown>()
  const { fetch, rowCount } = source
  // Rows that have come are in the next frame, not in one after it.
  const cache = useMemo(() => pageCache({ fetch }, () => flushSync(draw), setError), [fetch])
  useEffect(() => {
    setError(undefined)
    return () => cache.dispose()
  }, [cache])
  // Asked for before the empty rows are painted.
  useLayoutEffect(() => {
    cache.grow()
    cache.want(first, last, rowCount)
  }, [cache, first, last, rowCount])
  return { cache, error }
}
