import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, orderFields, said } from '../../node-meta.ts'

export const limitMeta: NodeMeta = {
  title: said('Limit', '限制行数'),
  description: said('Only the first rows.', '只保留前若干行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    rows: field(['Rows', '行数'], ['How many rows at most.', '最多保留的行数。']),
    offset: field(['Skip', '跳过'], ['How many rows to leave out before them.', '之前跳过的行数。']),
    ...orderFields('order', ['Order', '顺序']),
  },
  initial: { rows: 100 },
}
