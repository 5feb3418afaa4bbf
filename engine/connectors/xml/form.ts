import type { ConnectorForm } from '../api/form.ts'
import { FILE_CONFIG_TEXTS, FILE_SECRET_TEXTS } from '../shared/places/form.ts'

/** What forms say about the settings and options. */
export const xmlForm: ConnectorForm = {
  group: 'file',
  config: FILE_CONFIG_TEXTS,
  secrets: FILE_SECRET_TEXTS,
  source: {
    path: {
      titles: { en: 'Path of the records', zh: '记录路径' },
      descriptions: {
        en: 'Which elements are the rows, for example /orders/order or //item[@kind="a"]. The outermost that repeat when empty.',
        zh: '哪些元素是行，例如 /orders/order 或 //item[@kind="a"]；留空则取最外层的重复元素。',
      },
    },
    namespaces: {
      titles: { en: 'Namespaces', zh: '命名空间' },
      descriptions: {
        en: 'What a prefix in the path stands for; others are taken as the file writes them.',
        zh: '路径中前缀所代表的命名空间；未列出的前缀按文件中的写法匹配。',
      },
    },
    ancestors: {
      titles: { en: 'Attributes from around', zh: '外层元素的属性' },
      descriptions: {
        en: 'Adds the attributes of the elements around a record as columns.',
        zh: '将记录外层元素的属性作为列加入。',
      },
    },
    encoding: {
      titles: { en: 'Encoding', zh: '编码' },
      descriptions: {
        en: 'By byte order mark or declaration when empty.',
        zh: '留空则按字节顺序标记或 XML 声明判断。',
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
    unknownFields: {
      titles: { en: 'Unknown fields', zh: '未知字段' },
      descriptions: {
        en: 'An element or attribute that no sampled record had.',
        zh: '采样记录中未出现过的元素或属性。',
      },
      enumTitles: {
        reject: { en: 'Refuse the record', zh: '拒绝该记录' },
        ignore: { en: 'Ignore the field', zh: '忽略该字段' },
      },
    },
  },
  target: {
    root: {
      titles: { en: 'Root element', zh: '根元素' },
      descriptions: { en: 'The element around all records.', zh: '包含所有记录的元素。' },
    },
    record: {
      titles: { en: 'Record element', zh: '记录元素' },
      descriptions: { en: 'The element of each record.', zh: '每条记录的元素。' },
    },
    attributes: {
      titles: { en: 'Attributes', zh: '属性' },
      descriptions: {
        en: 'Columns written as attributes of the record; the others become elements in it.',
        zh: '写为记录属性的列，其余列写为子元素。',
      },
    },
    pretty: {
      titles: { en: 'Indent', zh: '缩进' },
      descriptions: { en: 'One element per line, indented.', zh: '每个元素一行并缩进。' },
    },
  },
}
