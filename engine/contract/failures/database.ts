import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const databaseFailures = {
  'source.unavailable': {
    retryable: true,
    exit: 3,
    parameters: z.object({ source: z.string(), reason: z.string() }),
    message: { en: '{source} cannot be reached: {reason}', zh: '无法连接 {source}：{reason}' },
    next: {
      en: 'Run "runnel connections test" to see which stage fails: name, port, TLS or login.',
      zh: '运行 "runnel connections test" 查看失败的环节：域名、端口、TLS 或登录。',
    },
  },
  'source.unauthorized': {
    retryable: false,
    exit: 3,
    parameters: z.object({ source: z.string(), reason: z.string() }),
    message: { en: '{source} refused the login: {reason}', zh: '{source} 拒绝登录：{reason}' },
    next: { en: 'Check the user name and set the secret again.', zh: '请检查用户名并重新设置密钥。' },
  },
  'source.dataset_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), suggestion: z.string().optional() }),
    message: { en: 'Dataset {dataset} does not exist.', zh: '数据集 {dataset} 不存在。' },
    next: { en: 'List what exists with "runnel datasets".', zh: '使用 "runnel datasets" 列出已有数据集。' },
  },
  'target.rejected': {
    retryable: false,
    exit: 1,
    parameters: z.object({ target: z.string(), reason: z.string() }),
    message: { en: '{target} refused the load: {reason}', zh: '{target} 拒绝写入：{reason}' },
    next: { en: 'Nothing was committed. Fix the cause and run again.', zh: '未提交任何数据。请排除原因后重新运行。' },
  },
  'type.unsupported': {
    retryable: false,
    exit: 2,
    parameters: z.object({ column: z.string(), type: z.string(), reason: z.string() }),
    message: {
      en: 'Column {column} of type {type} cannot be carried without loss: {reason}',
      zh: '列 {column}（类型 {type}）无法无损传输：{reason}',
    },
    next: {
      en: 'Cast the column in a map node, or leave it out.',
      zh: '请在映射节点中转换该列的类型，或不选择该列。',
    },
  },
} as const satisfies FailureArea
