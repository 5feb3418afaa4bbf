import type { SemanticType } from '../semantic-type.ts'

const MARKS = /[省市区區县縣旗镇鎮乡鄉村路街道巷弄号號楼樓室栋棟幢层層座段]|单元|大厦|小区|花园|胡同/g
const ENGLISH =
  /^\d+[a-z]?(?:[-/]\d+)?,? (?:[\p{L}\d.']+ ){1,5}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|square|sq|place|pl)\.?(?: (?:north|south|east|west|[ns][ew]?|[ew]))?(?:,.*| (?:apt|suite|unit|floor|#).*)?$/iu

/** Chinese text with three marks of an address and a house number, or an English house number and street. */
export const address: SemanticType = {
  id: 'address',
  title: { en: 'Postal address', zh: '地址' },
  personal: 'personal',
  evidence: 'shape',
  names: /address|(^|_)addr|street|地址|住址|dizhi/,
  prefilter: '.{6,200}',
  matches: (value) => {
    if (value.length < 6 || value.length > 200) return false
    if (!/\p{Script=Han}{3}/u.test(value)) return ENGLISH.test(value)
    return (
      new Set(value.match(MARKS)).size >= 3 && /[\d零一二三四五六七八九十]\s*[号號弄楼樓室栋棟幢层層座单]/.test(value)
    )
  },
}
