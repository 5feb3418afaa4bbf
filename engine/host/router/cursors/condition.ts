import { nearestName } from '../../../base/suggest.ts'
import type { Column } from '../../../contract/column.ts'
import type { Arrangement, Filter } from '../../../contract/cursor.ts'
import { Failure } from '../../../contract/failure.ts'
import { requireCondition } from '../../../duck/condition.ts'
import type { Duck } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'

type Condition = Extract<Filter, { column: string }>

/**
 * `WHERE …` with a space before it, or nothing. NULL makes a comparison false, as in SQL; only `not_equal` and `not_contains`
 * let it pass, since a person who takes one value away does not mean the rows without any.
 * @throws Failure `cursor.column_unknown`, `sql.invalid` for a condition that is not one expression
 */
export async function whereOf(duck: Duck, columns: readonly Column[], filter: Arrangement['filter']): Promise<Sql> {
  const conditions: Sql[] = []
  for (const part of filter ?? []) {
    if ('sql' in part) {
      await requireCondition(duck, part.sql)
      conditions.push(sql`(${trusted(part.sql)}\n)`)
    } else {
      conditions.push(conditionOf(part, columnNamed(columns, part.column)))
    }
  }
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
}

/** What follows ORDER BY, NULLs last in either direction. @throws Failure `cursor.column_unknown` */
export function orderOf(columns: readonly Column[], sort: Arrangement['sort']): Sql[] {
  return (sort ?? []).map(({ column, direction }) => {
    const name = id(columnNamed(columns, column).name)
    return direction === 'ascending' ? sql`${name} ASC NULLS LAST` : sql`${name} DESC NULLS LAST`
  })
}

function columnNamed(columns: readonly Column[], name: string): Column {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  const suggestion = nearestName(
    name,
    columns.map((column) => column.name),
  )
  throw new Failure('cursor.column_unknown', { column: name, ...(suggestion === undefined ? {} : { suggestion }) })
}

function conditionOf({ operator, value }: Condition, column: Column): Sql {
  const name = id(column.name)
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value]
  const first = values[0] ?? ''
  // A value that the column's type cannot be is one that no row has.
  const typed = (one: string | number | boolean): Sql => sql`TRY_CAST(${literal(one)} AS ${trusted(column.type)})`
  const text = sql`lower(CAST(${name} AS VARCHAR))`
  const part = sql`lower(${literal(String(first))})`
  switch (operator) {
    case 'equal':
      return sql`${name} = ${typed(first)}`
    case 'not_equal':
      return sql`${name} IS DISTINCT FROM ${typed(first)}`
    case 'less':
      return sql`${name} < ${typed(first)}`
    case 'at_most':
      return sql`${name} <= ${typed(first)}`
    case 'greater':
      return sql`${name} > ${typed(first)}`
    case 'at_least':
      return sql`${name} >= ${typed(first)}`
    case 'contains':
      return sql`contains(${text}, ${part})`
    case 'not_contains':
      return sql`(${name} IS NULL OR NOT contains(${text}, ${part}))`
    case 'starts_with':
      return sql`starts_with(${text}, ${part})`
    case 'ends_with':
      return sql`ends_with(${text}, ${part})`
    case 'matches':
      return sql`regexp_matches(CAST(${name} AS VARCHAR), ${literal(String(first))}, 'i')`
    case 'in':
      return values.length === 0 ? sql`false` : sql`${name} IN (${join(values.map(typed))})`
    case 'is_null':
      return sql`${name} IS NULL`
    case 'is_not_null':
      return sql`${name} IS NOT NULL`
    case 'is_empty':
      return sql`CAST(${name} AS VARCHAR) = ''`
    case 'is_not_empty':
      return sql`CAST(${name} AS VARCHAR) <> ''`
  }
}
