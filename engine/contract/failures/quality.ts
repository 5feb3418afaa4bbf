import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const qualityFailures = {
  'rule.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ field: z.string(), reason: z.string() }),
    message: { en: 'The rule cannot be checked: {field}: {reason}.', zh: '规则无法检查：{field}：{reason}。' },
    next: { en: 'Correct the rule in its file under rules/.', zh: '请在 rules/ 下的文件中修正该规则。' },
  },
  'check.violated': {
    retryable: false,
    exit: 1,
    parameters: z.object({ of: z.string(), count: z.string(), rules: z.string() }),
    message: {
      en: 'The data does not keep its rules ({of}); broken: {count} ({rules}).',
      zh: '数据不符合其规则（{of}）；违反 {count} 条：{rules}。',
    },
    next: {
      en: 'Look at the log of the check, correct the data or the rule, and let the job go on from this step.',
      zh: '请查看检查的日志，修正数据或规则，然后让作业从该步骤继续。',
    },
  },
  'rule.reference_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ rule: z.string(), dataset: z.string() }),
    message: {
      en: 'The dataset {dataset}, which a rule ({rule}) compares with, could not be read.',
      zh: '规则（{rule}）所比较的数据集 {dataset} 无法读取。',
    },
    next: {
      en: 'Check its connection, or take a snapshot of it for checking offline.',
      zh: '请检查其连接；离线检查时请先为其获取快照。',
    },
  },
} as const satisfies FailureArea
