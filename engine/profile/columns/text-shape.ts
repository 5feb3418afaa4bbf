import { literal, type Sql, sql } from '../../sql/sql.ts'

const MISSING_WORDS = [
  'null',
  'nil',
  'none',
  'n/a',
  'na',
  '#n/a',
  'nan',
  'undefined',
  'unknown',
  'missing',
  '-',
  '--',
  '---',
  '?',
  '??',
  '.',
  '无',
  '空',
  '暂无',
  '未知',
  '不详',
  '没有',
]
const BOOLEANS = ['true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', '是', '否']
const MONTH = '(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const TIME = String.raw`([ T]\d{1,2}:\d{2}.*)?`
const DATE = [
  String.raw`\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?`,
  String.raw`\d{1,2}[-/.]\d{1,2}[-/.]\d{4}`,
  String.raw`${MONTH} \d{1,2},? \d{2,4}`,
  String.raw`\d{1,2}[ -]${MONTH}[ -]\d{2,4}`,
].join('|')

/** Whether a text is one of the words that people write for a value they do not have. */
export function isMissingWord(text: Sql): Sql {
  return sql`lower(trim(${text})) IN (${listOf(MISSING_WORDS)})`
}

/** What a text that is not blank looks like (contract, `TEXT_SHAPES`). A year or a postcode is an integer like any other. */
export function shapeOf(text: Sql): Sql {
  const trimmed = sql`trim(${text})`
  const number = String.raw`[+-]?(\d{1,3}(,\d{3})+|\d+)?([.]\d*)?([eE][+-]?\d{1,3})?`
  return sql`CASE
    WHEN ${isMissingWord(text)} THEN 'missing_word'
    WHEN lower(${trimmed}) IN (${listOf(BOOLEANS)}) THEN 'boolean'
    WHEN NOT regexp_matches(${text}, '[0-9]') THEN 'text'
    WHEN regexp_full_match(${trimmed}, '[+-]?[0-9]+') THEN 'integer'
    WHEN regexp_full_match(${trimmed}, ${literal(number)}) THEN 'decimal'
    WHEN regexp_full_match(${trimmed}, ${literal(`(${DATE})${TIME}`)}) THEN 'date'
    ELSE 'text' END`
}

function listOf(words: readonly string[]): Sql {
  return words.map(literal).reduce((list, word) => sql`${list}, ${word}`)
}
