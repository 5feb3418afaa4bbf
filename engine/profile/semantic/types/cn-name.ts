import { isRegionName } from '../regions.ts'
import type { SemanticType } from '../semantic-type.ts'
import { COMPOUND_SURNAMES, SURNAMES } from '../surnames.ts'

/** A surname of the list and one or two characters more; also names with a middle dot (阿卜杜拉·买买提). */
export const cnName: SemanticType = {
  id: 'cn_name',
  title: { en: 'Chinese person name', zh: '中文姓名' },
  personal: 'personal',
  evidence: 'shape',
  names:
    /(^|_)(full_?|real_?|user_?|customer_?|contact_?|person_?)?name$|contact|姓名|联系人|客户名|员工|xingming|(^|_)xm$/,
  notNames:
    /region|province|city|district|area|country|dept|department|brand|product|status|地区|大区|区域|省|城市|区县|部门|品牌|产品|状态/,
  prefilter: '\\p{Han}{2,4}|\\p{Han}{1,10}(·\\p{Han}{1,10}){1,3}',
  matches: (value) => {
    if (/^\p{Script=Han}{1,10}(?:·\p{Script=Han}{1,10}){1,3}$/u.test(value)) return true
    if (!/^\p{Script=Han}{2,4}$/u.test(value) || isRegionName(value)) return false
    const given = COMPOUND_SURNAMES.has(value.slice(0, 2)) ? value.length - 2 : value.length - 1
    return given >= 1 && given <= 2 && (given < value.length - 1 || SURNAMES.has(value.slice(0, 1)))
  },
}
