import { baseFields, field, mainOutputTitle, type NodeMeta, said } from '../../node-meta.ts'

export const unionMeta: NodeMeta = {
  title: said('Union', '合并'),
  description: said('Rows of several inputs, one after another.', '将多个输入的行依次合并。'),
  inputs: [{ field: 'inputs', title: said('Inputs', '输入'), takes: 'list', least: 2 }],
  outputs: mainOutputTitle,
  fields: {
    ...baseFields,
    inputs: field(['Inputs', '输入'], ['The outputs to put together.', '要合并的输出。']),
    by: field(['Columns meet by', '列的对应方式'], ['How columns of the inputs are matched.', '各输入的列如何对应。'], {
      name: ['Name', '名称'],
      position: ['Position', '位置'],
    }),
    distinct: field(['Drop duplicates', '去除重复'], ['Equal rows are kept once.', '相同的行只保留一次。']),
  },
  initial: { by: 'name' },
}
