import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const workspaceFailures = {
  'workspace.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ problems: z.string() }),
    message: { en: 'The workspace has problems: {problems}', zh: '工作区存在问题：{problems}' },
    next: {
      en: 'Correct the lines named; "runnel check" lists them all.',
      zh: '请修改所列行；"runnel check" 可列出全部问题。',
    },
  },
} as const satisfies FailureArea
