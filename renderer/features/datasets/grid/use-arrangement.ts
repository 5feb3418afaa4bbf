import { useEffect, useRef, useState } from 'react'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import type { CursorSession } from '../cursor/cursor-session.ts'
import { useArrange } from '../cursor/use-cursor.ts'
import { type ColumnCondition, withCondition } from './filtering.ts'
import { nextSort, type SortKey } from './sorting.ts'

export interface Arranging {
  readonly sort: readonly SortKey[]
  readonly filter: readonly Filter[]
  readonly sortBy: (column: string, isAdded: boolean) => void
  readonly filterBy: (filter: readonly Filter[]) => void
  readonly conditionOn: (column: string) => ColumnCondition | undefined
  readonly setCondition: (column: string, condition: ColumnCondition | undefined) => void
}

const NO_FILTER: readonly Filter[] = []

interface RowsToArrange {
  readonly session: CursorSession
  /** Holds together with the filter; the same list while nothing changed. */
  readonly narrowed: readonly Filter[]
  /** The order they begin with. */
  readonly sort: readonly SortKey[]
  readonly onSort: (sort: readonly SortKey[]) => void
  readonly onChange: () => void
}

/** Order and filter of a cursor's rows, as a person wants them. */
export function useArrangement({ session, narrowed, onChange, ...kept }: RowsToArrange): Arranging {
  const arrange = useArrange(session)
  const [sort, setSort] = useState(kept.sort)
  const [filter, setFilter] = useState(NO_FILTER)
  const arrangeAll = (order: readonly SortKey[], own: readonly Filter[]): void => {
    onChange()
    arrange({ sort: [...order], filter: [...own, ...narrowed] })
  }
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current || sort.length > 0) arrangeAll(sort, filter)
    isFirst.current = false
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the rest is arranged where it changes
  }, [narrowed])
  const change = (nextOrder: readonly SortKey[], nextFilter: readonly Filter[]): void => {
    if (nextOrder !== sort) kept.onSort(nextOrder)
    setSort(nextOrder)
    setFilter(nextFilter)
    arrangeAll(nextOrder, nextFilter)
  }
  return {
    sort,
    filter,
    sortBy: (column, isAdded) => change(nextSort(sort, column, isAdded), filter),
    filterBy: (next) => change(sort, next),
    conditionOn: (column) => filter.find((one): one is ColumnCondition => 'column' in one && one.column === column),
    setCondition: (column, condition) => change(sort, withCondition(filter, column, condition)),
  }
}
