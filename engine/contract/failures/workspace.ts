import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const workspaceFailures = {
  'workspace.invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ problems: z.string() }),
    message: { en: 'The workspace has problems: {problems}', zh: '工作区存在问题：{problems}' },
    next: {
      en: 'Correct the lines named; "runnel check" lists them all.',
      zh: '请修改所列行；"runnel check" 可列出全部问题。',
    },
  },
  'workspace.missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ directory: z.string() }),
    message: { en: '{directory} is not in a workspace.', zh: '{directory} 不在任何工作区内。' },
    next: {
      en: 'Create one with "runnel init", or name one with --workspace.',
      zh: '使用 "runnel init" 新建，或用 --workspace 指定。',
    },
  },
  'workspace.exists': {
    retryable: false,
    exit: 2,
    parameters: z.object({ directory: z.string() }),
    message: { en: 'There is already a workspace in {directory}.', zh: '{directory} 中已有工作区。' },
    next: { en: 'Open it, or choose another folder.', zh: '请直接打开，或选择其他文件夹。' },
  },
  'workspace.name_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({
      kind: z.enum([
        'connection',
        'environment',
        'pipeline',
        'job',
        'policy',
        'rules',
        'standard',
        'codes',
        'server',
        'sync',
      ]),
      name: z.string(),
      suggestion: z.string().optional(),
    }),
    message: { en: 'The workspace has no {kind} named {name}.', zh: '工作区中没有名为 {name} 的 {kind}。' },
    next: {
      en: 'Check the spelling; "runnel check" lists what there is.',
      zh: '请检查拼写；"runnel check" 会列出已有内容。',
    },
  },
  'workspace.file_changed': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string() }),
    message: { en: '{file} was changed by someone else meanwhile.', zh: '{file} 已被他人修改。' },
    next: { en: 'Open it again and repeat the change; nothing was saved.', zh: '请重新打开后再修改；本次未保存。' },
  },
  'workspace.name_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ name: z.string() }),
    message: { en: '"{name}" cannot be the name of a file.', zh: '“{name}” 不能用作文件名。' },
    next: { en: 'Use letters, digits, _, - and dots inside.', zh: '请使用字母、数字、_、- 以及中间的点。' },
  },
  'workspace.name_taken': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: { en: 'There is already a {file}.', zh: '{file} 已存在。' },
    next: { en: 'Choose another name.', zh: '请换一个名称。' },
  },
  'connection.kind_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), kind: z.string(), suggestion: z.string().optional() }),
    message: {
      en: 'Connection {connection} is of kind {kind}, which Runnel does not have.',
      zh: '连接 {connection} 的类型 {kind} 不受支持。',
    },
    next: { en: 'Correct "kind" in its file.', zh: '请修改其文件中的 "kind"。' },
  },
  'connection.settings_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), reason: z.string() }),
    message: {
      en: 'The settings of connection {connection} are wrong: {reason}',
      zh: '连接 {connection} 的设置有误：{reason}',
    },
    next: { en: 'Correct connections/{connection}.yaml.', zh: '请修改 connections/{connection}.yaml。' },
  },
  'connection.options_invalid': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), reason: z.string() }),
    message: {
      en: 'These options do not suit connection {connection}: {reason}',
      zh: '连接 {connection} 不接受这些选项：{reason}',
    },
    next: { en: 'See "runnel schema" for the options of each kind.', zh: '各类型的选项见 "runnel schema"。' },
  },
  'connection.file_kind_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: {
      en: 'The ending of {file} does not tell what kind of file it is.',
      zh: '无法从 {file} 的扩展名判断文件类型。',
    },
    next: { en: 'Name the kind with --kind, for example --kind text.', zh: '请用 --kind 指定类型，例如 --kind text。' },
  },
  'data.dataset_not_named': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string(), datasets: z.array(z.string()) }),
    message: { en: '{file} holds several datasets: {datasets}', zh: '{file} 包含多个数据集：{datasets}' },
    next: { en: 'Name one with --dataset.', zh: '请用 --dataset 指定其中一个。' },
  },
  'connection.secret_in_plain_text': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), field: z.string() }),
    message: {
      en: 'Connection {connection} holds {field} in plain text.',
      zh: '连接 {connection} 以明文保存了 {field}。',
    },
    next: {
      en: 'Store it with "runnel secret set NAME" and write ${secret:NAME} in the file.',
      zh: '请用 "runnel secret set NAME" 保存，并在文件中写 ${secret:NAME}。',
    },
  },
  'connection.variable_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), variable: z.string() }),
    message: {
      en: 'Connection {connection} needs the environment variable {variable}.',
      zh: '连接 {connection} 需要环境变量 {variable}。',
    },
    next: { en: 'Set the variable and run again.', zh: '请设置该变量后重新运行。' },
  },
  'run.unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ runId: z.string() }),
    message: { en: 'There is no run {runId}.', zh: '没有运行记录 {runId}。' },
    next: { en: 'List runs with "runnel runs".', zh: '使用 "runnel runs" 列出运行记录。' },
  },
  'secret.missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ name: z.string() }),
    message: { en: 'The secret {name} is not set.', zh: '尚未设置密钥 {name}。' },
    next: { en: 'Set it with "runnel secret set {name}".', zh: '请运行 "runnel secret set {name}"。' },
  },
  'secret.key_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({}),
    message: { en: 'The key of the secrets file is not known.', zh: '缺少密钥文件的口令。' },
    next: {
      en: 'Set RUNNEL_KEY, or run the command on a terminal to be asked for it.',
      zh: '请设置 RUNNEL_KEY，或在终端中运行并按提示输入。',
    },
  },
  'secret.wrong_key': {
    retryable: false,
    exit: 2,
    parameters: z.object({ name: z.string() }),
    message: {
      en: 'The secret {name} cannot be opened: the key is wrong or the file was tampered with.',
      zh: '无法解开密钥 {name}：口令错误或文件被篡改。',
    },
    next: { en: 'Check RUNNEL_KEY; nothing was changed.', zh: '请检查 RUNNEL_KEY；未做任何更改。' },
  },
  'secret.store_damaged': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: { en: 'The secrets file {file} cannot be read: {reason}', zh: '无法读取密钥文件 {file}：{reason}' },
    next: {
      en: 'Restore it from a backup, or remove it and set the secrets again.',
      zh: '请从备份恢复，或删除后重新设置密钥。',
    },
  },
} as const satisfies FailureArea
