import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import { CHANGE_CODES, type Change, type Comparison, type Thresholds } from '../../contract/profile/comparison.ts'
import { grouped } from '../../contract/profile/finding-texts.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { compareColumns } from './compare-columns.ts'

/** How `after` differs from `before`. Columns are matched by name. */
export function compareProfiles(before: Profile, after: Profile, thresholds: Thresholds): Comparison {
  const places = after.columns.map(({ name }) => name)
  const changes = [...rows(before, after, thresholds), ...columns(before, after, thresholds)]
  const place = ({ column }: Change): number => (column === undefined ? -1 : places.indexOf(column))
  return {
    before: sideOf(before),
    after: sideOf(after),
    changes: changes.toSorted(
      (a, b) =>
        Number(b.isBeyond) - Number(a.isBeyond) ||
        place(a) - place(b) ||
        CHANGE_CODES.indexOf(a.code) - CHANGE_CODES.indexOf(b.code),
    ),
  }
}

function sideOf({ dataset, id, takenAt, scope, basis }: Profile): Comparison['before'] {
  return { dataset, id, takenAt, rows: scope.rows, isSample: basis.isSample || !scope.isWhole }
}

function rows(before: Profile, after: Profile, thresholds: Thresholds): Change[] {
  const [was, is] = [before.scope.rows, after.scope.rows]
  const value = was === 0 ? Number(is > 0) : Math.abs(is - was) / was
  return [
    {
      code: 'compare.rows',
      value,
      threshold: thresholds.rows,
      isBeyond: value > thresholds.rows,
      parameters: { before: grouped(was), after: grouped(is) },
    },
  ]
}

function columns(before: Profile, after: Profile, thresholds: Thresholds): Change[] {
  const [old, now] = [named(before.columns), named(after.columns)]
  const removed = before.columns
    .filter(({ name }) => !now.has(name))
    .map(({ name }) => structural('compare.column_removed', name, {}))
  const added = after.columns
    .filter(({ name }) => !old.has(name))
    .map(({ name, type }) => structural('compare.column_added', name, { after: type }))
  const both = after.columns.flatMap((column) => {
    const was = old.get(column.name)
    if (was === undefined) return []
    const typed =
      was.type === column.type
        ? []
        : [structural('compare.type_changed', column.name, { before: was.type, after: column.type })]
    return [
      ...typed,
      ...compareColumns({ column: was, rows: before.scope.rows }, { column, rows: after.scope.rows }, thresholds),
    ]
  })
  return [...removed, ...added, ...both]
}

function named(list: readonly ColumnProfile[]): Map<string, ColumnProfile> {
  return new Map(list.map((column) => [column.name, column]))
}

function structural(code: Change['code'], column: string, parameters: Change['parameters']): Change {
  return { code, column, value: 1, threshold: 0, isBeyond: true, parameters }
}
