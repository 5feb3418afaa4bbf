import type { Finding } from '../../contract/profile/finding.ts'
import { byHarm } from '../../contract/profile/finding-order.ts'
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
  return [...found, ...tableFindings(profile)].toSorted(byHarm)
}
