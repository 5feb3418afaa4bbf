import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const uploadFailures = {
  'upload.too_large': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string(), sizeBytes: z.number(), limitBytes: z.number() }),
    message: {
      en: '{file} has {sizeBytes} bytes; this server takes files of at most {limitBytes}.',
      zh: '{file} 有 {sizeBytes} 字节；此服务器接受的文件最大为 {limitBytes} 字节。',
    },
    next: {
      en: 'Copy it into an allowed folder of the server another way, or serve with a larger --upload-limit.',
      zh: '请用其他方式将其复制到服务器允许的文件夹，或以更大的 --upload-limit 启动服务器。',
    },
  },
  'upload.name_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: { en: 'A file cannot be kept under the name {file}.', zh: '无法以名称 {file} 保存文件。' },
    next: { en: 'Give it another name and upload it again.', zh: '请更改名称后重新上传。' },
  },
  'upload.no_space': {
    retryable: true,
    exit: 1,
    parameters: z.object({ file: z.string(), sizeBytes: z.number(), freeBytes: z.number() }),
    message: {
      en: '{file} needs {sizeBytes} bytes; the server has {freeBytes} left.',
      zh: '{file} 需要 {sizeBytes} 字节；服务器仅剩 {freeBytes} 字节。',
    },
    next: { en: 'Make room on the server and try again.', zh: '请清理服务器空间后重试。' },
  },
  'upload.lost': {
    retryable: true,
    exit: 1,
    parameters: z.object({ file: z.string() }),
    message: {
      en: 'The upload of {file} is not known any more or a piece of it is missing.',
      zh: '{file} 的上传已失效，或缺少其中一部分。',
    },
    next: { en: 'Upload the file again.', zh: '请重新上传该文件。' },
  },
} as const satisfies FailureArea
