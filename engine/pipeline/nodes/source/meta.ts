import { baseFields, field, mainOutputTitle, type NodeMeta, said } from '../../node-meta.ts'

export const sourceMeta: NodeMeta = {
  title: said('Source', '数据源'),
  description: said('Reads the rows of a dataset.', '读取一个数据集的行。'),
  inputs: [],
  outputs: mainOutputTitle,
  fields: {
    ...baseFields,
    dataset: field(['Dataset', '数据集'], ['Written connection:name.', '写作“连接:名称”。']),
    options: field(
      ['Options', '选项'],
      ['How to read it; each kind of connection has its own.', '读取方式；每种连接各有不同。'],
    ),
    columns: field(
      ['Columns', '列'],
      ['Only these, in this order. All when empty.', '只读取这些列，并按此顺序。留空则读取全部。'],
    ),
  },
  initial: { dataset: '' },
}
