import type { TableProfile } from '../../contract/profile/table-profile.ts'
import type { CodedColumn, CodeMatrix } from './code-matrix.ts'

type Dependency = TableProfile['dependencies']['found'][number]

/** Rows that may break a dependency that is told nevertheless: the g3 error of Kivinen and Mannila. */
const TOLERATED = 0.02
const MOST = 30
/** A deciding value must come up this often on average, or each row decides for itself. */
const LEAST_REPEATS = 3

/**
 * Columns that another one decides, but for at most 2 % of the rows: those that keep their group from having one value. NULL is a
 * value of the decided column; rows without a deciding value are left out. Fewest violations first.
 */
export function functionalDependencies({ rows, columns }: CodeMatrix): Dependency[] {
  const found: Dependency[] = []
  for (const by of columns) {
    const held = rows - by.nulls
    if (by.values < 2 || held < LEAST_REPEATS * by.values) continue
    for (const column of columns) {
      if (column === by || column.values < 2) continue
      const violations = violationsOf(by, column, { rows, most: TOLERATED * held })
      if (violations === undefined || !saysMore(column, violations, rows)) continue
      found.push({ by: by.name, column: column.name, violations, groups: by.values })
    }
  }
  return found.toSorted((a, b) => a.violations - b.violations || a.groups - b.groups).slice(0, MOST)
}

/** Rows that would have to go, when they are at most `most`. */
function violationsOf(
  by: CodedColumn,
  column: CodedColumn,
  { rows, most }: { rows: number; most: number },
): number | undefined {
  const pairs = new Map<number, number>()
  const groups = new Set<number>()
  let held = 0
  for (let row = 0; row < rows; row++) {
    const group = by.codes[row] ?? 0
    if (group === 0) continue
    held++
    groups.add(group)
    const key = group * (column.values + 1) + (column.codes[row] ?? 0)
    pairs.set(key, (pairs.get(key) ?? 0) + 1)
    // A group with one value more loses at least one row more.
    if (pairs.size - groups.size > most) return undefined
  }
  const kept = new Int32Array(by.values + 1)
  for (const [key, count] of pairs) {
    const group = Math.floor(key / (column.values + 1))
    kept[group] = Math.max(kept[group] ?? 0, count)
  }
  const violations = held - kept.reduce((sum, count) => sum + count, 0)
  return violations > most ? undefined : violations
}

/** Whether always guessing the commonest value would be wrong much more often. */
function saysMore(column: CodedColumn, violations: number, rows: number): boolean {
  const counts = new Int32Array(column.values + 1)
  for (const code of column.codes) counts[code] = (counts[code] ?? 0) + 1
  const commonest = counts.reduce((most, count) => Math.max(most, count), 0)
  return violations * 5 <= rows - commonest
}
