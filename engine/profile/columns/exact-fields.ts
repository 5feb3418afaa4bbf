import { id, type Sql, sql } from '../../sql/sql.ts'
import { isBlank } from './blank.ts'
import { finite, isOrdered, isWholeNumberType, mayBeExtreme } from './kind.ts'
import type { ProfiledColumn } from './profiled-column.ts'
import type { Tally } from './tally.ts'

/** Fields of a struct with the figures of a column that need no more than a running total; but the number of distinct values. */
export function exactFields(column: ProfiledColumn, tally: Tally): Sql[] {
  const name = id(column.name)
  return [
    sql`'nulls': ${tally.nulls(column.name)}`,
    ...(isOrdered(column.kind, column.type)
      ? [sql`'min': CAST(min(${name}) AS VARCHAR)`, sql`'max': CAST(max(${name}) AS VARCHAR)`]
      : []),
    ...ofKind(column, tally),
  ]
}

function ofKind({ name, type, kind }: ProfiledColumn, tally: Tally): Sql[] {
  switch (kind) {
    case 'number':
      return ofNumber(name, type, tally)
    case 'text':
      return ofText(name, tally)
    case 'boolean':
      return [sql`'trues': ${tally.count(id(name))}`]
    case 'date':
    case 'timestamp':
    case 'time':
    case 'nested':
    case 'other':
      return []
  }
}

function ofNumber(name: string, type: string, tally: Tally): Sql[] {
  const [column, number] = [id(name), finite(name, type)]
  return [
    sql`'mean': ${tally.mean(number)}`,
    sql`'std': ${tally.deviation(number)}`,
    sql`'zeros': ${tally.count(sql`${column} = 0`)}`,
    sql`'negatives': ${tally.count(sql`${column} < 0`)}`,
    ...(isWholeNumberType(type) ? [] : [sql`'integers': ${tally.count(isWhole(name, type))}`]),
    ...(mayBeExtreme(type) ? [sql`'extremes': ${tally.count(sql`${column} IS NOT NULL AND ${number} IS NULL`)}`] : []),
  ]
}

/** A DECIMAL is divided as the integer that it is kept as; as DOUBLE it would cost twice as much and lose digits. */
function isWhole(name: string, type: string): Sql {
  const number = finite(name, type)
  return type.startsWith('DECIMAL') ? sql`${id(name)} % 1 = 0` : sql`${number} = trunc(${number})`
}

function ofText(name: string, tally: Tally): Sql[] {
  const text = sql`CAST(${id(name)} AS VARCHAR)`
  const length = sql`length(${text})`
  return [
    sql`'blanks': ${tally.count(isBlank(name))}`,
    sql`'length': CASE WHEN count(${id(name)}) > 0 THEN {'min': CAST(min(${length}) AS DOUBLE), 'max': CAST(max(${length}) AS DOUBLE), 'mean': ${tally.mean(length)}} END`,
    sql`'leadingSpace': ${tally.count(sql`starts_with(${text}, ' ')`)}`,
    sql`'trailingSpace': ${tally.count(sql`ends_with(${text}, ' ')`)}`,
    sql`'replacementCharacters': ${tally.count(sql`contains(${text}, chr(65533))`)}`,
  ]
}
