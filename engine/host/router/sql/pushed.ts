import type { Column } from '../../../contract/column.ts'
import type { Filter } from '../../../contract/cursor.ts'
import type { Condition, Constant, Wish } from './wish.ts'

/** What a server is asked for on behalf of a statement. */
export interface Pushed {
  /** Of the table, in its order; undefined for all. */
  readonly columns: readonly string[] | undefined
  readonly filter: readonly Filter[]
}

/** Types whose values compare alike in every system. FLOAT is not among them: a real 0.1 is no 0.1 elsewhere. */
const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|DECIMAL.*|DOUBLE)$/
/** Of a system's texts; types that only travel as text may refuse to be compared with one. */
const TEXT = /^(?:text|character|char|varchar|bpchar|name|citext|tinytext|mediumtext|longtext)\b/i
const DATE = /^\d{4}-\d\d-\d\d$/
const TIMESTAMP = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?)?$/

/**
 * What of a wish a server can be asked for without changing the result: never fewer rows than the statement uses, since DuckDB
 * applies all of its conditions again to what comes.
 */
export function pushedDown({ columns: names, conditions }: Wish, columns: readonly Column[]): Pushed {
  const shown = columns.filter(({ hidden }) => hidden !== true)
  const byName = new Map(shown.map((column) => [column.name.toLowerCase(), column]))
  const isAmbiguous = byName.size < shown.length
  if (isAmbiguous) return { columns: undefined, filter: [] }
  const needed = shown.filter(({ name }) => names?.has(name.toLowerCase()) === true).map(({ name }) => name)
  // `count(*)` names none; the rows still have to come.
  const some = needed.length > 0 ? needed : shown.slice(0, 1).map(({ name }) => name)
  return {
    columns: names === undefined || some.length === shown.length ? undefined : some,
    filter: conditions.flatMap((one) => filterOf(one, byName.get(one.column)) ?? []),
  }
}

function filterOf({ operator, values }: Condition, column: Column | undefined): Filter | undefined {
  if (column === undefined) return undefined
  const { name } = column
  if (operator === 'is_null' || operator === 'is_not_null') return { column: name, operator }
  const isEquality = operator === 'equal' || operator === 'in'
  if (values.length === 0 || !values.every((value) => compares(column, value, isEquality))) return undefined
  const texts = values.map(({ text }) => text)
  return { column: name, operator, value: operator === 'in' ? texts : (texts[0] ?? '') }
}

function compares({ type, sourceType = '' }: Column, { kind, text }: Constant, isEquality: boolean): boolean {
  if (NUMBER.test(type)) return kind === 'number' && sourceType !== 'money'
  if (type === 'DATE') return kind !== 'number' && DATE.test(text)
  if (type === 'TIMESTAMP') return kind !== 'number' && TIMESTAMP.test(text)
  // Texts are ordered otherwise by every collation; what is equal to us is equal to all of them.
  return type === 'VARCHAR' && isEquality && kind === 'text' && TEXT.test(sourceType)
}
