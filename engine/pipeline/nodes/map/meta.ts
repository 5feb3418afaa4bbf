import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const mapMeta: NodeMeta = {
  title: said('Map columns', '字段映射'),
  description: said('Chooses, renames, computes and casts columns.', '选择、重命名、计算并转换列。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    fields: field(['Columns', '列'], ['The columns of the result, in this order.', '结果中的列，按此顺序。']),
    'fields.to': field(['Name', '名称'], ['The column in the result.', '结果中的列名。']),
    'fields.from': field(
      ['From', '来源列'],
      ['The column it is taken from; the one of the same name by default.', '取值的列；默认取同名列。'],
    ),
    'fields.expr': field(['Expression', '表达式'], ['Computes the value.', '用于计算值的表达式。']),
    'fields.value': field(['Constant', '常量'], ['The same value in every row.', '每一行都相同的值。']),
    'fields.type': field(['Type', '类型'], ['The value is cast to this type.', '将值转换为此类型。']),
    'fields.onError': field(
      ['When it does not fit', '无法转换时'],
      ['What a value becomes that cannot be cast.', '无法转换的值如何处理。'],
      {
        fail: ['The run fails', '运行失败'],
        null: ['NULL', '置为空值'],
      },
    ),
    'fields.default': field(
      ['Instead of NULL', '空值替代'],
      ['Taken instead of NULL, after the cast.', '转换之后用于代替空值。'],
    ),
    rest: field(['Other columns', '其余列'], ['What happens to columns that are not listed.', '如何处理未列出的列。'], {
      keep: ['Keep', '保留'],
      drop: ['Drop', '丢弃'],
    }),
  },
  initial: { fields: [], rest: 'keep' },
}
