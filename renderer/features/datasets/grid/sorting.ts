import type { Arrangement } from '../../../../engine/contract/cursor.ts'

export type SortKey = NonNullable<Arrangement['sort']>[number]

/** What a click on a header makes of the order: ascending, descending, none. Added, it keeps the other columns. */
export function nextSort(sort: readonly SortKey[], column: string, isAdded: boolean): SortKey[] {
  const now = sort.find((key) => key.column === column)
  const others = isAdded ? sort.filter((key) => key.column !== column) : []
  if (now === undefined) return [...others, { column, direction: 'ascending' }]
  if (now.direction === 'descending') return others
  const turned: SortKey = { column, direction: 'descending' }
  return isAdded ? sort.map((key) => (key === now ? turned : key)) : [turned]
}
