import type { Column } from '../../contract/column.ts'
import type { Dimension } from '../../contract/profile/cross-filter.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { kindOf } from '../columns/kind.ts'
import { patternOf, shownPattern } from '../columns/text-pattern.ts'

/** How rows fall into the bins of a dimension. */
export interface Bins {
  /** Of the bins with a meaning of their own; the one for none of them is the next number. */
  readonly count: number
  /** The number of a row's bin. */
  readonly number: Sql
  /** The same of one value `v`, for what is better found out once for each distinct `value` than for each row. */
  readonly ofValue?: { readonly value: Sql; readonly number: Sql }
  /** For the grid: the rows of a bin, in SQL that a person can read. */
  condition(bin: number): Sql
}

/** @param columns of the relation, for their types; a condition must have been checked to be one expression */
export function binsOf(dimension: Exclude<Dimension, { kind: 'dependency' }>, columns: readonly Column[]): Bins {
  switch (dimension.kind) {
    case 'range':
      return rangeBins(dimension.column, typeOf(columns, dimension.column), dimension.edges)
    case 'values':
      return listBins(sql`CAST(${id(dimension.column)} AS VARCHAR)`, dimension.values)
    case 'patterns':
      return patternBins(sql`CAST(${id(dimension.column)} AS VARCHAR)`, dimension.patterns)
    case 'condition':
      return conditionBins(sql`(${trusted(dimension.sql)}\n)`)
  }
}

function typeOf(columns: readonly Column[], name: string): string {
  return columns.find((column) => column.name === name)?.type ?? 'VARCHAR'
}

/** The bins of a histogram: what lies beyond the outer edges is in the outer bins. */
function rangeBins(name: string, type: string, edges: readonly string[]): Bins {
  const column = id(name)
  const count = edges.length - 1
  // Edges between the values of a number type (10.5 of integers) keep their fraction.
  const typed = kindOf(type) === 'number' ? sql`DOUBLE` : trusted(type)
  const inner = edges.slice(1, -1).map((edge) => sql`CAST(${literal(edge)} AS ${typed})`)
  const number = inner.length === 0 ? sql`0` : search(inner, 0, (edge) => sql`${column} >= ${edge}`)
  return {
    count,
    number: sql`CASE WHEN ${column} IS NULL THEN ${literal(count)} ELSE ${number} END`,
    condition: (bin) => {
      if (bin >= count) return sql`${column} IS NULL`
      const [low, high] = [inner[bin - 1], inner[bin]]
      const parts = [
        ...(low === undefined ? [] : [sql`${column} >= ${low}`]),
        ...(high === undefined ? [] : [sql`${column} < ${high}`]),
      ]
      return parts.length === 0 ? sql`${column} IS NOT NULL` : join(parts, ' AND ')
    },
  }
}

/** Nested CASE: as many comparisons for each row as the list can be halved. */
function search(edges: readonly Sql[], first: number, isAbove: (edge: Sql) => Sql): Sql {
  const middle = edges.length >> 1
  const edge = edges[middle]
  if (edge === undefined) return literal(first)
  return sql`CASE WHEN ${isAbove(edge)} THEN ${search(edges.slice(middle + 1), first + middle + 1, isAbove)} ELSE ${search(edges.slice(0, middle), first, isAbove)} END`
}

function listBins(text: Sql, values: readonly string[]): Bins {
  const others = values.length
  if (others === 0) {
    const number = sql`CASE WHEN ${text} IS NULL THEN 1 ELSE 0 END`
    return { count: 1, number, condition: (bin) => (bin === 0 ? sql`${text} IS NOT NULL` : sql`${text} IS NULL`) }
  }
  const list = join(values.map(literal))
  return {
    count: others + 1,
    number: sql`CASE WHEN ${text} IS NULL THEN ${literal(others + 1)} ELSE coalesce(nullif(list_position([${list}], ${text}), 0) - 1, ${literal(others)}) END`,
    condition: (bin) => {
      const value = values[bin]
      if (value !== undefined) return sql`${text} = ${literal(value)}`
      return bin === others ? sql`${text} NOT IN (${list})` : sql`${text} IS NULL`
    },
  }
}

function patternBins(value: Sql, patterns: readonly string[]): Bins {
  const ofForm = (text: Sql): Bins => listBins(shownPattern(patternOf(text)), patterns)
  return { ...ofForm(value), ofValue: { value, number: ofForm(sql`v`).number } }
}

function conditionBins(condition: Sql): Bins {
  return {
    count: 1,
    number: sql`CASE WHEN ${condition} THEN 0 ELSE 1 END`,
    condition: (bin) => (bin === 0 ? condition : sql`NOT coalesce(${condition}, false)`),
  }
}
