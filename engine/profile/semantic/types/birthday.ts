import { readDate } from '../date-formats.ts'
import type { SemanticType } from '../semantic-type.ts'
import { dateText } from './date-text.ts'

/** A day of 1900 or later in a column whose name says birthday; without the name it is only a date. */
export const birthday: SemanticType = {
  id: 'birthday',
  title: { en: 'Date of birth', zh: '出生日期' },
  personal: 'personal',
  evidence: 'hint',
  names: /birth|(^|_)dob(_|$)|生日|出生|shengri|chusheng/,
  prefilter: dateText.prefilter,
  matches: (value) => readDate(value) !== undefined && /(?:19|20)\d{2}/.test(value),
}
