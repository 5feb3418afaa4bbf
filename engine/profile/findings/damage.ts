import type { Finding } from '../../contract/profile/finding.ts'
import { id, literal, sql } from '../../sql/sql.ts'
import { CONTROL, MOJIBAKE } from '../columns/text-part.ts'
import { finding, inAllRows, inDetail, type Judged, replaced } from './finding-of.ts'

/** Text whose letters were lost or garbled on their way, and characters that systems refuse. */
export function damageFindings({ column, profile }: Judged): Finding[] {
  const { name, exact, detail } = column
  const text = sql`CAST(${id(name)} AS VARCHAR)`
  const found: Finding[] = []
  const lost = exact.replacementCharacters ?? 0
  if (lost > 0) {
    const condition = sql`contains(${text}, chr(65533))`
    found.push(
      finding('profile.encoding_damage', [name], {
        harm: 'breaks_results',
        evidence: inAllRows(profile, lost),
        condition,
      }),
    )
  }
  const { mojibake, controlCharacters } = detail.text ?? {}
  if (mojibake !== undefined && mojibake.count > 0) {
    found.push(
      finding('profile.mojibake', [name], {
        harm: 'breaks_results',
        evidence: inDetail(profile, mojibake.count),
        examples: mojibake.examples,
        condition: sql`regexp_matches(${text}, ${literal(MOJIBAKE)})`,
      }),
    )
  }
  if (controlCharacters !== undefined && controlCharacters.count > 0) {
    found.push(
      finding('profile.control_characters', [name], {
        harm: 'breaks_load',
        evidence: inDetail(profile, controlCharacters.count),
        examples: controlCharacters.examples,
        condition: sql`regexp_matches(${text}, ${literal(CONTROL)})`,
        fix: replaced(name, sql`regexp_replace(${id(name)}, ${literal(CONTROL)}, '', 'g')`),
      }),
    )
  }
  return found
}
