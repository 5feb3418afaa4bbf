import type { Cell, Page } from '../../../../engine/contract/page.ts'

/**
 * A row by its values: another statement may give the same rows in another order. Nested values are left out, long texts too,
 * unless there is nothing else.
 */
export function rowKey({ columns, rows }: Page, row: number): Record<string, Cell> | undefined {
  const cells = rows[row]
  if (cells === undefined) return undefined
  const all = columns.flatMap(({ name, hidden }, index): [string, Cell][] =>
    hidden === true ? [] : [[name, cells[index] ?? null]],
  )
  return keyOf(all)
}

/** The same of values by column. */
export function keyOf(values: Iterable<readonly [string, Cell]>): Record<string, Cell> {
  const all = [...values]
  const plain = all.filter(([, value]) => isPlain(value))
  return Object.fromEntries(plain.length > 0 ? plain : all)
}

const LONGEST = 1_000

function isPlain(value: Cell): boolean {
  return value === null || (typeof value === 'string' ? value.length <= LONGEST : typeof value !== 'object')
}
