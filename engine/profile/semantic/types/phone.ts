import { isValidPhoneNumber } from 'libphonenumber-js/max'
import type { SemanticType } from '../semantic-type.ts'

/** A number with its country (`+…`), by the metadata of libphonenumber. */
export const phone: SemanticType = {
  id: 'phone',
  title: { en: 'Phone number (international)', zh: '国际电话号码' },
  personal: 'personal',
  evidence: 'proof',
  names: /phone|mobile|(^|_)tel(_|$)|fax|cell|电话|手机|联系方式|dianhua|shouji/,
  prefilter: '\\+[0-9][0-9 ().-]{5,24}',
  matches: (value) => /^\+\d[\d ().-]{5,24}$/.test(value) && isValidPhoneNumber(value),
}
