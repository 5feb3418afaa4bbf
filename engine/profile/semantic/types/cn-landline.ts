import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { SemanticType } from '../semantic-type.ts'

const FORM = '(?:(?:\\+|00)86[ -]?)?\\(?0?[1-9]\\d{1,2}\\)?[ -]?[2-8]\\d{6,7}(?:[-转#]\\d{1,6})?'

/** A mainland fixed line with its area code, an extension allowed. */
export const cnLandline: SemanticType = {
  id: 'cn_landline',
  title: { en: 'Chinese landline number', zh: '固定电话' },
  personal: 'personal',
  evidence: 'shape',
  names: /phone|(^|_)tel(_|$)|fax|电话|座机|固话|传真|dianhua|zuoji/,
  prefilter: FORM,
  matches: (value) => {
    if (!FULL.test(value) || !/^(?:\(?0|\+|00)/.test(value)) return false
    const parsed = parsePhoneNumberFromString(value.replace(/[-转#]\d{1,6}$/, keepLongTail), 'CN')
    return parsed?.country === 'CN' && parsed.isValid() && parsed.getType() === 'FIXED_LINE'
  },
}

const FULL = new RegExp(`^${FORM}$`)

/** An extension has at most 6 digits and a number at least 7, so a shorter tail is an extension. */
function keepLongTail(tail: string): string {
  return tail.length > 7 ? tail : ''
}
