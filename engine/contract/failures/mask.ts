import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const maskFailures = {
  'mask.key_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ key: z.string() }),
    message: { en: 'There is no masking key {key}.', zh: '没有名为 {key} 的脱敏密钥。' },
    next: {
      en: 'Make it with: runnel mask key {key}. To get the same results as a colleague, take over the secret mask.{key} instead.',
      zh: '用 runnel mask key {key} 创建。若要与同事得到相同结果，请改为使用其密钥 mask.{key}。',
    },
  },
  'mask.key_damaged': {
    retryable: false,
    exit: 2,
    parameters: z.object({ key: z.string() }),
    message: { en: 'The secret mask.{key} is not a masking key.', zh: '密钥 mask.{key} 不是脱敏密钥。' },
    next: {
      en: 'Take it over again from where it was made; a new key gives other results and opens nothing.',
      zh: '请从创建处重新获取；新密钥会得到不同结果，也无法解密。',
    },
  },
  'mask.key_version_unknown': {
    retryable: false,
    exit: 1,
    parameters: z.object({ key: z.string(), version: z.string() }),
    message: {
      en: 'A value was sealed with version {version} of the key {key}, which is not here.',
      zh: '某个值由密钥 {key} 的版本 {version} 加密，本机没有该版本。',
    },
    next: {
      en: 'Take over the secret mask.{key} from where the value was sealed.',
      zh: '请从加密处获取密钥 mask.{key}。',
    },
  },
  'mask.wrong_key': {
    retryable: false,
    exit: 1,
    parameters: z.object({ key: z.string(), sealedWith: z.string() }),
    message: {
      en: 'The key {key} does not open a value that says it was sealed with {sealedWith}.',
      zh: '密钥 {key} 无法解开标明由 {sealedWith} 加密的值。',
    },
    next: {
      en: 'Name the key it was sealed with; if that is this one, the value was changed or the key is another one of the same name.',
      zh: '请使用加密时的密钥；若正是此密钥，则该值已被更改，或同名密钥并非同一个。',
    },
  },
  'mask.not_sealed': {
    retryable: false,
    exit: 1,
    parameters: z.object({}),
    message: {
      en: 'A value to decrypt was not made by encrypting here.',
      zh: '要解密的值不是由本软件加密得到的。',
    },
    next: {
      en: "Decrypt only columns that were encrypted; filter out rows that were not with: column LIKE 'rnl1.%'.",
      zh: "只对已加密的列解密；可用 列 LIKE 'rnl1.%' 过滤其他行。",
    },
  },
  'mask.algorithm_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ algorithm: z.string() }),
    message: { en: 'This program has no {algorithm}.', zh: '本程序不支持 {algorithm}。' },
    next: {
      en: 'Use SHA-256 or AES-256-GCM, or run it on the command line or a server, whose crypto library has it.',
      zh: '请改用 SHA-256 或 AES-256-GCM，或在命令行或服务器上运行，其加密库支持该算法。',
    },
  },
  'mask.unfit': {
    retryable: false,
    exit: 2,
    parameters: z.object({ policy: z.string(), column: z.string(), reason: z.string() }),
    message: {
      en: 'The policy {policy} cannot mask the column {column}: {reason}.',
      zh: '策略 {policy} 无法对列 {column} 脱敏：{reason}。',
    },
    next: {
      en: 'Choose another method for the column in policies/{policy}.yaml. Nothing was written.',
      zh: '请在 policies/{policy}.yaml 中为该列选择其他方法。未写入任何内容。',
    },
  },
  'mask.no_memory_folder': {
    retryable: false,
    exit: 2,
    parameters: z.object({}),
    message: {
      en: 'There is no folder in memory, so values would touch the disk before they are masked.',
      zh: '没有内存文件夹，数据在脱敏之前会写到磁盘上。',
    },
    next: {
      en: 'Name a folder of a RAM disk in the environment variable RUNNEL_MEMORY_FOLDER.',
      zh: '请用环境变量 RUNNEL_MEMORY_FOLDER 指定内存盘上的文件夹。',
    },
  },
  'mask.snapshot_unmasked': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string() }),
    message: { en: 'The snapshot of {dataset} was taken without a policy.', zh: '{dataset} 的快照未按策略脱敏。' },
    next: {
      en: 'Take it again under a policy: runnel snapshot {dataset} --policy NAME.',
      zh: '请按策略重新获取：runnel snapshot {dataset} --policy NAME。',
    },
  },
} as const satisfies FailureArea
