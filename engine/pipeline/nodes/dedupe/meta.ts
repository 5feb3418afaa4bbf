import { field, inputField, mainOutputTitle, type NodeMeta, oneInputPort, orderFields, said } from '../../node-meta.ts'

export const dedupeMeta: NodeMeta = {
  title: said('Remove duplicates', '去重'),
  description: said('Keeps one row for each key.', '每个键只保留一行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: {
    ...inputField,
    keys: field(
      ['Keys', '键'],
      [
        'Rows with the same values here are duplicates; all columns when empty.',
        '这些列的值相同即为重复；留空则比较全部列。',
      ],
    ),
    ...orderFields('order', ['Which row stays', '保留哪一行']),
  },
  initial: { keys: [] },
}
