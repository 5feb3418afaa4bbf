import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const pivotMeta: NodeMeta = {
  title: said('Pivot', '行转列'),
  description: said('Values of a column become columns.', '将一列的值变为多列。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    rows: field(['Rows', '行'], ['One row for each combination of these.', '这些列的每种组合一行。']),
    column: field(['Column', '列'], ['Its values become columns.', '其值变为列。']),
    values: field(['Values', '值'], ['Which values become columns.', '哪些值变为列。']),
    'values.value': field(['Value', '值'], ['The value in the column.', '列中的值。']),
    'values.to': field(['Name', '名称'], ['The column in the result.', '结果中的列名。']),
    fn: field(['Function', '函数'], ['How several values become one.', '多个值如何合为一个。'], {
      sum: ['Sum', '求和'],
      count: ['Count', '计数'],
      avg: ['Average', '平均值'],
      min: ['Smallest', '最小值'],
      max: ['Largest', '最大值'],
      first: ['First', '第一个'],
      any_value: ['Any', '任意一个'],
      list: ['List', '列表'],
    }),
    of: field(['Of', '取值列'], ['The column whose values fill the cells.', '其值填入单元格的列。']),
  },
  initial: { rows: [], column: '', values: [], of: '', fn: 'sum' },
}
