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
} as const satisfies FailureArea
