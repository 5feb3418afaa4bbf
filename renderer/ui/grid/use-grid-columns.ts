import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useEffect, useMemo, useState } from 'react'
import { isNumeric } from './cell-text.ts'
import { columnIds } from './column-ids.ts'
import type { GridColumn, HeldColumns } from './grid-types.ts'

const features = tableFeatures({
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
})

/** Rows never go through the table: it keeps the columns, and pages come from the source. */
const NO_ROWS: readonly (readonly unknown[])[] = []

const WIDEST_PX = 320
const NARROWEST_PX = 64
const CHARACTER_PX = 7.5

export const NARROWEST_COLUMN_PX = 40
export const WIDEST_COLUMN_PX = 2_000

/** Widths of the columns; a column keeps its own wherever it is moved to. */
export function useGridColumns(columns: readonly GridColumn[], held: HeldColumns | undefined) {
  const [kept] = useState(held?.widths)
  // The same options give the same table, and with it the same head.
  const options = useMemo(() => {
    const ids = columnIds(columns)
    return {
      features,
      columns: columns.map(
        ({ name, type, width }, index): ColumnDef<typeof features, readonly unknown[]> => ({
          id: ids[index] ?? name,
          header: name,
          size: width ?? widthOf(name, type),
          minSize: NARROWEST_COLUMN_PX,
          maxSize: WIDEST_COLUMN_PX,
        }),
      ),
      data: NO_ROWS,
      columnResizeMode: 'onChange' as const,
      ...(kept === undefined ? {} : { initialState: { columnSizing: { ...kept } } }),
    }
  }, [columns, kept])
  const table = useTable(options)
  const { columnSizing, columnResizing } = table.state
  const isMoving = columnResizing.isResizingColumn !== false
  useEffect(() => {
    if (!isMoving) held?.onWidths(columnSizing)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told when a width was changed, not when somebody else hears of it
  }, [columnSizing, isMoving])
  return table
}

function widthOf(name: string, type: string): number {
  const usual = isNumeric(type)
    ? /^(U?TINYINT|U?SMALLINT)/.test(type)
      ? 80
      : 110
    : /^(DATE|TIME|BOOLEAN)$/.test(type)
      ? 100
      : type.startsWith('TIMESTAMP')
        ? 170
        : 150
  // Chinese characters are about twice as wide.
  const letters = Array.from(name).reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
  return Math.min(WIDEST_PX, Math.max(NARROWEST_PX, usual, letters * CHARACTER_PX + 48))
}
