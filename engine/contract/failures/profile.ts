import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const profileFailures = {
  'profile.missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), id: z.string() }),
    message: {
      en: 'There is no profile {id} of {dataset} in this workspace.',
      zh: '此工作区中没有 {dataset} 的画像 {id}。',
    },
    next: {
      en: 'Take one with runnel profile {dataset}, or choose one from its history.',
      zh: '请先运行 runnel profile {dataset}，或从历史中选择一个。',
    },
  },
  'profile.unreadable': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: { en: '{file} is no profile.', zh: '{file} 不是画像文件。' },
    next: {
      en: 'Give a file that runnel profile --json has written.',
      zh: '请指定由 runnel profile --json 写出的文件。',
    },
  },
} as const satisfies FailureArea
