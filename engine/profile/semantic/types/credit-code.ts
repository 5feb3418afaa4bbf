import { creditCodeCheck } from '../checksums.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Unified social credit code (GB 32100-2015). */
export const creditCode: SemanticType = {
  id: 'cn_credit_code',
  title: { en: 'Unified social credit code', zh: '统一社会信用代码' },
  personal: 'none',
  evidence: 'proof',
  names: /credit_?code|uscc|信用代码|税号|xinyongdaima|tax_?(no|id|number)/,
  prefilter: '[0-9A-HJ-NP-Y]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}',
  matches: (value) =>
    /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(value) &&
    creditCodeCheck(value.slice(0, 17)) === value[17],
}
