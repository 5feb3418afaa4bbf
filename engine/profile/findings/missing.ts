import type { Finding } from '../../contract/profile/finding.ts'
import { id, sql } from '../../sql/sql.ts'
import { isBlank } from '../columns/blank.ts'
import { isMissingWord } from '../columns/text-shape.ts'
import { finding, inAllRows, inDetail, type Judged, replaced } from './finding-of.ts'

const MANY = 0.2

/** Values that are not there, or pretend to be. */
export function missingFindings({ column, profile }: Judged): Finding[] {
  const { name, exact, detail } = column
  const { rows } = profile.scope
  if (rows === 0) return []
  if (exact.nulls === rows) {
    return [finding('profile.empty_column', [name], { harm: 'untidy', evidence: inAllRows(profile, rows) })]
  }
  const found: Finding[] = []
  if (exact.nulls > 0) {
    found.push(
      finding('profile.missing_values', [name], {
        harm: exact.nulls > MANY * rows ? 'breaks_results' : 'untidy',
        evidence: inAllRows(profile, exact.nulls),
        condition: sql`${id(name)} IS NULL`,
        rule: { check: 'not_null', column: name, parameters: {} },
      }),
    )
  }
  const blanks = exact.blanks ?? 0
  if (blanks > 0) {
    found.push(
      finding('profile.blank_values', [name], {
        harm: 'breaks_results',
        evidence: inAllRows(profile, blanks),
        condition: isBlank(name),
        rule: { check: 'not_blank', column: name, parameters: {}, violations: blanks + exact.nulls },
        fix: replaced(name, sql`nullif(trim(${id(name)}), '')`),
      }),
    )
  }
  const words = detail.text?.shapes.find(({ shape }) => shape === 'missing_word')
  // A column of such words alone may be a code.
  if (words !== undefined && words.count < detail.values / 2) {
    found.push(
      finding('profile.missing_words', [name], {
        harm: 'breaks_results',
        evidence: inDetail(profile, words.count),
        examples: words.examples,
        condition: isMissingWord(sql`CAST(${id(name)} AS VARCHAR)`),
        fix: replaced(name, sql`CASE WHEN ${isMissingWord(id(name))} THEN NULL ELSE ${id(name)} END`),
      }),
    )
  }
  return found
}
