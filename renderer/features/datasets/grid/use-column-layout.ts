import { useMemo, useState } from 'react'
import type { GridColumn, RowSource } from '../../../ui/grid/grid-types.ts'
import { allColumns, type ColumnLayout, laidOut } from './column-layout.ts'

export interface LaidOut {
  readonly layout: ColumnLayout
  readonly setLayout: (layout: ColumnLayout) => void
  readonly columns: readonly GridColumn[]
  readonly source: RowSource
}

/** Which columns a grid shows, in which order. Other columns of the data begin anew. */
export function useColumnLayout(columns: readonly GridColumn[], source: RowSource): LaidOut {
  const names = JSON.stringify(columns.map(({ name }) => name))
  const [chosen, setChosen] = useState<{ readonly names: string; readonly layout: ColumnLayout }>()
  const usual = useMemo(() => allColumns(columns.length), [columns.length])
  const layout = chosen?.names === names ? chosen.layout : usual
  const { rowCount, fetch, cell } = source
  const shownFetch = useMemo(() => (layout === usual ? fetch : laidOut(fetch, layout)), [fetch, layout, usual])
  const shownColumns = useMemo(
    () => (layout === usual ? columns : layout.flatMap((index) => columns[index] ?? [])),
    [columns, layout, usual],
  )
  const shownCell: RowSource['cell'] = (row, column, signal) =>
    cell?.(row, layout[column] ?? column, signal) ?? Promise.resolve(null)
  return {
    layout,
    setLayout: (next) => setChosen({ names, layout: next }),
    columns: shownColumns,
    source: { rowCount, fetch: shownFetch, ...(cell === undefined ? {} : { cell: shownCell }) },
  }
}
