import { field, inputField, keyFields, type NodeMeta, orderFields, rejectsTitle, said } from '../../node-meta.ts'

export const lookupMeta: NodeMeta = {
  title: said('Lookup', '查找'),
  description: said('Adds columns of another relation, found by key.', '按键从另一关系中取列。'),
  inputs: [
    { field: 'input', title: said('Rows', '主输入'), takes: 'one', least: 1, most: 1 },
    { field: 'from', title: said('Look in', '查找表'), takes: 'one', least: 1, most: 1 },
  ],
  outputs: { out: said('Output', '输出'), rejects: rejectsTitle },
  fields: {
    ...inputField,
    from: field(['Look in', '查找表'], ['The relation that is searched.', '被查找的关系。']),
    ...keyFields('on', ['Columns by which a match is found.', '用于查找匹配的列。']),
    columns: field(['Columns to take', '取出的列'], ['All that are no key when empty.', '留空则取出全部非键列。']),
    'columns.from': field(['Column', '列'], ['Its name where it is looked up.', '查找表中的列名。']),
    'columns.to': field(['Name', '名称'], ['Its name in the result.', '结果中的列名。']),
    noMatch: field(
      ['Without a match', '无匹配时'],
      ['What happens to a row without a match.', '没有匹配的行如何处理。'],
      {
        null: ['NULLs', '置为空值'],
        default: ['Default values', '使用默认值'],
        reject: ['Reject the row', '拒绝该行'],
        fail: ['The run fails', '运行失败'],
      },
    ),
    defaults: field(['Default values', '默认值'], ['By column; others are NULL.', '按列给出；其余为空值。']),
    severalMatches: field(
      ['With several matches', '多个匹配时'],
      ['What happens when more than one row matches.', '匹配到多行时如何处理。'],
      {
        first: ['Take the first', '取第一个'],
        reject: ['Reject the row', '拒绝该行'],
        fail: ['The run fails', '运行失败'],
        all: ['Keep all', '全部保留'],
      },
    ),
    ...orderFields('order', ['Which match is first', '匹配的先后']),
  },
  initial: { on: [], noMatch: 'null', severalMatches: 'fail' },
}
