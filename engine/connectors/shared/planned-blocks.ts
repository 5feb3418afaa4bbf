import type { Cell } from '../../contract/page.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import type { WriteRequest } from '../api/writer.ts'
import type { ValuePlan } from './value-plan.ts'

/** Hands the rows of a relation over block by block, with the values that the plans select; gives how many there were. */
export async function plannedBlocks(
  { duck, signal }: Pick<WriteRequest, 'duck' | 'signal'>,
  plans: readonly Pick<ValuePlan, 'column' | 'value'>[],
  relation: Sql,
  take: (rows: readonly (readonly Cell[])[]) => Promise<void>,
): Promise<bigint> {
  const values = join(plans.map(({ column, value }) => sql`${value} AS ${id(column.name)}`))
  let rowCount = 0n
  const call = signal === undefined ? {} : { signal }
  for await (const rows of duck.blocks(sql`SELECT ${values} FROM ${relation}`, call)) {
    await take(rows)
    rowCount += BigInt(rows.length)
  }
  return rowCount
}
