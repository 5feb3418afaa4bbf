import type { ConfirmedClasses, PersonalClass } from '../personal-class.ts'
import type { ColumnProfile, SemanticReading } from './column-profile.ts'
import type { Finding } from './finding.ts'
import { byHarm } from './finding-order.ts'
import { percent } from './finding-texts.ts'
import type { Profile } from './profile.ts'

const SURE = 0.5
/** A single ID number in a remark counts. */
const ONE_NUMBER = 0.005
const CODES: ReadonlySet<string> = new Set([
  'profile.personal_data',
  'profile.sensitive_data',
  'profile.confirmed_class',
])

/** What the values of a column say about people; undefined when they say nothing, or are likelier to say something else. */
export function suggestedReading({ detail }: Pick<ColumnProfile, 'detail'>): SemanticReading | undefined {
  const [best] = detail.semantic
  return detail.semantic.find((reading) =>
    reading.class === 'sensitive'
      ? reading.confidence >= ONE_NUMBER
      : reading.class === 'personal' && reading.confidence >= SURE && (best === reading || best?.class !== 'none'),
  )
}

/** The finding that a column holds personal data: as a person confirmed, else as its values suggest. */
export function personalFinding(column: ColumnProfile, { basis }: Pick<Profile, 'basis'>): Finding | undefined {
  const { name, detail, confirmed } = column
  if (confirmed === 'none') return undefined
  const reading = suggestedReading(column)
  const share = confirmed === undefined ? (reading?.share ?? 0) : 1
  const level = confirmed ?? reading?.class ?? 'none'
  if (level === 'none') return undefined
  const about = {
    harm: 'exposes_people' as const,
    columns: [name],
    evidence: { count: Math.round(share * detail.values), rows: basis.rows, isSample: basis.isSample },
    examples: reading?.examples ?? [],
    mask: true,
  }
  if (confirmed !== undefined)
    return { ...about, code: 'profile.confirmed_class', parameters: titled(CLASS_TITLES[confirmed]) }
  return {
    ...about,
    code: level === 'sensitive' ? 'profile.sensitive_data' : 'profile.personal_data',
    parameters: { ...titled(reading?.title ?? CLASS_TITLES[level]), share: percent(share) },
  }
}

/** The profile as it stands with what persons confirmed about its columns, and without what they did not. */
export function withConfirmed<Stored extends Pick<Profile, 'columns' | 'findings' | 'basis'>>(
  profile: Stored,
  classes: ConfirmedClasses,
): Stored {
  if (classes.size === 0 && profile.columns.every(({ confirmed }) => confirmed === undefined)) return profile
  const columns = profile.columns.map(({ confirmed: _before, ...column }): ColumnProfile => {
    const confirmed = classes.get(column.name)
    return confirmed === undefined ? column : { ...column, confirmed }
  })
  const personal = columns.flatMap((column) => personalFinding(column, profile) ?? [])
  const others = profile.findings.filter(({ code }) => !CODES.has(code))
  return { ...profile, columns, findings: [...others, ...personal].toSorted(byHarm) }
}

export const CLASS_TITLES: Readonly<Record<PersonalClass, { readonly en: string; readonly zh: string }>> = {
  none: { en: 'no personal data', zh: '非个人信息' },
  personal: { en: 'personal data', zh: '个人信息' },
  sensitive: { en: 'sensitive personal data', zh: '敏感个人信息' },
}

function titled({ en, zh }: { readonly en: string; readonly zh: string }): Record<string, string> {
  return { meaning_en: en, meaning_zh: zh }
}
