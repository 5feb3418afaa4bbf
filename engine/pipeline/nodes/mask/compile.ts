import { sql } from '../../../sql/sql.ts'
import { computedFrom, influencedBy } from '../../lineage-of-node.ts'
import { maskColumns, shuffledColumns } from '../../masking/mask-columns.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import type { MaskConfig } from './config.ts'

/** The rows of the input with columns masked in their place. Keys are no part of the SQL: the DuckDB that runs it has them. */
export function compileMask({ config, input, column, report }: CompileInput<MaskConfig>): NodeOutput[] {
  const masks = config.columns.map(({ column: name, mask }, i) => ({
    column: column(`columns.${i}.column`, name).name,
    mask,
  }))
  const { list, origins, shuffled, problems } = maskColumns(input.columns, masks)
  for (const { column: name, field, reason } of problems) {
    const at = masks.findIndex((mask) => mask.column === name)
    report({ code: 'node.config_invalid', detail: { field: `columns.${at}.mask.${field}`, reason } })
  }
  const names = shuffled.map((one) => one.column)
  const from = shuffledColumns(input.sql, input.columns, shuffled)
  return [
    {
      name: 'out',
      relation: sql`SELECT ${list} FROM ${from}`,
      lineage: {
        columns: new Map([...origins].map(([name, sources]) => [name, computedFrom(input, sources)])),
        influences: influencedBy(input, names, 'order'),
      },
    },
  ]
}
