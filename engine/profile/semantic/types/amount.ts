import type { SemanticType } from '../semantic-type.ts'
import { CURRENCY_CODES } from './currency.ts'

const NUMBER = "[+-]?(?:[0-9]{1,3}(?:[,. ’'][0-9]{3})+|[0-9]+)(?:[.,][0-9]{1,4})?"
const MARK = `(?:[A-Z]{1,2})?[¥￥$€£₩₹₽฿₫]|人民币|(?:RMB|${CURRENCY_CODES.join('|')})`
const AFTER = `${MARK}|(?:元|万元|亿元|圆|円|美元|欧元)整?`
const FORM = `\\(?(?:(?:${MARK}) ?${NUMBER}(?:元整?)?|-(?:${MARK}) ?${NUMBER}|${NUMBER} ?(?:${AFTER})|[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]{1,4})?)\\)?`

/** A number with a currency's mark (¥, US$, an ISO 4217 code, 元), or with thousands separated by commas. */
export const amount: SemanticType = {
  id: 'amount',
  title: { en: 'Amount of money', zh: '金额' },
  personal: 'none',
  evidence: 'shape',
  names: /amount|price|cost|fee|salary|revenue|balance|(^|_)amt|金额|价格|费用|工资|余额|jine/,
  prefilter: FORM,
  matches: (value) => FULL.test(value),
}

const FULL = new RegExp(`^${FORM}$`)
