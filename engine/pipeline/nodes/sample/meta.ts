import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const sampleMeta: NodeMeta = {
  title: said('Sample', '抽样'),
  description: said('A choice of rows that comes out the same each time.', '可重复的随机抽样。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    rows: field(['Rows', '行数'], ['Exactly so many.', '恰好抽取的行数。']),
    fraction: field(['Fraction', '比例'], ['About this share of the rows, 0 to 1.', '大约抽取的比例，0 到 1。']),
    seed: field(['Seed', '种子'], ['Another number, another choice.', '换一个数，结果就不同。']),
    by: field(
      ['Keep together', '成组抽取'],
      ['Rows with the same values here are chosen together.', '这些列值相同的行一同被抽取。'],
    ),
  },
  initial: { fraction: 0.1 },
}
