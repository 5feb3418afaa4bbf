import type { Column } from '../../contract/column.ts'
import type { ColumnKind } from '../../contract/profile/column-profile.ts'
import { kindOf } from './kind.ts'

export interface ProfiledColumn {
  readonly name: string
  readonly type: string
  readonly kind: ColumnKind
}

/** The columns a person sees. */
export function profiledColumns(columns: readonly Column[]): ProfiledColumn[] {
  return columns.filter(({ hidden }) => hidden !== true).map(({ name, type }) => ({ name, type, kind: kindOf(type) }))
}
