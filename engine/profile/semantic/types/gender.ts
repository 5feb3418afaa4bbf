import type { SemanticType } from '../semantic-type.ts'

const WORDS = new Set([
  '男',
  '女',
  '男性',
  '女性',
  '未知',
  '未知的性别',
  '未说明的性别',
  '保密',
  'm',
  'f',
  'male',
  'female',
  'other',
  'unknown',
  'diverse',
])

export const gender: SemanticType = {
  id: 'gender',
  title: { en: 'Gender', zh: '性别' },
  personal: 'personal',
  evidence: 'shape',
  names: /gender|(^|_)sex$|性别|xingbie/,
  prefilter: '(?i)[男女]性?|未知(的性别)?|未说明的性别|保密|m|f|male|female|other|unknown|diverse',
  matches: (value) => WORDS.has(value.toLowerCase()),
}
