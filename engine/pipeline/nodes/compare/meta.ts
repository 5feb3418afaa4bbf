import { baseFields, field, type NodeMeta, said } from '../../node-meta.ts'

export const compareMeta: NodeMeta = {
  title: said('Compare', '比较'),
  description: said('What was added, removed and changed between two inputs.', '比较两个输入：新增、删除与变更的行。'),
  inputs: [
    { field: 'old', title: said('Old', '旧'), takes: 'one', least: 1, most: 1 },
    { field: 'new', title: said('New', '新'), takes: 'one', least: 1, most: 1 },
  ],
  outputs: {
    new: said('New', '新增'),
    changed: said('Changed', '变更'),
    deleted: said('Deleted', '删除'),
    same: said('Unchanged', '未变'),
  },
  fields: {
    ...baseFields,
    old: field(['Old', '旧'], ['How the rows were.', '原来的行。']),
    new: field(['New', '新'], ['How the rows are.', '现在的行。']),
    keys: field(['Keys', '键'], ['Columns that identify a row in both.', '在两侧标识同一行的列。']),
    columns: field(
      ['Columns', '列'],
      ['Which to compare; all that both have when empty.', '要比较的列；留空则比较两侧共有的列。'],
    ),
  },
  initial: { keys: [] },
}
