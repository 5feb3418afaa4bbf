import { fill, type Language, type Localized } from '../localized.ts'
import type { Change, ChangeCode } from './comparison.ts'

/** One sentence for each change; `{value}` is what was measured. */
const TEXTS: Readonly<Record<ChangeCode, Localized>> = {
  'compare.column_removed': { en: '{column} is gone.', zh: '{column} 已不存在。' },
  'compare.type_changed': {
    en: '{column} was {before} and is {after}.',
    zh: '{column} 的类型由 {before} 变为 {after}。',
  },
  'compare.column_added': { en: '{column} is new ({after}).', zh: '新增列 {column}（{after}）。' },
  'compare.rows': { en: 'There were {before} rows and are {after}.', zh: '行数由 {before} 变为 {after}。' },
  'compare.null_share': {
    en: '{before} of {column} were missing, now {after}.',
    zh: '{column} 的缺失比例由 {before} 变为 {after}。',
  },
  'compare.new_categories': {
    en: '{column} has values it did not have: {examples}.',
    zh: '{column} 出现了以前没有的值：{examples}。',
  },
  'compare.lost_categories': {
    en: '{column} no longer has the values {examples}.',
    zh: '{column} 不再出现以下值：{examples}。',
  },
  'compare.population_stability': {
    en: 'The values of {column} are spread otherwise than before (population stability index {value}).',
    zh: '{column} 的取值分布已改变（群体稳定性指标 PSI 为 {value}）。',
  },
  'compare.kolmogorov_smirnov': {
    en: 'The distribution of {column} has moved by up to {value} (Kolmogorov-Smirnov).',
    zh: '{column} 的分布函数最大偏移 {value}（KS 统计量）。',
  },
  'compare.jensen_shannon': {
    en: 'The mix of the values of {column} has changed (Jensen-Shannon divergence {value}).',
    zh: '{column} 的取值构成已改变（JS 散度 {value}）。',
  },
  'compare.quantile_shift': {
    en: 'The median of {column} went from {before} to {after}.',
    zh: '{column} 的中位数由 {before} 变为 {after}。',
  },
  'compare.distinct': {
    en: '{column} had {before} different values and has {after}.',
    zh: '{column} 的不同取值数由 {before} 变为 {after}。',
  },
  'compare.range': {
    en: '{column} reached from {before} and reaches from {after}.',
    zh: '{column} 的范围由 {before} 变为 {after}。',
  },
}

/** What changed, in a sentence. */
export function changeText({ code, column, value, parameters }: Change, language: Language): string {
  return fill(TEXTS[code][language], { ...parameters, column: column ?? '', value: value.toFixed(3) })
}
