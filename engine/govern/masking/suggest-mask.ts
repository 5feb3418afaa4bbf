import type { MaskSuggestion } from '../../contract/api/masking.ts'
import type { Column } from '../../contract/column.ts'
import { type Mask, maskSchema } from '../../contract/mask.ts'
import { classify } from '../../profile/semantic/classify.ts'

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

/** A mask for a column whose values look personal; undefined when they do not. The values are of its first rows. */
export function suggestMask(column: Column, values: readonly string[]): MaskSuggestion | undefined {
  const guess = classify(values, column.name).find(
    (found) => found.class !== 'none' && (found.confidence >= LIKELY || found.class === 'sensitive'),
  )
  if (guess === undefined) return undefined
  return {
    column: column.name,
    mask: fitting(maskSchema.parse(BY_TYPE[guess.type] ?? BY_DEFAULT), column),
    semantic: guess.type,
    class: guess.class,
    share: guess.share,
  }
}

/** A mask that the type of the column can have. */
function fitting(mask: Mask, { type }: Column): Mask {
  return mask.method === 'truncate' && !/^(DATE|TIMESTAMP)/.test(type) ? { method: 'null' } : mask
}
