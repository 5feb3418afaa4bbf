import { useMemo } from 'react'
import type { Column } from '../../../../engine/contract/column.ts'
import type { GridColumn } from '../../../ui/grid/grid-types.ts'

/** The columns of a result as a grid takes them; the same object as long as they are the same. */
export function useColumns(columns: readonly Column[]): readonly GridColumn[] {
  const key = JSON.stringify(columns.map(({ name, type, comment }) => [name, type, comment]))
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the columns
  return useMemo(
    () => columns.map(({ name, type, comment }) => ({ name, type, ...(comment === undefined ? {} : { comment }) })),
    [key],
  )
}
