import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo } from 'react'
import { type DrawnColumn, drawnColumns } from './column-window.ts'

interface Across {
  readonly scroller: RefObject<HTMLElement | null>
  readonly sizes: readonly number[]
  /** How many columns stay at the left. */
  readonly fixed: number
  readonly gutterPx: number
}

export interface DrawnColumns {
  /** The same list as long as the same columns are drawn. */
  readonly drawn: readonly DrawnColumn[]
  readonly widthPx: number
  readonly show: (column: number) => void
}

/** The columns in sight as the grid is scrolled sideways. */
export function useDrawnColumns({ scroller, sizes, fixed, gutterPx }: Across): DrawnColumns {
  const fixedPx = sizes.slice(0, fixed).reduce((sum, size) => sum + size, 0)
  const across = useVirtualizer({
    horizontal: true,
    count: sizes.length,
    estimateSize: (index) => sizes[index] ?? 100,
    getScrollElement: () => scroller.current,
    scrollPaddingStart: gutterPx + fixedPx,
    paddingStart: gutterPx,
    overscan: 2,
  })
  const sizesKey = sizes.join()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- widths that changed are measured anew
  useEffect(() => across.measure(), [sizesKey])
  const inSightKey = across
    .getVirtualItems()
    .map(({ index }) => index)
    .join()
  const drawn = useMemo(
    () =>
      drawnColumns(
        sizesKey === '' ? [] : sizesKey.split(',').map(Number),
        fixed,
        inSightKey === '' ? [] : inSightKey.split(',').map(Number),
        gutterPx,
      ),
    [sizesKey, fixed, inSightKey, gutterPx],
  )
  return { drawn, widthPx: across.getTotalSize(), show: (column) => column >= fixed && across.scrollToIndex(column) }
}
