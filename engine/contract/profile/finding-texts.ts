import { fill, type Language, type Localized } from '../localized.ts'
import type { Finding, FindingCode, FindingHarm } from './finding.ts'

/** One sentence for each finding. `{column}` is the first column, `{count}` and `{share}` the evidence; the rest are its parameters. */
const TEXTS: Readonly<Record<FindingCode, Localized>> = {
  'profile.encoding_damage': {
    en: 'Letters are lost (�) in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值含替换字符 �，原文字已丢失。',
  },
  'profile.mojibake': {
    en: 'Read with the wrong encoding, as it seems, in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值疑似以错误编码读取（乱码）。',
  },
  'profile.control_characters': {
    en: 'Control characters, which many systems refuse, in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值含控制字符，许多系统会拒收。',
  },
  'profile.mixed_types': {
    en: '{column} is mostly {shape}; not so: {count} ({share}).',
    zh: '{column} 大多为{shape}，但有 {count} 个值（{share}）不是。',
  },
  'profile.ambiguous_dates': {
    en: '{column} holds dates whose day and month could be either: {example}.',
    zh: '{column} 中有日、月无法区分的日期：{example}。',
  },
  'profile.semantic_exceptions': {
    en: '{column} holds {meaning}, but {share} of its values are none.',
    zh: '{column} 是{meaning}，但有 {share} 的值不符合。',
  },
  'profile.duplicate_rows': {
    en: 'Rows that equal another one in every column: {count} ({share}).',
    zh: '有 {count} 行（{share}）与其他行完全相同。',
  },
  'profile.nearly_unique': {
    en: '{column} would be a key, but rows repeat its values: {count}.',
    zh: '{column} 近似唯一键，但有 {count} 行的值重复。',
  },
  'profile.dependency_violated': {
    en: '{by} decides {column}, except in rows: {count} ({share}).',
    zh: '{by} 决定 {column}，但有 {count} 行（{share}）例外。',
  },
  'profile.missing_words': {
    en: 'Words for nothing ({examples}) instead of NULL in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值用文字表示空值（{examples}），而不是 NULL。',
  },
  'profile.blank_values': {
    en: 'Blank but not NULL in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值（{share}）为空白而非 NULL。',
  },
  'profile.edge_space': {
    en: 'Space at the beginning or end, which comparisons and joins trip over, in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值首尾带空格，比较和关联时会匹配不上。',
  },
  'profile.case_variants': {
    en: 'Differing only in case or space in {column} ({examples}): {count} ({share}).',
    zh: '{column} 有 {count} 行的值仅大小写或空格不同：{examples}。',
  },
  'profile.extreme_numbers': {
    en: 'NaN, infinite or beyond 1e150 in {column}: {count} ({share}).',
    zh: '{column} 有 {count} 个值为 NaN、无穷大或超过 1e150。',
  },
  'profile.sentinel_values': {
    en: '{value} in {column} looks like a stand-in for a missing value: {count} ({share}).',
    zh: '{column} 有 {count} 行的值为 {value}，疑似代替空值的占位值。',
  },
  'profile.outliers': {
    en: 'Far from the others in {column}, outside of {low} to {high}: {count} ({share}).',
    zh: '{column} 有 {count} 个值（{share}）远离其他值，超出 {low} 至 {high}。',
  },
  'profile.date_gaps': {
    en: 'Days missing between the first and the last of {column}: {count}; the longest gap ends on {before}.',
    zh: '{column} 在首末日期之间缺少 {count} 天，最长的间隔止于 {before}。',
  },
  'profile.future_dates': {
    en: '{column} reaches to {value}, which lies in the future.',
    zh: '{column} 的最大值 {value} 在未来。',
  },
  'profile.numbers_as_text': {
    en: '{column} is text, but all of its values are numbers.',
    zh: '{column} 是文本，但所有值都是数字。',
  },
  'profile.dates_as_text': {
    en: '{column} is text, but all of its values are dates.',
    zh: '{column} 是文本，但所有值都是日期。',
  },
  'profile.personal_data': {
    en: '{column} holds personal data: {meaning} ({share} of the values looked at).',
    zh: '{column} 含个人信息：{meaning}（占所查值的 {share}）。',
  },
  'profile.sensitive_data': {
    en: '{column} holds sensitive personal data: {meaning} ({share} of the values looked at).',
    zh: '{column} 含敏感个人信息：{meaning}（占所查值的 {share}）。',
  },
  'profile.confirmed_class': {
    en: '{column} holds {meaning}: confirmed by a person.',
    zh: '{column} 含{meaning}：已由人工确认。',
  },
  'profile.missing_values': {
    en: 'Missing from {column}: {count} ({share}).',
    zh: '{column} 缺失 {count} 个值（{share}）。',
  },
  'profile.missing_together': {
    en: '{column} and {other} are missing together; rows: {count}.',
    zh: '{column} 与 {other} 在 {count} 行中同时缺失。',
  },
  'profile.empty_column': { en: '{column} has no value at all.', zh: '{column} 没有任何值。' },
  'profile.constant': { en: '{column} is always {value}.', zh: '{column} 恒为 {value}。' },
  'profile.near_constant': {
    en: '{column} is nearly always {value}; rows with another value: {count}.',
    zh: '{column} 除 {count} 行外均为 {value}。',
  },
  'profile.rare_categories': {
    en: 'Categories of {column} that hardly ever occur ({examples}); rows: {count}.',
    zh: '{column} 有 {count} 行属于极少出现的类别：{examples}。',
  },
  'profile.redundant_columns': {
    en: '{column} and {other} rise and fall together ({value}): one of them may be enough.',
    zh: '{column} 与 {other} 同步变化（{value}），也许保留其一即可。',
  },
}

const HARMS: Readonly<Record<FindingHarm, Localized>> = {
  breaks_load: { en: 'Breaks a load', zh: '会导致加载失败' },
  breaks_results: { en: 'Falsifies results', zh: '会导致结果错误' },
  exposes_people: { en: 'Exposes people', zh: '涉及个人信息' },
  untidy: { en: 'Untidy', zh: '不规整' },
}

const SHAPES: Readonly<Record<string, Localized>> = {
  integer: { en: 'whole numbers', zh: '整数' },
  decimal: { en: 'numbers', zh: '数字' },
  date: { en: 'dates', zh: '日期' },
  boolean: { en: 'yes or no', zh: '是/否' },
  missing_word: { en: 'words for nothing', zh: '空值文字' },
  text: { en: 'text', zh: '文本' },
}

export function harmText(harm: FindingHarm, language: Language): string {
  return HARMS[harm][language]
}

function shapeText(shape: string, language: Language): string {
  return SHAPES[shape]?.[language] ?? shape
}

/** What is wrong, in a sentence. */
export function findingText({ code, columns, evidence, parameters, examples }: Finding, language: Language): string {
  const { meaning_en: english, meaning_zh: chinese, shape, ...others } = parameters
  const meaning = language === 'zh' ? chinese : english
  return fill(TEXTS[code][language], {
    ...Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, typeof value === 'number' ? legible(value) : value]),
    ),
    ...(meaning === undefined ? {} : { meaning }),
    ...(shape === undefined ? {} : { shape: shapeText(String(shape), language) }),
    column: columns[0] ?? '',
    other: columns[1] ?? '',
    count: grouped(evidence.count),
    share: others['share'] ?? percent(evidence.rows === 0 ? 0 : evidence.count / evidence.rows),
    examples: examples.slice(0, 4).join(language === 'zh' ? '、' : ', '),
    example: examples[0] ?? '',
  })
}

/** A share as people read it; what is little is not rounded to nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0001) return '< 0.01 %'
  if (share > 0.9999 && share < 1) return '> 99.99 %'
  const digits = share < 0.01 || (share > 0.99 && share < 1) ? 2 : 1
  return `${(share * 100).toFixed(digits).replace(/\.0+$/, '')} %`
}

/** A number with its thousands apart from 10,000 on (years stay years), all its digits kept; anything else as it is. */
export function legible(value: string | number): string {
  const match = /^(-?)(\d+)(?:\.0+|(\.\d+))?$/.exec(String(value))
  if (match === null) return String(value)
  const [, sign = '', whole = '', fraction = ''] = match
  const apart = whole.length < 5 ? whole : whole.replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',')
  return `${sign}${apart}${fraction}`
}

/** A count with its thousands apart. */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en')
}
