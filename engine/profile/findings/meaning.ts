import type { Finding } from '../../contract/profile/finding.ts'
import { percent } from '../../contract/profile/finding-texts.ts'
import { personalFinding } from '../../contract/profile/personal-finding.ts'
import { finding, inDetail, type Judged } from './finding-of.ts'

const SURE = 0.5

/** Personal data, and values that are not what the others are. */
export function meaningFindings({ column, profile }: Judged): Finding[] {
  const { name, detail } = column
  const [best] = detail.semantic
  if (best === undefined) return []
  const personal = personalFinding(column, profile)
  const found: Finding[] = personal === undefined ? [] : [personal]
  if (best.confidence >= SURE && best.share < 1 && best.exceptions.length > 0) {
    found.push(
      finding('profile.semantic_exceptions', [name], {
        harm: 'breaks_results',
        evidence: inDetail(profile, Math.round((1 - best.share) * detail.values)),
        parameters: { ...titles(best.title), share: percent(1 - best.share) },
        examples: best.exceptions,
        rule: { check: 'semantic', column: name, parameters: { type: best.type } },
      }),
    )
  }
  return found
}

function titles({ en, zh }: { readonly en: string; readonly zh: string }): Record<string, string> {
  return { meaning_en: en, meaning_zh: zh }
}
