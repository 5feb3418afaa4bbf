import type { ConnectorForm } from '../api/form.ts'
import { FILE_CONFIG_TEXTS, FILE_SECRET_TEXTS } from '../shared/places/form.ts'

/** What forms say about the settings and options. */
export const jsonForm: ConnectorForm = {
  group: 'file',
  config: FILE_CONFIG_TEXTS,
  secrets: FILE_SECRET_TEXTS,
  source: {
    format: {
      titles: { en: 'Format', zh: '格式' },
      descriptions: {
        en: 'One document, or one value per line. By the file name when empty.',
        zh: '单个文档，或每行一个值；留空则按文件名判断。',
      },
      enumTitles: {
        json: { en: 'JSON document', zh: 'JSON 文档' },
        ndjson: { en: 'NDJSON: one value per line', zh: 'NDJSON：每行一个值' },
      },
    },
    path: {
      titles: { en: 'Path of the records', zh: '记录路径' },
      descriptions: {
        en: 'Where the records lie in the document, for example $.data.items.',
        zh: '记录在文档中的位置，例如 $.data.items。',
      },
    },
    columns: {
      titles: { en: 'Types', zh: '列类型' },
      descriptions: { en: 'Types by column; the others are inferred.', zh: '按列指定类型，其余列自动推断。' },
    },
    sampleRows: {
      titles: { en: 'Sample records', zh: '采样记录数' },
      descriptions: { en: 'Records from which types are inferred.', zh: '用于推断类型的记录数。' },
    },
    unknownKeys: {
      titles: { en: 'Unknown keys', zh: '未知键' },
      descriptions: { en: 'A key that no sampled record had.', zh: '采样记录中未出现过的键。' },
      enumTitles: {
        reject: { en: 'Refuse the record', zh: '拒绝该记录' },
        ignore: { en: 'Ignore the key', zh: '忽略该键' },
      },
    },
    duplicateKeys: {
      titles: { en: 'Duplicate keys', zh: '重复键' },
      descriptions: { en: 'A record that has a key twice.', zh: '同一记录中重复出现的键。' },
      enumTitles: {
        reject: { en: 'Refuse the record', zh: '拒绝该记录' },
        last: { en: 'Take the last value', zh: '取最后一个值' },
      },
    },
  },
  target: {
    format: {
      titles: { en: 'Format', zh: '格式' },
      descriptions: { en: 'By the file name when empty.', zh: '留空则按文件名判断。' },
      enumTitles: {
        json: { en: 'JSON document', zh: 'JSON 文档' },
        ndjson: { en: 'NDJSON: one value per line', zh: 'NDJSON：每行一个值' },
      },
    },
    pretty: {
      titles: { en: 'Indent', zh: '缩进' },
      descriptions: {
        en: 'Writes the document with indentation; only for JSON documents.',
        zh: '以缩进格式写出，仅用于 JSON 文档。',
      },
    },
    numbers: {
      titles: { en: 'Large numbers', zh: '大数字' },
      descriptions: { en: 'BIGINT, HUGEINT and DECIMAL.', zh: 'BIGINT、HUGEINT 和 DECIMAL 的写法。' },
      enumTitles: { exact: { en: 'Numbers with all digits', zh: '保留全部数字位' }, text: { en: 'Text', zh: '文本' } },
    },
    nonFinite: {
      titles: { en: 'NaN and infinities', zh: 'NaN 与无穷大' },
      descriptions: { en: 'JSON has no such numbers.', zh: 'JSON 没有这类数字。' },
      enumTitles: {
        refuse: { en: 'Refuse the load', zh: '拒绝写入' },
        null: { en: 'null', zh: 'null' },
        text: { en: 'Text', zh: '文本' },
      },
    },
  },
}
