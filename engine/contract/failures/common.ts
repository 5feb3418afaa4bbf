import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const commonFailures = {
  'internal.unexpected': {
    retryable: false,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'Something unexpected happened: {reason}', zh: '发生了意外错误：{reason}' },
    next: {
      en: 'Please report this with the run log; nothing was changed after this point.',
      zh: '请附上运行日志反馈此问题；此后未再更改任何内容。',
    },
  },
  'engine.extension_unusable': {
    retryable: false,
    exit: 2,
    parameters: z.object({ extension: z.string(), reason: z.string() }),
    message: {
      en: 'The DuckDB extension {extension} cannot be loaded: {reason}',
      zh: 'DuckDB 扩展 {extension} 无法加载：{reason}',
    },
    next: {
      en: 'Take it out of the extension folder, or put one there that was built for this version of DuckDB.',
      zh: '请将其移出扩展文件夹，或换成适用于当前 DuckDB 版本的扩展。',
    },
  },
  'usage.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ reason: z.string() }),
    message: { en: '{reason}', zh: '{reason}' },
    next: { en: 'See --help for the form of the command.', zh: '使用 --help 查看命令格式。' },
  },
  'work.cancelled': {
    retryable: false,
    exit: 130,
    parameters: z.object({ what: z.string() }),
    message: { en: '{what} was cancelled.', zh: '{what} 已取消。' },
    next: { en: 'Start it again when you are ready.', zh: '可随时重新开始。' },
  },
} as const satisfies FailureArea
