import type { Column } from '../../contract/column.ts'
import type { Arrangement, Filter } from '../../contract/cursor.ts'
import { Failure } from '../../contract/failure.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'

/** What systems write differently in a condition or an order. */
export interface ArrangingDialect {
  /** A value of any type as text. */
  text(column: Sql): Sql
  /** Where a part begins in a text, from 1; 0 when it is not in it. */
  place(text: Sql, part: Sql): Sql
  matches(text: Sql, pattern: Sql): Sql
  /** Not equal, where NULL differs from every value. */
  differs(column: Sql, value: Sql): Sql
  /** Terms of ORDER BY with NULLs last. */
  nullsLast(column: Sql, direction: 'ascending' | 'descending'): Sql
}

type Condition = Extract<Filter, { column: string }>

/**
 * What follows a FROM item with the alias `t`: the rows that an arrangement wants, in its order. Means the same as the engine's own
 * conditions (router/cursors/condition.ts), but text is ordered as the server does.
 * @throws Failure `cursor.column_unknown`
 */
export function arrangedRows(
  { sort = [], filter = [] }: Arrangement,
  columns: readonly Column[],
  dialect: ArrangingDialect,
): Sql {
  const conditions = filter.map((part) => {
    // A condition in SQL is DuckDB's; whoever asks keeps it back.
    if ('sql' in part) throw new TypeError('a condition in SQL cannot be handed on')
    return conditionOf(part, columnNamed(columns, part.column), dialect)
  })
  const order = sort.map(({ column, direction }) =>
    dialect.nullsLast(id('t', columnNamed(columns, column).name), direction),
  )
  const where = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
  return order.length === 0 ? where : sql`${where} ORDER BY ${join(order)}`
}

function columnNamed(columns: readonly Column[], name: string): Column {
  const found = columns.find((column) => column.name === name)
  if (found === undefined) throw new Failure('cursor.column_unknown', { column: name })
  return found
}

function conditionOf({ operator, value }: Condition, column: Column, dialect: ArrangingDialect): Sql {
  const name = id('t', column.name)
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value]
  const [first = ''] = values
  const typed = (one: string | number | boolean): Sql | undefined => typedValue(one, column.type)
  const compared = (sign: string): Sql => {
    const right = typed(first)
    return right === undefined ? sql`1 = 0` : sql`${name} ${trusted(sign)} ${right}`
  }
  const text = sql`lower(${dialect.text(name)})`
  const part = sql`lower(${literal(String(first))})`
  const place = dialect.place(text, part)
  switch (operator) {
    case 'equal':
      return compared('=')
    case 'not_equal': {
      const right = typed(first)
      return right === undefined ? sql`1 = 1` : dialect.differs(name, right)
    }
    case 'less':
      return compared('<')
    case 'at_most':
      return compared('<=')
    case 'greater':
      return compared('>')
    case 'at_least':
      return compared('>=')
    case 'contains':
      return sql`${place} > 0`
    case 'not_contains':
      return sql`(${name} IS NULL OR ${place} = 0)`
    case 'starts_with':
      return sql`left(${text}, char_length(${part})) = ${part}`
    case 'ends_with':
      return sql`right(${text}, char_length(${part})) = ${part}`
    case 'matches':
      return dialect.matches(dialect.text(name), literal(String(first)))
    case 'in': {
      const list = values.map(typed).filter((one) => one !== undefined)
      return list.length === 0 ? sql`1 = 0` : sql`${name} IN (${join(list)})`
    }
    case 'is_null':
      return sql`${name} IS NULL`
    case 'is_not_null':
      return sql`${name} IS NOT NULL`
    case 'is_empty':
      return sql`${dialect.text(name)} = ''`
    case 'is_not_empty':
      return sql`${dialect.text(name)} <> ''`
  }
}

/**
 * A value as the column's type has it; undefined for one that it cannot be. Numbers stand without quotes: MySQL compares a quoted one
 * as a double.
 */
function typedValue(value: string | number | boolean, type: string): Sql | undefined {
  const text = String(value)
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|DECIMAL.*|DOUBLE|FLOAT)$/.test(type)) {
    return /^\s*-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?\s*$/i.test(text) ? trusted(text.trim()) : undefined
  }
  if (type === 'BOOLEAN') {
    return /^(?:true|t|1)$/i.test(text) ? sql`true` : /^(?:false|f|0)$/i.test(text) ? sql`false` : undefined
  }
  return literal(text)
}
