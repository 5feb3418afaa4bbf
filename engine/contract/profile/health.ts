import type { ColumnProfile } from './column-profile.ts'
import type { FindingCode } from './finding.ts'
import type { Profile } from './profile.ts'

/** Shares of a column's rows; together 1. */
export interface Health {
  readonly valid: number
  readonly suspect: number
  readonly missing: number
}

const MISSING: ReadonlySet<FindingCode> = new Set([
  'profile.missing_values',
  'profile.blank_values',
  'profile.missing_words',
  'profile.missing_together',
  'profile.empty_column',
])
const NO_DOUBT: ReadonlySet<FindingCode> = new Set([
  'profile.personal_data',
  'profile.sensitive_data',
  'profile.constant',
  'profile.near_constant',
  'profile.redundant_columns',
  'profile.numbers_as_text',
  'profile.dates_as_text',
  'profile.date_gaps',
])

/**
 * How much of a column can be used. Missing: NULL, blank, or a word for nothing. Suspect: what the worst finding about values
 * concerns; findings may speak of the same rows, so they are not added up.
 */
export function healthOf(
  { name, exact, detail }: ColumnProfile,
  { scope, findings }: Pick<Profile, 'scope' | 'findings'>,
): Health {
  if (scope.rows === 0) return { valid: 1, suspect: 0, missing: 0 }
  const words = detail.text?.shapes.find(({ shape }) => shape === 'missing_word')?.count ?? 0
  const held = 1 - exact.nulls / scope.rows
  const wordShare = detail.values === 0 ? 0 : (words / detail.values) * held
  const missing = Math.min(1, (exact.nulls + (exact.blanks ?? 0)) / scope.rows + wordShare)
  const doubted = findings
    .filter(({ code, columns }) => columns[0] === name && !MISSING.has(code) && !NO_DOUBT.has(code))
    .map(({ evidence: { count, rows } }) => (rows === 0 ? 0 : count / rows))
  const suspect = Math.min(1 - missing, Math.max(0, ...doubted))
  return { valid: 1 - missing - suspect, suspect, missing }
}
