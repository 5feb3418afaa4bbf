import { baseFields, field, mainOutputTitle, type NodeMeta, said } from '../../node-meta.ts'

export const sqlMeta: NodeMeta = {
  title: said('SQL', 'SQL'),
  description: said('A full SELECT over other outputs.', '对其他输出执行完整的 SELECT。'),
  inputs: [{ field: 'inputs', title: said('Inputs', '输入'), takes: 'named', least: 0 }],
  outputs: mainOutputTitle,
  fields: {
    ...baseFields,
    inputs: field(
      ['Inputs', '输入'],
      ['The outputs it reads, under their own or other names.', '读取的输出，可用原名或另取的名称。'],
    ),
    sql: field(['Query', '查询'], ["One SELECT in DuckDB's SQL.", '一条 DuckDB SQL 的 SELECT 语句。']),
  },
  initial: { inputs: [], sql: 'SELECT 1 AS one' },
}
