import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const flattenMeta: NodeMeta = {
  title: said('Flatten', '展平'),
  description: said('Fields of nested columns become columns.', '将嵌套列的字段变为普通列。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    columns: field(
      ['Columns', '列'],
      ['Which to open; all nested ones when empty.', '要展开的列；留空则展开全部嵌套列。'],
    ),
    prefix: field(['Names', '命名方式'], ['What the new columns are called.', '新列的命名方式。'], {
      path: ['Whole path', '完整路径'],
      none: ['Field only', '仅字段名'],
    }),
    separator: field(['Separator', '分隔符'], ['Between the parts of a path.', '路径各部分之间。']),
    depth: field(['Depth', '层数'], ['How many levels are opened.', '展开的层数。']),
  },
  initial: {},
}
