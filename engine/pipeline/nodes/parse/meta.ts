import { field, inputField, type NodeMeta, oneInputPort, rejectsTitle, said } from '../../node-meta.ts'

export const parseMeta: NodeMeta = {
  title: said('Parse text', '解析文本'),
  description: said(
    'Texts become typed values; what does not fit is rejected.',
    '将文本转为有类型的值；不符合的行被拒绝。',
  ),
  inputs: oneInputPort,
  outputs: { out: said('Output', '输出'), rejects: rejectsTitle },
  fields: {
    ...inputField,
    fields: field(['Columns', '列'], ['The columns to parse.', '要解析的列。']),
    'fields.column': field(['Column', '列'], ['The column with the text.', '文本所在的列。']),
    'fields.to': field(
      ['Name', '名称'],
      ['The parsed column; it replaces the text by default.', '解析后的列；默认替换原文本。'],
    ),
    'fields.type': field(['Type', '类型'], ['What the text becomes.', '文本转换成的类型。']),
    'fields.formats': field(
      ['Formats', '格式'],
      ['Of dates and times, tried in this order.', '日期与时间的格式，依次尝试。'],
    ),
    'fields.decimal': field(['Decimal mark', '小数点'], ['Of numbers.', '数字的小数点。'], {
      '.': ['Point', '点'],
      ',': ['Comma', '逗号'],
    }),
    'fields.thousands': field(['Thousands mark', '千分位'], ['Of numbers.', '数字的千分位分隔符。'], {
      '': ['None', '无'],
      ',': ['Comma', '逗号'],
      '.': ['Point', '点'],
      ' ': ['Space', '空格'],
      "'": ['Apostrophe', '撇号'],
      _: ['Underscore', '下划线'],
    }),
    'fields.blank': field(
      ['Blank text', '空白文本'],
      ['What a text of nothing but blanks is.', '只含空白的文本如何处理。'],
      {
        null: ['NULL', '空值'],
        reject: ['Rejected', '拒绝'],
      },
    ),
  },
  initial: { fields: [] },
}
