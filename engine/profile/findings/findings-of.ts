import { FINDING_CODES, FINDING_HARMS, type Finding } from '../../contract/profile/finding.ts'
import { damageFindings } from './damage.ts'
import type { Unjudged } from './finding-of.ts'
import { meaningFindings } from './meaning.ts'
import { missingFindings } from './missing.ts'
import { tableFindings } from './table.ts'
import { textFindings } from './text-form.ts'
import { valueFindings } from './values.ts'

/** What would break something, most harmful first; of two that do the same harm the one that concerns more rows. */
export function findingsOf(profile: Unjudged): Finding[] {
  const found = profile.columns.flatMap((column) => {
    const judged = { column, profile }
    return [damageFindings, missingFindings, textFindings, valueFindings, meaningFindings].flatMap((judge) =>
      judge(judged),
    )
  })
  return [...found, ...tableFindings(profile)].toSorted(
    (a, b) =>
      FINDING_HARMS.indexOf(a.harm) - FINDING_HARMS.indexOf(b.harm) ||
      share(b) - share(a) ||
      FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code),
  )
}

function share({ evidence: { count, rows } }: Finding): number {
  return rows === 0 ? 0 : count / rows
}
