import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const unpivotMeta: NodeMeta = {
  title: said('Unpivot', '列转行'),
  description: said('Columns become rows of name and value.', '将多列变为“名称、值”的行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    columns: field(['Columns', '列'], ['Each becomes a row.', '每一列变为一行。']),
    name: field(['Name column', '名称列'], ['Holds the name of the column.', '存放列名的列。']),
    value: field(['Value column', '值列'], ['Holds its value.', '存放值的列。']),
    keepNulls: field(['Keep NULLs', '保留空值'], ['Also a row for a missing value.', '没有值时也生成一行。']),
  },
  initial: { columns: [] },
}
