import { useEffect, useMemo, useReducer, useState } from 'react'
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
  const cache = useMemo(() => pageCache({ fetch }, draw, setError), [fetch])
  useEffect(() => {
    setError(undefined)
    return () => cache.dispose()
  }, [cache])
  useEffect(() => {
    cache.grow()
    cache.want(first, last, rowCount)
  }, [cache, first, last, rowCount])
  return { cache, error }
}
