import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, orderFields, said } from '../../node-meta.ts'

export const windowMeta: NodeMeta = {
  title: said('Window', '窗口'),
  description: said('Adds columns that look at neighbouring rows.', '添加参照相邻行计算的列。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    columns: field(['Columns', '列'], ['The columns to add.', '要添加的列。']),
    'columns.to': field(['Name', '名称'], ['The column in the result.', '结果中的列名。']),
    'columns.fn': field(['Function', '函数'], ['What is computed.', '计算方式。'], {
      row_number: ['Row number', '行号'],
      rank: ['Rank', '排名'],
      dense_rank: ['Dense rank', '密集排名'],
      percent_rank: ['Percent rank', '百分比排名'],
      cume_dist: ['Cumulative share', '累计分布'],
      ntile: ['Tile', '分桶'],
      lag: ['Row before', '前一行'],
      lead: ['Row after', '后一行'],
      first_value: ['First value', '第一个值'],
      last_value: ['Last value', '最后一个值'],
      nth_value: ['Nth value', '第 n 个值'],
      sum: ['Sum', '求和'],
      avg: ['Average', '平均值'],
      min: ['Smallest', '最小值'],
      max: ['Largest', '最大值'],
      count: ['Count', '计数'],
    }),
    'columns.of': field(['Of', '列'], ['The column it is computed from.', '用于计算的列。']),
    'columns.expr': field(['Expression', '表达式'], ['An expression instead of a column.', '用表达式代替列。']),
    'columns.n': field(
      ['N', 'N'],
      ['How many tiles, which value, or how many rows away.', '分桶数、第几个值，或相距行数。'],
    ),
    'columns.default': field(
      ['Where there is none', '缺省值'],
      ['Taken where there is no such row.', '没有该行时取此值。'],
    ),
    'columns.partition': field(
      ['Partition by', '分区'],
      ['Rows with the same values here see each other.', '这些列值相同的行互相可见。'],
    ),
    ...orderFields('columns.order', ['Order', '顺序']),
    'columns.frame': field(['Frame', '窗口范围'], ['Which rows around this one count.', '本行前后哪些行参与计算。']),
    'columns.frame.unit': field(['Counted in', '计量单位'], ['What the bounds count.', '边界的计量方式。'], {
      rows: ['Rows', '行'],
      range: ['Values', '值'],
      groups: ['Groups of equals', '同值组'],
    }),
    'columns.frame.start': field(
      ['Start', '起点'],
      [
        'unbounded, current, or rows from here (negative: before).',
        'unbounded、current，或相对本行的行数（负数表示之前）。',
      ],
    ),
    'columns.frame.end': field(
      ['End', '终点'],
      [
        'unbounded, current, or rows from here (negative: before).',
        'unbounded、current，或相对本行的行数（负数表示之前）。',
      ],
    ),
  },
  initial: { columns: [{ to: 'row_number', fn: 'row_number' }] },
}
