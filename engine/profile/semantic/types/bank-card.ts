import { passesLuhn } from '../checksums.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Issuers' ranges (ISO/IEC 7812) with the lengths they use. */
const RANGES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^62/, [16, 17, 18, 19]],
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]],
  [/^9558/, [19]],
]

export const bankCard: SemanticType = {
  id: 'bank_card',
  title: { en: 'Bank card number', zh: '银行卡号' },
  personal: 'sensitive',
  evidence: 'proof',
  names: /card_?(no|num)|bank_?(card|acc)|credit_?card|(^|_)pan(_|$)|银行卡|卡号|账号|yinhangka|kahao/,
  prefilter: '[2-69][0-9]{3}([ -]?[0-9]{4}){2}[0-9 -]{1,9}|3[0-9]{3}[ -]?[0-9]{6}[ -]?[0-9]{4,5}',
  matches: (value) => {
    if (!/^\d+(?:([ -])\d+(?:\1\d+)*)?$/.test(value)) return false
    const digits = value.replaceAll(/\D/g, '')
    return (
      RANGES.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length)) && passesLuhn(digits)
    )
  },
}
