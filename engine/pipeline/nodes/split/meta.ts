import { field, inputField, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const splitMeta: NodeMeta = {
  title: said('Split', '分流'),
  description: said('Sends rows to outputs by conditions.', '按条件将行送往不同输出。'),
  inputs: oneInputPort,
  outputs: { first: said('First', '第一'), else: said('Else', '其余') },
  fields: {
    ...inputField,
    mode: field(['Rows go to', '去向'], ['What happens when several conditions hold.', '多个条件成立时如何处理。'], {
      first: ['The first that holds', '第一个成立的输出'],
      all: ['All that hold', '所有成立的输出'],
    }),
    cases: field(['Cases', '分支'], ['Outputs with their conditions.', '各输出及其条件。']),
    'cases.to': field(['Output', '输出'], ['The name of the output.', '输出的名称。']),
    'cases.where': field(['Condition', '条件'], ['Rows for which this is true.', '该条件成立的行。']),
    else: field(
      ['Else', '其余'],
      ['The output of the rows for which no condition holds.', '没有条件成立的行去往的输出。'],
    ),
  },
  initial: { mode: 'first', cases: [{ to: 'first', where: 'true' }], else: 'else' },
}
