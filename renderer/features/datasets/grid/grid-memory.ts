import { z } from 'zod'
import { columnIds } from '../../../ui/grid/column-ids.ts'
import type { GridColumn } from '../../../ui/grid/grid-types.ts'
import { allColumns, type ColumnLayout, withColumn } from './column-layout.ts'
import type { SortKey } from './sorting.ts'

const memorySchema = z.object({
  /** Ids of the columns that are shown, in their order. */
  order: z.array(z.string()).optional(),
  /** Those that were hidden: others that are not in the order came later. */
  hidden: z.array(z.string()).optional(),
  /** In pixels by column id, of those that were changed. */
  widths: z.record(z.string(), z.number().min(1).max(10_000)).optional(),
  fixed: z.int().min(0).optional(),
  sort: z.array(z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) })).optional(),
})

/** How a person arranged the grid of a dataset. By names: a dataset may have other columns by the next time. */
export type GridMemory = z.infer<typeof memorySchema>

const NOTHING: GridMemory = {}

export function readMemory(storage: Pick<Storage, 'getItem'>, key: string): GridMemory {
  const stored = storage.getItem(key)
  if (stored === null) return NOTHING
  try {
    return memorySchema.safeParse(JSON.parse(stored)).data ?? NOTHING
  } catch {
    return NOTHING
  }
}

/** Kept on this machine, like the sizes of panels. Without room for it the grid is as it was, but not remembered. */
export function keepMemory(storage: Pick<Storage, 'setItem'>, key: string, memory: GridMemory): void {
  try {
    storage.setItem(key, JSON.stringify(memory))
  } catch {
    // Nothing is lost that is not on the screen.
  }
}

/** The columns as they were arranged; new ones stand where the data has them, those that went are left out. */
export function layoutOf({ order, hidden = [] }: GridMemory, columns: readonly GridColumn[]): ColumnLayout {
  if (order === undefined) return allColumns(columns.length)
  const ids = columnIds(columns)
  const places = new Map(ids.map((id, index) => [id, index]))
  const shown = order.flatMap((id) => places.get(id) ?? [])
  const known = new Set([...order, ...hidden])
  const fresh = allColumns(columns.length).filter((index) => !known.has(ids[index] ?? ''))
  const layout = fresh.reduce<ColumnLayout>(withColumn, shown)
  return layout.length === 0 ? allColumns(columns.length) : layout
}

/** What is remembered of a layout. */
export function memoryOf(
  layout: ColumnLayout,
  columns: readonly GridColumn[],
): Required<Pick<GridMemory, 'order' | 'hidden'>> {
  const ids = columnIds(columns)
  return {
    order: layout.flatMap((index) => ids[index] ?? []),
    hidden: ids.filter((_, index) => !layout.includes(index)),
  }
}

/** The order that is remembered, of the columns that are there. */
export function sortOf({ sort = [] }: GridMemory, columns: readonly GridColumn[]): readonly SortKey[] {
  return sort.filter(({ column }) => columns.some(({ name }) => name === column))
}
