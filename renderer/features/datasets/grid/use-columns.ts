import { useMemo } from 'react'
import type { Column } from '../../../../engine/contract/column.ts'
import type { GridColumn } from '../../../ui/grid/grid-types.ts'

/** The columns of a result as a grid takes them; the same object as long as they are the same. */
export function useColumns(columns: readonly Column[]): readonly GridColumn[] {
  const key = JSON.stringify(
    columns.map(
      ({ name, type, comment }): GridColumn => ({ name, type, ...(comment === undefined ? {} : { comment }) }),
    ),
  )
  // What was written a line above.
  return useMemo(() => JSON.parse(key) as GridColumn[], [key])
}
