import { PREFECTURES, PROVINCES } from '../regions.ts'
import type { SemanticType } from '../semantic-type.ts'

/** GB/T 2260 with two, four or six digits; the last two of six are not looked up. */
export const cnRegionCode: SemanticType = {
  id: 'cn_region_code',
  title: { en: 'Chinese region code', zh: '行政区划代码' },
  personal: 'none',
  evidence: 'hint',
  names: /(region|area|city|province|adm(in)?|district)_?(code|no|id)|adcode|区划|地区代码|quhua/,
  prefilter: '[1-9][0-9]([0-9]{2}){0,2}',
  matches: (value) => {
    if (!/^\d\d(?:\d\d){0,2}$/.test(value) || !PROVINCES.has(value.slice(0, 2))) return false
    const prefecture = value.slice(2, 4)
    return prefecture === '' || /^00(?:00)?$/.test(value.slice(2)) || PREFECTURES.has(value.slice(0, 4))
  },
}
