import type { ColumnProfile } from '../contract/profile/column-profile.ts'
import type { Profile, ProfileBasis, ProfileScope } from '../contract/profile/profile.ts'
import type { TableProfile } from '../contract/profile/table-profile.ts'
import { findingsOf } from './findings/findings-of.ts'
import type { ColumnParts } from './passes.ts'

/** What a document is made of beside its scope. */
export interface Found {
  readonly table: TableProfile
  readonly parts: readonly ColumnParts[]
}

/** Makes a document of what was found until now. */
export type MakeDocument = (scope: ProfileScope, basis: ProfileBasis, found: Found) => Profile

/** A profile from what was found, its findings included. */
export function assemble(
  facts: Omit<Profile, 'version' | 'columns' | 'findings' | 'takenAt' | 'warnings'> & {
    readonly takenAt: Date
    readonly warnings: readonly string[]
    readonly parts: readonly ColumnParts[]
  },
): Profile {
  const { parts, takenAt, warnings, ...rest } = facts
  const columns = parts.map(columnOf)
  const known = { ...rest, takenAt: takenAt.toISOString(), columns, warnings: [...warnings] }
  return { version: 1, ...known, findings: findingsOf(known) }
}

function columnOf({ column, exact, detail, topIsExact, order }: ColumnParts): ColumnProfile {
  return { ...column, exact, detail, topIsExact, ...(order === undefined ? {} : { order }) }
}
