import type { NetRow } from '../../api/change-applier.ts'

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
