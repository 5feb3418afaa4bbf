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
  'file.outside_folder': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: {
      en: '{file} lies outside the folder of its connection.',
      zh: '{file} 不在其连接所指定的文件夹内。',
    },
    next: {
      en: 'Name a file inside the folder, or give the connection another folder.',
      zh: '请指定该文件夹内的文件，或修改连接的文件夹。',
    },
  },
  'file.unknown_encoding': {
    retryable: false,
    exit: 2,
    parameters: z.object({ encoding: z.string(), known: z.array(z.string()) }),
    message: { en: 'Runnel does not know the encoding {encoding}.', zh: '不支持编码 {encoding}。' },
    next: { en: 'Use one of: {known}.', zh: '可用的编码：{known}。' },
  },
  'parquet.invalid': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: {
      en: '{file} is not a readable Parquet file: {reason}',
      zh: '{file} 不是可读取的 Parquet 文件：{reason}',
    },
    next: {
      en: 'Copy the file again from where it was made; it may be cut off or of another format.',
      zh: '请从来源重新复制该文件；它可能不完整或为其他格式。',
    },
  },
} as const satisfies FailureArea
