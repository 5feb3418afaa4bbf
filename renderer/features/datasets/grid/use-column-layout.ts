import { useMemo } from 'react'
import type { GridColumn, RowSource } from '../../../ui/grid/grid-types.ts'
import { type ColumnLayout, laidOut } from './column-layout.ts'
import { layoutOf, memoryOf } from './grid-memory.ts'
import type { Remembered } from './use-grid-memory.ts'

export interface LaidOut {
  readonly layout: ColumnLayout
  readonly setLayout: (layout: ColumnLayout) => void
  readonly columns: readonly GridColumn[]
  readonly source: RowSource
}

/** Which columns a grid shows, in which order. */
export function useColumnLayout(
  columns: readonly GridColumn[],
  source: RowSource,
  { memory, remember }: Remembered,
): LaidOut {
  const { order, hidden } = memory
  const layout = useMemo(() => layoutOf({ order, hidden }, columns), [order, hidden, columns])
  const isUsual = layout.length === columns.length && layout.every((column, at) => column === at)
  const { rowCount, fetch, cell } = source
  const shownFetch = useMemo(() => (isUsual ? fetch : laidOut(fetch, layout)), [fetch, layout, isUsual])
  const shownColumns = useMemo(
    () => (isUsual ? columns : layout.flatMap((index) => columns[index] ?? [])),
    [columns, layout, isUsual],
  )
  const shownCell: RowSource['cell'] = (row, column, signal) =>
    cell?.(row, layout[column] ?? column, signal) ?? Promise.resolve(null)
  return {
    layout,
    setLayout: (next) => remember(memoryOf(next, columns)),
    columns: shownColumns,
    source: { rowCount, fetch: shownFetch, ...(cell === undefined ? {} : { cell: shownCell }) },
  }
}
