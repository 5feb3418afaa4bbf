import type { SemanticType } from '../semantic-type.ts'

const NUMBER = "[+-]?(?:[0-9]{1,3}(?:[,. ’'][0-9]{3})+|[0-9]+)(?:[.,][0-9]{1,4})?"
const MARK = '[¥￥$€£₩₹₽฿₫]|(?:CNY|RMB|USD|EUR|GBP|JPY|HKD)'
const AFTER = `${MARK}|元|万元|亿元|圆|円|美元|欧元|人民币`
const FORM = `\\(?(?:(?:${MARK}) ?${NUMBER}|-(?:${MARK}) ?${NUMBER}|${NUMBER} ?(?:${AFTER})|[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]{1,4})?)\\)?`

/** A number with a currency's mark, or with thousands separated by commas. */
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
