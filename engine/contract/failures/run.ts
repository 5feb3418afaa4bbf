import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const runFailures = {
  'run.out_of_memory': {
    retryable: false,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The memory limit was reached: {reason}', zh: '已达到内存上限：{reason}' },
    next: {
      en: 'Raise the memory limit of the job, or reduce what is sorted or joined at once.',
      zh: '请提高作业的内存上限，或减少一次排序、关联的数据量。',
    },
  },
  'run.disk_full': {
    retryable: true,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The disk is full: {reason}', zh: '磁盘空间不足：{reason}' },
    next: {
      en: 'Free space or move the spill folder; nothing was committed.',
      zh: '请释放空间或更换溢出目录；未提交任何数据。',
    },
  },
} as const satisfies FailureArea
