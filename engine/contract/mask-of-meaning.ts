import { type Mask, maskSchema } from './mask.ts'

const BY_MEANING: Readonly<Record<string, unknown>> = {
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
const BY_DEFAULT = { method: 'hash' }

/**
 * The mask for values of a meaning (a semantic type) that keeps most of what they are good for: numbers keep their form, names and
 * addresses become others, everything else is hashed so that joins survive.
 * @param type of the column: a mask that needs another is replaced by NULL
 */
export function maskOfMeaning(meaning: string | undefined, type: string): Mask {
  const mask = maskSchema.parse(BY_MEANING[meaning ?? ''] ?? BY_DEFAULT)
  return mask.method === 'truncate' && !/^(DATE|TIMESTAMP)/.test(type) ? { method: 'null' } : mask
}
