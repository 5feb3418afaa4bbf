import { inputField, mainOutputTitle, type NodeMeta, oneInputPort, orderFields, said } from '../../node-meta.ts'

export const sortMeta: NodeMeta = {
  title: said('Sort', '排序'),
  description: said('Puts rows in order for what stands directly behind.', '为紧随其后的节点排列行。'),
  inputs: oneInputPort,
  outputs: mainOutputTitle,
  fields: { ...inputField, ...orderFields('by', ['Sort by', '排序依据']) },
  initial: { by: [] },
}
