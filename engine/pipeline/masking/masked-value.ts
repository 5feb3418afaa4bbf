import type { Column } from '../../contract/column.ts'
import type { Mask } from '../../contract/mask.ts'
import { MASK_FUNCTION, SEAL_FUNCTION } from '../../sql/row-functions.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { findColumn } from '../names.ts'

export interface MaskedValue {
  readonly value: Sql
  /** Other columns it depends on. */
  readonly references: readonly string[]
}

/** Why a mask cannot be used on a column. */
export interface MaskProblem {
  readonly field: 'method' | 'entity'
  readonly reason: string
}

type Rowwise = Exclude<Mask, { method: 'shuffle' }>

/**
 * The masked value of a column as an expression over its row. NULL stays NULL.
 *
 * The type stays for null, constant, format, date_shift, round and truncate; all others give text.
 */
export function maskedValue(mask: Rowwise, column: Column, columns: readonly Column[]): MaskedValue | MaskProblem {
  const value = id(column.name)
  const type = trusted(column.type)
  switch (mask.method) {
    case 'null':
      return own(sql`CAST(NULL AS ${type})`)
    case 'constant':
      return own(sql`CASE WHEN ${value} IS NOT NULL THEN CAST(${literal(mask.value)} AS ${type}) END`)
    case 'partial':
      return own(partialText(mask, textOf(value)))
    case 'hash':
    case 'pseudonym':
    case 'decrypt':
      return own(called(mask, textOf(value)))
    case 'format':
      return own(sql`TRY_CAST(${called(mask, textOf(value))} AS ${type})`)
    case 'encrypt':
      return own(called(mask, textOf(value)))
    case 'date_shift':
      return shiftedDate(mask, column, columns)
    case 'round':
      return isNumber(column)
        ? own(sql`TRY_CAST(round(CAST(${value} AS DOUBLE) / ${literal(mask.to)}) * ${literal(mask.to)} AS ${type})`)
        : unfit(column, 'a number')
    case 'truncate':
      return isDate(column)
        ? own(sql`CAST(date_trunc(${literal(mask.unit)}, ${value}) AS ${type})`)
        : unfit(column, 'a date or a timestamp')
    case 'bands':
      return isNumber(column) ? own(bandText(mask.bounds, value)) : unfit(column, 'a number')
  }
}

export function isMaskProblem(masked: MaskedValue | MaskProblem): masked is MaskProblem {
  return 'reason' in masked
}

function own(value: Sql): MaskedValue {
  return { value, references: [] }
}

/** The key stays outside: only its name is part of the text. */
function called(mask: Rowwise, value: Sql): Sql {
  const isVolatile = mask.method === 'encrypt' && !mask.deterministic
  return sql`${trusted(isVolatile ? SEAL_FUNCTION : MASK_FUNCTION)}(${literal(JSON.stringify(mask))}, ${value})`
}

function partialText({ first, last, with: sign }: Extract<Mask, { method: 'partial' }>, text: Sql): Sql {
  const kept = first + last
  const all = sql`repeat(${literal(sign)}, length(${text}))`
  if (kept === 0) return all
  const head = first === 0 ? sql`''` : sql`left(${text}, ${literal(first)})`
  const tail = last === 0 ? sql`''` : sql`right(${text}, ${literal(last)})`
  const middle = sql`repeat(${literal(sign)}, length(${text}) - ${literal(kept)})`
  return sql`CASE WHEN length(${text}) <= ${literal(kept)} THEN ${all} ELSE ${head} || ${middle} || ${tail} END`
}

function shiftedDate(
  mask: Extract<Mask, { method: 'date_shift' }>,
  column: Column,
  columns: readonly Column[],
): MaskedValue | MaskProblem {
  if (!isDate(column)) return unfit(column, 'a date or a timestamp')
  const entity = findColumn(columns, mask.entity)
  if (entity === undefined) return { field: 'entity', reason: `there is no column ${mask.entity}` }
  const days = sql`CAST(${called(mask, sql`COALESCE(${textOf(id(entity.name))}, '')`)} AS INTEGER)`
  return {
    value: sql`CAST(${id(column.name)} + to_days(${days}) AS ${trusted(column.type)})`,
    references: [entity.name],
  }
}

function bandText(bounds: readonly number[], value: Sql): Sql {
  const sorted = [...new Set(bounds)].toSorted((a, b) => a - b)
  const cases = sorted.map((bound, i) => {
    const before = sorted[i - 1]
    const label = before === undefined ? `< ${bound}` : `${before} – < ${bound}`
    return sql` WHEN ${value} < ${literal(bound)} THEN ${literal(label)}`
  })
  const last = sorted.at(-1) ?? 0
  return sql`CASE WHEN ${value} IS NULL THEN NULL${join(cases, '')} ELSE ${literal(`≥ ${last}`)} END`
}

function textOf(value: Sql): Sql {
  return sql`CAST(${value} AS VARCHAR)`
}

function unfit({ name, type }: Column, wanted: string): MaskProblem {
  return { field: 'method', reason: `${name} is ${type}; this needs ${wanted}` }
}

function isDate({ type }: Column): boolean {
  return /^(DATE|TIMESTAMP)/.test(type) && !type.endsWith(']')
}

function isNumber({ type }: Column): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type)
}
