import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const explodeMeta: NodeMeta = {
  title: said('Explode list', '展开列表'),
  description: said('One row for each element of a list.', '列表中每个元素一行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    column: field(['List', '列表列'], ['The column with the list or JSON array.', '含有列表或 JSON 数组的列。']),
    to: field(
      ['Name', '名称'],
      ['The column of the element; the same name by default.', '元素所在的列；默认沿用原名。'],
    ),
    elementType: field(['Type of elements', '元素类型'], ['For JSON.', '用于 JSON。']),
    keepEmpty: field(
      ['Keep empty', '保留空列表'],
      ['Keeps a row whose list is empty or NULL.', '列表为空或空值时保留该行。'],
    ),
    ordinality: field(['Position column', '序号列'], ['Counts the elements from 1.', '从 1 开始为元素编号。']),
  },
  initial: { column: '' },
}
