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
  'source.host_key': {
    retryable: false,
    exit: 3,
    parameters: z.object({ source: z.string(), offered: z.string() }),
    message: {
      en: 'The server of {source} shows the key {offered}, by which it is not known. Nothing was sent.',
      zh: '{source} 的服务器出示的密钥为 {offered}，与已知指纹不符。未发送任何内容。',
    },
    next: {
      en: 'Ask the administrator of the server for its fingerprint. Only when it is this one, set it as hostKey of the connection.',
      zh: '请向服务器管理员索取指纹；确认一致后，再将其设为连接的 hostKey。',
    },
  },
  'source.dataset_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), suggestion: z.string().optional() }),
    message: { en: 'Dataset {dataset} does not exist.', zh: '数据集 {dataset} 不存在。' },
    next: { en: 'List what exists with "runnel datasets".', zh: '使用 "runnel datasets" 列出已有数据集。' },
  },
  'source.rejected': {
    retryable: false,
    exit: 1,
    parameters: z.object({ source: z.string(), reason: z.string() }),
    message: { en: '{source} refused the query: {reason}', zh: '{source} 拒绝查询：{reason}' },
    next: { en: 'Correct the query or the rights of the user.', zh: '请修正查询语句或用户权限。' },
  },
  'source.column_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), column: z.string(), suggestion: z.string().optional() }),
    message: { en: '{dataset} has no column {column}.', zh: '{dataset} 没有列 {column}。' },
    next: { en: 'See its columns with "runnel show".', zh: '使用 "runnel show" 查看其列。' },
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
  'write.duplicate_key': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), keys: z.string(), examples: z.string() }),
    message: {
      en: 'Several rows for {dataset} have the same key ({keys}), for example {examples}.',
      zh: '写入 {dataset} 的多行具有相同的键（{keys}），例如 {examples}。',
    },
    next: {
      en: 'Nothing was committed. Put a dedupe node before the target, or give more key columns.',
      zh: '未提交任何数据。请在目标之前添加去重节点，或增加键列。',
    },
  },
  'write.key_collision': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), keys: z.string(), examples: z.string() }),
    message: {
      en: 'Rows for {dataset} have different keys ({keys}) that are equal under its collation: {examples}.',
      zh: '写入 {dataset} 的多行的键（{keys}）不同，但在其排序规则下相等：{examples}。',
    },
    next: {
      en: 'Nothing was committed. Give the key columns a binary collation, or bring the keys to one spelling before the target.',
      zh: '未提交任何数据。请为键列设置二进制排序规则，或在目标之前统一键的写法。',
    },
  },
  'write.null_key': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), keys: z.string(), rows: z.string() }),
    message: {
      en: '{rows} rows for {dataset} have NULL in a key column ({keys}).',
      zh: '写入 {dataset} 的 {rows} 行在键列（{keys}）中为 NULL。',
    },
    next: {
      en: 'Nothing was committed. Reject these rows with a validate node, or choose other keys.',
      zh: '未提交任何数据。请用校验节点拒绝这些行，或选择其他键。',
    },
  },
  'write.key_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), mode: z.string(), reason: z.string() }),
    message: {
      en: 'Mode {mode} cannot write {dataset}: {reason}',
      zh: '模式 {mode} 无法写入 {dataset}：{reason}',
    },
    next: {
      en: 'Name key columns that the target receives in "keys" of the target node.',
      zh: '请在目标节点的 "keys" 中填写目标会收到的键列。',
    },
  },
  'write.mode_unsupported': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), mode: z.string(), supported: z.array(z.string()) }),
    message: {
      en: '{dataset} cannot be written in mode {mode}.',
      zh: '{dataset} 不支持写入模式 {mode}。',
    },
    next: { en: 'It takes: {supported}.', zh: '支持的模式：{supported}。' },
  },
  'write.ddl_needed': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), reason: z.string() }),
    message: {
      en: '{dataset} does not fit the rows: {reason}',
      zh: '{dataset} 的结构与数据不符：{reason}',
    },
    next: {
      en: 'Change the target yourself, map the columns to what it has, or set "ddl: alter" on the target node.',
      zh: '请自行修改目标结构，将列映射到已有结构，或在目标节点上设置 "ddl: alter"。',
    },
  },
} as const satisfies FailureArea
