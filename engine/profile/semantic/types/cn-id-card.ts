import { isDay } from '../calendar.ts'
import { idCardCheck } from '../checksums.ts'
import { PROVINCES } from '../regions.ts'
import type { SemanticType } from '../semantic-type.ts'

/** Resident identity number of 18 characters (GB 11643-1999): province, birthday and check character. */
export const cnIdCard: SemanticType = {
  id: 'cn_id_card',
  title: { en: 'Chinese ID card number', zh: '居民身份证号' },
  personal: 'sensitive',
  evidence: 'proof',
  names: /id_?card|id_?(no|number)$|identity|身份证|证件号|shenfenzheng|sfz/,
  prefilter: '[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]',
  matches: (value) =>
    /^[1-9]\d{16}[\dX]$/i.test(value) &&
    PROVINCES.has(value.slice(0, 2)) &&
    /^(?:18|19|20)/.test(value.slice(6)) &&
    isDay(Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14))) &&
    idCardCheck(value.slice(0, 17)) === value.slice(17).toUpperCase(),
}
