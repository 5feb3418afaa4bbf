import type { SemanticType } from '../semantic-type.ts'

const PROVINCE = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]'
const LETTER = '[A-HJ-NP-Z]'
const SIGN = '[A-HJ-NP-Z0-9]'
const ENERGY = '[A-HJK]'
const FORM = `${PROVINCE}${LETTER}[· -]?(?:${SIGN}{4}[A-HJ-NP-Z0-9挂学警港澳]|${ENERGY}${SIGN}[0-9]{4}|[0-9]{5}${ENERGY})`

/** Civil plates of GA 36-2018: seven characters, or eight for new energy (small: letter third; large: letter last). */
export const cnPlate: SemanticType = {
  id: 'cn_plate',
  title: { en: 'Chinese plate number', zh: '车牌号' },
  personal: 'personal',
  evidence: 'proof',
  names: /plate|licen[cs]e_?no|car_?no|vehicle_?no|车牌|chepai/,
  prefilter: FORM,
  matches: (value) => FULL.test(value) && /\d/.test(value),
}

const FULL = new RegExp(`^${FORM}$`)
