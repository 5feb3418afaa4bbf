import type { Cell } from '../../../../engine/contract/page.ts'
import type { RowSource } from '../../../ui/grid/grid-types.ts'

/** Rows that are all here already, for the grid. */
export function staticRows(rows: readonly (readonly Cell[])[]): RowSource {
  return {
    rowCount: rows.length,
    fetch: async (offset, limit) => ({ rows: rows.slice(offset, offset + limit) }),
  }
}
