import type { Localized } from '../../contract/localized.ts'
import type { Dimension } from '../../contract/rule.ts'

export const DIMENSION_TEXTS: Readonly<Record<Dimension, Localized>> = {
  completeness: { en: 'Completeness', zh: '完整性' },
  uniqueness: { en: 'Uniqueness', zh: '唯一性' },
  validity: { en: 'Validity', zh: '规范性' },
  consistency: { en: 'Consistency', zh: '一致性' },
  accuracy: { en: 'Accuracy', zh: '准确性' },
  timeliness: { en: 'Timeliness', zh: '时效性' },
}

export const REPORT_TEXTS = {
  title: { en: 'Data check', zh: '数据质量检查' },
  score: { en: 'Score', zh: '得分' },
  rows: { en: '{rows} rows', zh: '{rows} 行' },
  read: { en: 'read from the {basis} at {at}', zh: '读自{basis}，{at}' },
  source: { en: 'source', zh: '数据源' },
  snapshot: { en: 'snapshot', zh: '快照' },
  sample: { en: 'first rows', zh: '前若干行' },
  rule: { en: 'Rule', zh: '规则' },
  dimension: { en: 'Dimension', zh: '维度' },
  severity: { en: 'Severity', zh: '严重程度' },
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  result: { en: 'Result', zh: '结果' },
  violations: { en: 'Violations', zh: '违反' },
  found: { en: 'Found', zh: '实际' },
  wanted: { en: 'Wanted', zh: '期望' },
  owner: { en: 'Owner', zh: '负责人' },
  passed: { en: 'passed', zh: '通过' },
  violated: { en: 'violated', zh: '违反' },
  failed: { en: 'could not be checked', zh: '无法检查' },
  failing: { en: 'Rows that break {rule}', zh: '违反 {rule} 的行' },
  some: { en: '{shown} of {all}', zh: '{all} 条中的 {shown} 条' },
  value: { en: 'Value', zh: '值' },
  trend: { en: 'Score over time', zh: '得分趋势' },
} as const satisfies Record<string, Localized>
