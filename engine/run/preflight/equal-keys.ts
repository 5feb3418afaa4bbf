import { cellCount, cellText } from '../../contract/cell-text.ts'
import type { Column } from '../../contract/column.ts'
import type { PreflightFinding } from '../../contract/preflight.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import type { CompiledTarget } from '../../pipeline/compiled.ts'
import { foldName } from '../../pipeline/names.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import type { TargetLimits } from './target-limits.ts'

interface KeyColumn {
  readonly column: Column
  readonly to: string
  readonly limits: TargetLimits
}

/** Keys that differ here and that the target's collation takes for one: case, accents and trailing spaces do not count for it. */
export async function equalKeys(
  { duck, call, relation }: { readonly duck: Duck; readonly call: DuckCall; readonly relation: Sql },
  target: CompiledTarget,
  typed: readonly KeyColumn[],
): Promise<PreflightFinding[]> {
  const wanted = new Set(target.keys.map(foldName))
  const keys = typed.filter(({ column }) => wanted.has(foldName(column.name)))
  const folded = keys.find(({ limits, column }) => limits.collation !== undefined && column.type === 'VARCHAR')
  if (folded === undefined) return []
  const own = join(keys.map(({ column }) => id(column.name)))
  const seen = join(
    keys.map(({ column, limits }) =>
      limits.collation === undefined ? id(column.name) : asCollated(column, limits.collation),
    ),
  )
  const { rows } = await duck.rows(
    sql`SELECT sum(n), list(example)[:3] FROM (SELECT sum(n) AS n, string_agg(DISTINCT key, ' = ' ORDER BY key) AS example FROM (SELECT concat_ws(', ', ${own}) AS key, [${seen}]::VARCHAR[] AS seen, count(*) AS n FROM ${relation} GROUP BY ALL) AS keys GROUP BY seen HAVING count(DISTINCT key) > 1) AS groups`,
    call,
  )
  const [count, examples] = rows[0] ?? []
  const total = cellCount(count)
  if (total === 0n) return []
  return [
    {
      node: target.node,
      dataset: target.dataset,
      column: folded.column.name,
      kind: 'equal_keys',
      effect: 'fails',
      from: folded.column.type,
      to: folded.to,
      count: String(total),
      examples: Array.isArray(examples) ? examples.map((example) => cellText(example)) : [],
      fixes: [{ kind: 'widen', type: folded.to.replace(/collate \w+/i, 'COLLATE utf8mb4_bin') }],
    },
  ]
}

function asCollated({ name }: Column, collation: string): Sql {
  const text = sql`rtrim(lower(CAST(${id(name)} AS VARCHAR)), ' ')`
  return /_as_/.test(collation) ? text : sql`strip_accents(${text})`
}
