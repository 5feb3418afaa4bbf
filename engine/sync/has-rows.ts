import type { Session } from '../connectors/api/session.ts'
import { fromRelation } from '../connectors/shared/load/from-relation.ts'
import type { Duck } from '../duck/duck.ts'
import { type Sql, sql } from '../sql/sql.ts'

/** Whether a table of the target holds a row. */
export async function hasRows(
  { target, duck, signal }: { readonly target: Session; readonly duck: Duck; readonly signal: AbortSignal },
  dataset: string,
): Promise<boolean> {
  await using reading = await target.read({ dataset, options: {}, duck, limitRows: 1, signal })
  const isFilled = async (relation: Sql): Promise<boolean> =>
    (await duck.value(sql`SELECT count(*) FROM (SELECT 1 FROM ${fromRelation(relation)} AS r LIMIT 1)`)) !== '0'
  if (reading.relation !== undefined) return await isFilled(reading.relation)
  for await (const part of reading.parts ?? []) if (await isFilled(part.relation)) return true
  return false
}
