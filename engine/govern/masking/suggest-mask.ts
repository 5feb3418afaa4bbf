import type { MaskSuggestion } from '../../contract/api/masking.ts'
import type { Column } from '../../contract/column.ts'
import { type Mask, maskSchema } from '../../contract/mask.ts'
import type { PersonalClass } from '../../contract/personal-class.ts'
import { classify, type SemanticGuess } from '../../profile/semantic/classify.ts'

const BY_TYPE: Readonly<Record<string, unknown>> = {
  cn_id_card: { method: 'format', form: 'cn_id_card' },
  bank_card: { method: 'format', form: 'bank_card' },
  cn_mobile: { method: 'format', form: 'phone' },
  phone: { method: 'format', form: 'phone' },
  cn_landline: { method: 'format', form: 'phone' },
  cn_name: { method: 'pseudonym', kind: 'name', language: 'zh' },
  address: { method: 'pseudonym', kind: 'address', language: 'zh' },
  birthday: { method: 'truncate', unit: 'year' },
  gender: { method: 'null' },
}
const LIKELY = 0.4
const BY_DEFAULT = { method: 'hash' }

/**
 * A mask for a column that holds personal data: as a person confirmed, else as the values of its first rows suggest; undefined when
 * it holds none.
 */
export function suggestMask(
  column: Column,
  values: readonly string[],
  confirmed?: PersonalClass,
): MaskSuggestion | undefined {
  if (confirmed === 'none') return undefined
  const guesses = classify(values, column.name)
  const guess = guesses.find((found) => isLikely(found, guesses[0]))
  const level = confirmed ?? guess?.class
  if (level === undefined) return undefined
  return {
    column: column.name,
    mask: fitting(maskSchema.parse(BY_TYPE[guess?.type ?? ''] ?? BY_DEFAULT), column),
    semantic: guess?.type ?? '',
    class: level,
    share: guess?.share ?? 0,
  }
}

/** What looks like names and still more like regions holds regions. */
function isLikely(found: SemanticGuess, best: SemanticGuess | undefined): boolean {
  if (found.class === 'sensitive') return true
  return found.class === 'personal' && found.confidence >= LIKELY && (found === best || best?.class !== 'none')
}

/** A mask that the type of the column can have. */
function fitting(mask: Mask, { type }: Column): Mask {
  return mask.method === 'truncate' && !/^(DATE|TIMESTAMP)/.test(type) ? { method: 'null' } : mask
}
