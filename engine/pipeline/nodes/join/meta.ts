import { baseFields, field, keyFields, mainOutputTitle, type NodeMeta, said } from '../../node-meta.ts'

export const joinMeta: NodeMeta = {
  title: said('Join', '关联'),
  description: said('Puts rows of two inputs side by side where their keys are equal.', '按键相等将两个输入的行并排。'),
  inputs: [
    { field: 'left', title: said('Left', '左侧'), takes: 'one', least: 1, most: 1 },
    { field: 'right', title: said('Right', '右侧'), takes: 'one', least: 1, most: 1 },
  ],
  outputs: mainOutputTitle,
  fields: {
    ...baseFields,
    left: field(['Left input', '左输入'], ['The first relation.', '第一个关系。']),
    right: field(['Right input', '右输入'], ['The second relation.', '第二个关系。']),
    how: field(['Kind of join', '关联方式'], ['Which rows stay that have no partner.', '没有匹配的行哪些保留。'], {
      inner: ['Only pairs', '仅匹配的行'],
      left: ['All of the left', '保留全部左侧行'],
      right: ['All of the right', '保留全部右侧行'],
      full: ['All of both', '保留两侧全部行'],
      semi: ['Left rows with a partner', '有匹配的左侧行'],
      anti: ['Left rows without a partner', '无匹配的左侧行'],
      cross: ['Every pair', '笛卡尔积'],
    }),
    ...keyFields('on', ['Columns that must be equal.', '必须相等的列。']),
    nullsEqual: field(
      ['NULL meets NULL', '空值相互匹配'],
      ['Whether two missing keys count as equal.', '两个空键是否视为相等。'],
    ),
    suffixes: field(
      ['Suffixes', '后缀'],
      ['Appended to columns that both sides have: left, right.', '加在两侧同名列之后：左、右。'],
    ),
  },
  initial: { how: 'inner', on: [] },
}
