import type { NetRow, NetTable } from '../../api/change-applier.ts'
import type { LineGroup } from './copy-lines.ts'

export interface RowGroup {
  readonly unchanged: readonly number[]
  readonly lines: Buffer[]
}

/** Rows by what they leave out; the first group leaves out nothing. */
export function groupRows(rows: readonly NetRow[]): RowGroup[] {
  const groups = new Map<string, RowGroup>([['', { unchanged: [], lines: [] }]])
  for (const { line, unchanged } of rows) {
    const name = unchanged.join(',')
    const group = groups.get(name) ?? { unchanged, lines: [] }
    group.lines.push(line)
    groups.set(name, group)
  }
  return [...groups.values()]
}

/** Keys of rows as lines. */
export function keyLines(keys: readonly string[]): LineGroup {
  return { lines: keys.map((key) => Buffer.from(key, 'latin1')) }
}

/** Rows of a table without keys that come (1) or go (-1), each with how many copies of it. */
export function copyGroups(copies: NetTable['copies'], sign: 1 | -1): LineGroup[] {
  return [...copies].flatMap(([row, count]) => (count * sign > 0 ? [{ ...keyLines([row]), number: count * sign }] : []))
}
