import { type Column, LOCATOR_COLUMN } from '../contract/column.ts'
import { rejectRow, rowAsJson } from '../pipeline/reject-row.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { type BrokenRows, DATA } from './rule-measure.ts'

/** A rule of severity error that rows break. */
export interface BrokenRule {
  readonly name: string
  readonly column: string | undefined
  readonly rows: BrokenRows
}

/** A relation of REJECT_COLUMNS: each row of `data` that breaks one of the rules once, with the first of them and all reasons. */
export function refusedRows(
  rules: readonly BrokenRule[],
  { columns, key }: { readonly columns: readonly Column[]; readonly key: readonly string[] },
): Sql {
  const list = rejectRow(columns, {
    rule: firstBroken(rules, ({ name }) => literal(name)),
    column: firstBroken(rules, ({ column }) => literal(column ?? null)),
    value: firstBroken(rules, ({ rows }) => sql`CAST(${rows.value} AS VARCHAR)`),
    reason: sql`concat_ws('; ', ${join(rules.map(reasonWhereBroken))})`,
    locator: place(columns, key),
  })
  const which = rules.some(({ rows }) => rows.isWindow) ? sql`QUALIFY` : sql`WHERE`
  const any = join(
    rules.map(({ rows }) => rows.broken),
    ' OR ',
  )
  return sql`SELECT ${list} FROM ${id(DATA)} ${which} ${any}`
}

function firstBroken(rules: readonly BrokenRule[], part: (rule: BrokenRule) => Sql): Sql {
  const cases = rules.map((rule) => sql` WHEN ${rule.rows.broken} THEN ${part(rule)}`)
  return sql`CAST(CASE${join(cases, '')} END AS VARCHAR)`
}

function reasonWhereBroken({ name, rows }: BrokenRule): Sql {
  return sql`CASE WHEN ${rows.broken} THEN ${literal(`breaks the rule ${name}`)} END`
}

/** What the reader says, else the key as JSON. */
function place(columns: readonly Column[], key: readonly string[]): Sql {
  if (key.length === 1 && key[0] === LOCATOR_COLUMN) return id(LOCATOR_COLUMN)
  const parts = columns.filter(({ name }) => key.includes(name))
  return parts.length === 0 ? sql`CAST(NULL AS VARCHAR)` : rowAsJson(parts)
}
