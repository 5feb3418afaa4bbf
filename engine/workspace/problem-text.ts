import type { Localized } from '../contract/localized.ts'

/** What can be wrong with a file besides its schema. `{name}` places as in the failure catalogue. */
export const PROBLEM_TEXT = {
  syntax: { en: 'not valid YAML: {reason}', zh: 'YAML 语法错误：{reason}' },
  severalDocuments: { en: 'a file holds one document only', zh: '一个文件只能包含一个文档' },
  empty: { en: 'the file is empty', zh: '文件为空' },
  tooLarge: { en: 'the file is larger than {limit} bytes', zh: '文件超过 {limit} 字节' },
  notAFile: { en: 'not a regular file', zh: '不是普通文件' },
  outside: { en: 'a link that leaves the workspace', zh: '链接指向工作区之外' },
  unreadable: { en: 'cannot be read: {reason}', zh: '无法读取：{reason}' },
  encoding: { en: 'not UTF-8 text', zh: '不是 UTF-8 文本' },
  yml: { en: 'name it .yaml; files ending in .yml are not read', zh: '请改名为 .yaml；不读取 .yml 文件' },
  key: { en: 'the key {key} is not allowed', zh: '不允许使用键 {key}' },
  unknownKey: { en: 'unknown key {key}', zh: '未知的键 {key}' },
  unknownKeyNear: {
    en: 'unknown key {key}; did you mean {suggestion}?',
    zh: '未知的键 {key}；是否应为 {suggestion}？',
  },
  digits: {
    en: 'the number {number} has more digits than can be kept; put it in quotes',
    zh: '数字 {number} 位数过多会丢失精度，请加引号',
  },
  missing: { en: 'the file is missing', zh: '缺少该文件' },
  name: {
    en: 'a file name is letters, digits, _, - and dots inside',
    zh: '文件名只能包含字母、数字、_、- 以及中间的点',
  },
} as const satisfies Record<string, Localized>
