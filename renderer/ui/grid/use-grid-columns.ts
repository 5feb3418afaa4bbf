import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { isNumeric } from './cell-text.ts'
import type { GridColumn } from './grid-types.ts'

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

/** Widths, order and visibility of the columns; column ids are their places, for names may repeat. */
export function useGridColumns(columns: readonly GridColumn[]) {
  // The same options give the same table, and with it the same head.
  const options = useMemo(
    () => ({
      features,
      columns: columns.map(
        ({ name, type, width }, index): ColumnDef<typeof features, readonly unknown[]> => ({
          id: String(index),
          header: name,
          size: width ?? widthOf(name, type),
          minSize: 40,
          maxSize: 2_000,
        }),
      ),
      data: NO_ROWS,
      columnResizeMode: 'onChange' as const,
    }),
    [columns],
  )
  return useTable(options)
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
