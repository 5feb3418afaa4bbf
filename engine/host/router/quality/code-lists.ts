import { type CodeListFile, currentCodes } from '../../../contract/code-list-file.ts'
import type { Rule } from '../../../contract/rule.ts'
import type { Duck } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'

/** The lists that rules name and that are there, each as a relation with one column `value`. */
export async function loadCodeLists(
  duck: Duck,
  rules: readonly Rule[],
  lists: ReadonlyMap<string, CodeListFile>,
): Promise<Map<string, Sql>> {
  const loaded = new Map<string, Sql>()
  for (const rule of rules) {
    const list = rule.check === 'in_list' ? lists.get(rule.list) : undefined
    if (rule.check !== 'in_list' || list === undefined || loaded.has(rule.list)) continue
    const relation = id(`code_list_${loaded.size}`)
    const values = join(currentCodes(list).map((code) => literal(code)))
    await duck.run(sql`CREATE TABLE ${relation} AS SELECT unnest(CAST([${values}] AS VARCHAR[])) AS "value"`)
    loaded.set(rule.list, relation)
  }
  return loaded
}
