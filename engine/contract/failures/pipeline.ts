import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const pipelineFailures = {
  'sql.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ reason: z.string(), sql: z.string() }),
    message: { en: 'The SQL was refused: {reason}', zh: 'SQL 无法执行：{reason}' },
    next: { en: 'Correct the expression at the position given.', zh: '请按提示位置修改表达式。' },
  },
} as const satisfies FailureArea
