import { field, inputField, type NodeMeta, oneInputPort, said } from '../../node-meta.ts'

export const targetMeta: NodeMeta = {
  title: said('Target', '目标'),
  description: said('Writes rows to a dataset.', '将行写入一个数据集。'),
  inputs: oneInputPort,
  outputs: {},
  fields: {
    ...inputField,
    dataset: field(['Dataset', '数据集'], ['Where to write, as connection:name.', '写入位置，写作“连接:名称”。']),
    mode: field(['Write mode', '写入方式'], ['What happens to the rows that are there.', '如何处理目标中已有的行。'], {
      append: ['Append', '追加'],
      replace: ['Replace the table', '替换整表'],
      truncate: ['Empty, then fill', '清空后写入'],
      upsert: ['Insert or update', '插入或更新'],
      insert_new: ['Insert only new keys', '只插入新键'],
      update: ['Update existing keys', '更新已有键'],
      delete: ['Delete the keys', '按键删除'],
      mirror: ['Mirror: also delete what is gone', '镜像：同时删除已消失的行'],
    }),
    keys: field(['Keys', '键'], ['Columns that identify a row.', '用于标识一行的列。']),
    ddl: field(['Structure', '结构'], ['Whether the target may be made or changed.', '是否允许创建或修改目标结构。'], {
      create: ['Create if missing', '缺失时创建'],
      alter: ['Create, add columns and widen types', '创建、增加列并放宽类型'],
      never: ['Leave as it is', '保持不变'],
    }),
    verify: field(['Verification', '校验'], ['How the written rows are checked.', '如何检查写入的行。'], {
      counts: ['Row counts', '行数'],
      checksum: ['Checksum of the rows', '行校验和'],
    }),
    options: field(
      ['Options', '选项'],
      ['How to write; each kind of connection has its own.', '写入选项；每种连接各有不同。'],
    ),
  },
  initial: { dataset: '', mode: 'append' },
}
