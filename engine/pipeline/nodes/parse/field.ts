import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { CompileInput } from '../../node-kind.ts'
import type { ParseConfig, ParseField } from './config.ts'

export interface CompiledField {
  readonly column: string
  readonly to: string
  readonly type: string
  readonly parsed: Sql
  /** True for a text that does not fit; never NULL. */
  readonly broken: Sql
}

/** The value of one field, and when it is refused. Digits that the type cannot hold are refused, not rounded. */
export function compileField(compile: CompileInput<ParseConfig>, field: ParseField, path: string): CompiledField {
  const { name } = compile.column(`${path}.column`, field.column)
  const type = compile.type(`${path}.type`, field.type)
  const text = sql`trim(CAST(${id(name)} AS VARCHAR))`
  const parsed = parsedValue(field, type, text)
  const blank = sql`COALESCE(${text} = '', false)`
  const bad = sql`(${text} <> '' AND (${parsed}) IS NULL)`
  return {
    column: name,
    to: field.to ?? name,
    type: field.type,
    parsed: sql`CASE WHEN ${text} <> '' THEN ${parsed} END`,
    broken: field.blank === 'reject' ? sql`(COALESCE(${bad}, false) OR ${blank})` : sql`COALESCE(${bad}, false)`,
  }
}

function parsedValue(field: ParseField, type: Sql, text: Sql): Sql {
  const name = field.type.trim().toUpperCase()
  if (/^(JSON|STRUCT|MAP|UNION)\b|[[\]]/.test(name)) return sql`TRY(CAST(TRY_CAST(${text} AS JSON) AS ${type}))`
  if (/^(DATE|TIME|DATETIME)/.test(name)) return parsedTime(field, type, text)
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|INT\d+|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)\b/.test(name)) {
    return parsedNumber(field, { name, type, text })
  }
  return sql`TRY_CAST(${text} AS ${type})`
}

function parsedTime({ formats }: ParseField, type: Sql, text: Sql): Sql {
  if (formats === undefined || formats.length === 0) return sql`TRY_CAST(${text} AS ${type})`
  return sql`TRY_CAST(try_strptime(${text}, [${join(formats.map(literal))}]) AS ${type})`
}

/** Checked by pattern first: DuckDB rounds what has too many decimals and ignores misplaced separators. */
function parsedNumber(
  { decimal, thousands }: ParseField,
  { name, type, text }: { readonly name: string; readonly type: Sql; readonly text: Sql },
): Sql {
  const scale = /^(?:DECIMAL|NUMERIC)\s*(?:\(\s*\d+\s*(?:,\s*(\d+)\s*)?\))?/.exec(name)
  const isFloat = /^(DOUBLE|FLOAT|REAL)/.test(name)
  // DECIMAL alone is DECIMAL(18,3).
  const digits = scale === null ? 0 : Number(scale[1] ?? (name.includes('(') ? 0 : 3))
  const fraction = isFloat ? `(${escaped(decimal)}\\d*)?([eE][+-]?\\d+)?` : `(${escaped(decimal)}\\d{0,${digits}}0*)?`
  const whole = thousands === '' ? '\\d+' : `(\\d{1,3}(${escaped(thousands)}\\d{3})+|\\d+)`
  const pattern = `[+-]?${whole}${fraction}`
  const joined = thousands === '' ? text : sql`replace(${text}, ${literal(thousands)}, '')`
  const plain = decimal === '.' ? joined : sql`replace(${joined}, ',', '.')`
  return sql`CASE WHEN regexp_full_match(${text}, ${literal(pattern)}) THEN TRY_CAST(${plain} AS ${type}) END`
}

function escaped(separator: string): string {
  return separator === '.' ? '\\.' : separator
}
