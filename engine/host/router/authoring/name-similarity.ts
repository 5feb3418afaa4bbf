import { wordsOf } from '../../../base/name-words.ts'
import { nearestName } from '../../../base/suggest.ts'
import type { MappingSuggestion } from '../../../contract/api/authoring.ts'

type Reason = MappingSuggestion['reasons'][number]

export interface NameMatch {
  /** 0..1 */
  readonly score: number
  readonly reason: Reason
}

/** Common short forms of column names; both sides are put into the long form. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  acct: 'account',
  addr: 'address',
  amt: 'amount',
  avg: 'average',
  bal: 'balance',
  cat: 'category',
  cd: 'code',
  cnt: 'count',
  cre: 'create',
  created: 'create',
  ctime: 'create time',
  cur: 'currency',
  ccy: 'currency',
  cust: 'customer',
  dept: 'department',
  desc: 'description',
  dob: 'birth date',
  dt: 'date',
  emp: 'employee',
  fname: 'first name',
  id: 'id',
  inv: 'invoice',
  lname: 'last name',
  mtime: 'update time',
  modified: 'update',
  nbr: 'number',
  no: 'number',
  num: 'number',
  org: 'organization',
  ord: 'order',
  pct: 'percent',
  ph: 'phone',
  tel: 'phone',
  mobile: 'phone',
  prod: 'product',
  pwd: 'password',
  qty: 'quantity',
  ref: 'reference',
  seq: 'sequence',
  st: 'status',
  stat: 'status',
  tm: 'time',
  ts: 'time',
  txn: 'transaction',
  typ: 'type',
  upd: 'update',
  updated: 'update',
  usr: 'user',
  val: 'value',
  yr: 'year',
  zip: 'postcode',
}

/** How alike two column names are, and by what: the strongest sign there is. */
export function compareNames(a: string, b: string): NameMatch | undefined {
  if (a === b) return { score: 1, reason: 'same_name' }
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.join('') === right.join('')) return { score: 0.95, reason: 'same_words' }
  const [longLeft, longRight] = [longWords(left), longWords(right)]
  if (longLeft.join(' ') === longRight.join(' ')) return { score: 0.85, reason: 'abbreviation' }
  if (initials(left) === right.join('') || initials(right) === left.join('')) {
    return { score: 0.55, reason: 'abbreviation' }
  }
  const shared = overlap(longLeft, longRight)
  if (nearestName(left.join(''), [right.join('')]) !== undefined) {
    return { score: Math.max(0.6, shared * 0.8), reason: 'similar_name' }
  }
  return shared >= 0.5 ? { score: shared * 0.8, reason: 'similar_name' } : undefined
}

function longWords(words: readonly string[]): string[] {
  return words.flatMap((word) => (Object.hasOwn(LONG_FORMS, word) ? (LONG_FORMS[word] ?? word) : word).split(' '))
}

/** `ord_no` is not what `on` stands for: only names of two letters or more in three words. */
function initials(words: readonly string[]): string | undefined {
  return words.length >= 3 ? words.map((word) => word.charAt(0)).join('') : undefined
}

/** Dice's coefficient of the two sets of words. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const other = new Set(b)
  const shared = new Set(a.filter((word) => other.has(word))).size
  return (2 * shared) / (new Set(a).size + other.size || 1)
}
