import { field, inputField, type NodeMeta, oneInputPort, rejectsTitle, said } from '../../node-meta.ts'

export const convertCodeMeta: NodeMeta = {
  title: said('Convert codes', '代码转换'),
  description: said("Turns one system's codes into standard codes.", '将来源系统的代码转换为标准代码。'),
  inputs: oneInputPort,
  outputs: { out: said('Output', '输出'), rejects: rejectsTitle },
  fields: {
    ...inputField,
    column: field(['Column', '列'], ['The column that holds the codes.', '存放代码的列。']),
    to: field(
      ['New column', '新列'],
      ['Takes the converted codes; they replace the old ones when empty.', '存放转换结果；留空则替换原代码。'],
    ),
    codes: field(
      ['Codes', '代码对照'],
      ['What the input has, and what becomes of it. Case counts.', '来源代码及其对应的标准代码，区分大小写。'],
    ),
    list: field(
      ['Code list', '代码表'],
      ['The list that the results belong to; standards are checked by it.', '结果所属的代码表；检查标准时使用。'],
    ),
    mapping: field(
      ['Mapping', '对照'],
      ['The mapping of the list that the codes were taken from.', '代码对照取自该代码表的哪个来源系统。'],
    ),
    unmatched: field(
      ['Other values', '未匹配的值'],
      ['What happens to a value that is not listed.', '未列出的值如何处理。'],
      {
        reject: ['Reject the row', '拒绝该行'],
        null: ['NULL', '置为空值'],
        keep: ['Keep as it is', '保持原值'],
        default: ['A default', '使用默认值'],
      },
    ),
    default: field(['Default', '默认值'], ['Stands for values that are not listed.', '用于代替未列出的值。']),
  },
  initial: { codes: {}, unmatched: 'reject' },
}
