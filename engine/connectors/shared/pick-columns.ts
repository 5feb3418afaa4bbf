import { nearestName } from '../../base/suggest.ts'
import { Failure } from '../../contract/failure.ts'

/**
 * The columns asked for, in that order; all when none are.
 * @throws Failure `source.column_missing` with the nearest name.
 */
export function pickColumns<T extends { readonly name: string }>(
  dataset: string,
  columns: readonly T[],
  names: readonly string[] | undefined,
): readonly T[] {
  if (names === undefined) return columns
  return names.map((name) => {
    const found = columns.find((column) => column.name === name)
    if (found !== undefined) return found
    const suggestion = nearestName(
      name,
      columns.map((column) => column.name),
    )
    throw new Failure('source.column_missing', {
      dataset,
      column: name,
      ...(suggestion === undefined ? {} : { suggestion }),
    })
  })
}
