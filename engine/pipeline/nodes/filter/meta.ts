import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const filterMeta: NodeMeta = {
  title: said('Filter', '筛选'),
  description: said('Keeps the rows for which a condition is true.', '保留条件成立的行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    where: field(
      ['Condition', '条件'],
      ['A row stays when this is true; false and NULL drop it.', '为真时保留该行；为假或空值时丢弃。'],
    ),
  },
  initial: { where: 'true' },
}
