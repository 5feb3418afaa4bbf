import type { Localized } from '../../contract/localized.ts'

/** What the command line itself says. Failures have their own catalogue. */
export const CLI_TEXT = {
  about: {
    en: 'Runnel carries data: connect, look, map, preview, run, push.',
    zh: '汇渠：连接、查看、映射、预览、运行、推送。',
  },
  usage: { en: 'Usage', zh: '用法' },
  commands: { en: 'Commands', zh: '命令' },
  options: { en: 'Options', zh: '选项' },
  everywhere: { en: 'Everywhere', zh: '通用选项' },
  examples: { en: 'Example', zh: '示例' },
  moreHelp: { en: 'Help for one command: runnel COMMAND --help', zh: '单个命令的帮助：runnel 命令 --help' },
  optionJson: {
    en: 'one JSON document on standard output (one per line for streams)',
    zh: '以 JSON 输出（流式结果每行一个）',
  },
  optionLang: { en: 'language of messages', zh: '消息语言' },
  optionWorkspace: {
    en: 'workspace folder (default: the one around the current folder)',
    zh: '工作区文件夹（默认：当前文件夹所在的工作区）',
  },
  optionEnv: { en: 'environment whose connection settings apply', zh: '使用哪个环境的连接设置' },
  optionHelp: { en: 'this help', zh: '显示帮助' },
  notACount: {
    en: '--{option} takes a whole number of at least {least}, not {text}.',
    zh: '--{option} 需要不小于 {least} 的整数，而不是 {text}。',
  },
  notAPair: { en: '--{option} takes NAME=VALUE, not {text}.', zh: '--{option} 需要 名称=值，而不是 {text}。' },
  argumentMissing: { en: 'runnel {command} needs {name}.', zh: 'runnel {command} 缺少 {name}。' },
  argumentSpare: {
    en: 'runnel {command} does not know what to do with {text}.',
    zh: 'runnel {command} 无法处理多余的参数 {text}。',
  },
  optionUnknown: { en: 'runnel {command} has no option {option}.', zh: 'runnel {command} 没有选项 {option}。' },
  optionValue: {
    en: 'The option {option} is missing its value, or takes none.',
    zh: '选项 {option} 缺少取值，或不接受取值。',
  },
  commandUnknown: { en: 'There is no command {command}.', zh: '没有命令 {command}。' },
  commandUnknownNear: {
    en: 'There is no command {command}. Did you mean {suggestion}?',
    zh: '没有命令 {command}。是否应为 {suggestion}？',
  },
  languageUnknown: { en: 'There is no language {text}; use en or zh.', zh: '没有语言 {text}；请使用 en 或 zh。' },
  didYouMean: { en: 'Did you mean {suggestion}?', zh: '是否应为 {suggestion}？' },
  nextStep: { en: 'Next: {next}', zh: '下一步：{next}' },
  created: { en: 'Workspace created in {directory}.', zh: '已在 {directory} 新建工作区。' },
  checkedSound: { en: '{files} files, no problems.', zh: '{files} 个文件，没有问题。' },
  checkedProblems: { en: '{count} problems in {files} files.', zh: '{files} 个文件中有 {count} 个问题。' },
  schemasWritten: { en: '{count} schemas written to {directory}.', zh: '已将 {count} 个模式写入 {directory}。' },
  secretPrompt: { en: 'Value of {name}: ', zh: '{name} 的值：' },
  keyPrompt: { en: 'Key of the secrets file: ', zh: '密钥文件的口令：' },
  secretKeptInKeyStore: { en: '{name} is in the key store of the system.', zh: '{name} 已存入系统密钥库。' },
  secretKeptInFile: {
    en: '{name} is in the encrypted file .runnel/secrets.json.',
    zh: '{name} 已存入加密文件 .runnel/secrets.json。',
  },
  shownAll: { en: '{count} rows.', zh: '共 {count} 行。' },
  shownPart: { en: '{shown} of {count} rows.', zh: '显示 {shown} 行，共 {count} 行。' },
  shownFirst: { en: 'The first {shown} rows.', zh: '前 {shown} 行。' },
  shownEmpty: { en: 'Empty: no columns, no rows.', zh: '空文件：没有列，也没有行。' },
  detected: { en: 'Detected: {text}', zh: '检测结果：{text}' },
  rejected: { en: '{count} rows were rejected:', zh: '{count} 行被拒绝：' },
  warning: { en: 'Warning: {text}', zh: '警告：{text}' },
  secretEmpty: { en: 'No value was given for {name}.', zh: '没有为 {name} 提供值。' },
} as const satisfies Record<string, Localized>
