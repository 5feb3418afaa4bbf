import { cellCount, cellText } from '../contract/cell-text.ts'
import type { Duck } from '../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import type { FlowPlan } from './flow-plan.ts'
import { addCount, type FlowCounts } from './row-counts.ts'

/** Makes every output of the plan queryable under its name, over the sources' relations as they stand now. */
export async function installFlow(duck: Duck, plan: FlowPlan, signal?: AbortSignal): Promise<void> {
  const call = signal === undefined ? {} : { signal }
  for (const { name, relation, isTable } of plan.outputs) {
    await duck.run(
      isTable
        ? sql`CREATE OR REPLACE TABLE ${id(name)} AS ${relation}`
        : sql`CREATE OR REPLACE VIEW ${id(name)} AS ${relation}`,
      call,
    )
  }
}

/** Counts the rows of every output but those in `known`, and adds them up. */
export async function countFlow(
  duck: Duck,
  plan: FlowPlan,
  counts: FlowCounts,
  { known, signal }: { readonly known: ReadonlySet<string>; readonly signal?: AbortSignal },
): Promise<void> {
  const outputs = plan.outputs.filter((output) => !known.has(output.name))
  if (outputs.length === 0) return
  const each = outputs.map(({ name }): Sql => sql`SELECT ${literal(name)}, count(*) FROM ${id(name)}`)
  const { rows } = await duck.rows(join(each, ' UNION ALL '), signal === undefined ? {} : { signal })
  for (const [name, count] of rows) addCount(counts.outputs, cellText(name), cellCount(count))
}
