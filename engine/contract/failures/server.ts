import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const serverFailures = {
  'server.unavailable': {
    retryable: true,
    exit: 3,
    parameters: z.object({ server: z.string(), reason: z.string() }),
    message: { en: 'The server {server} cannot be reached: {reason}', zh: '无法连接服务器 {server}：{reason}' },
    next: { en: 'Check that it runs and that the address is right.', zh: '请检查服务器是否运行以及地址是否正确。' },
  },
  'job.unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ job: z.string(), suggestion: z.string().optional() }),
    message: { en: 'There is no job {job} on this server.', zh: '此服务器上没有作业 {job}。' },
    next: { en: 'Push it first, or list jobs with "runnel jobs".', zh: '请先推送该作业，或使用 "runnel jobs" 查看作业。' },
  },
  'job.no_previous': {
    retryable: false,
    exit: 2,
    parameters: z.object({ job: z.string() }),
    message: { en: 'Job {job} has no earlier version to go back to.', zh: '作业 {job} 没有可回退的先前版本。' },
    next: { en: 'Push the version you want.', zh: '请推送所需的版本。' },
  },
  'server.data_in_use': {
    retryable: true,
    exit: 1,
    parameters: z.object({ directory: z.string() }),
    message: {
      en: 'Another server works with {directory}.',
      zh: '另一个服务器正在使用 {directory}。',
    },
    next: { en: 'Stop that one, or give this one a folder of its own.', zh: '请停止该服务器，或为此服务器指定独立的目录。' },
  },
} as const satisfies FailureArea
