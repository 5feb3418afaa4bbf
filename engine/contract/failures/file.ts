import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const fileFailures = {
  'file.changed': {
    retryable: true,
    exit: 1,
    parameters: z.object({ file: z.string() }),
    message: { en: '{file} changed while it was read.', zh: '读取期间文件 {file} 发生了变化。' },
    next: { en: 'Run again when nothing writes to it.', zh: '请在没有程序写入该文件时重新运行。' },
  },
} as const satisfies FailureArea
