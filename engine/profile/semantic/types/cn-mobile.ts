import type { SemanticType } from '../semantic-type.ts'

/** Mainland China: 11 digits from 13 to 19, with or without 86. */
export const cnMobile: SemanticType = {
  id: 'cn_mobile',
  title: { en: 'Chinese mobile number', zh: '手机号码' },
  personal: 'personal',
  evidence: 'shape',
  names: /phone|mobile|(^|_)tel(_|$)|cell|电话|手机|联系方式|shouji|dianhua/,
  prefilter: '((\\+|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}',
  matches: (value) => /^(?:(?:\+|00)?86[ -]?)?1[3-9]\d([ -]?)\d{4}\1\d{4}$/.test(value),
}
