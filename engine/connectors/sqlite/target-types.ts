import type { Column, Fidelity } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'

type Affinity = 'integer' | 'real' | 'numeric' | 'text' | 'blob'

/** What a DuckDB type needs of a SQLite column. */
interface TargetNeed {
  /** Declared type of a new column; says on reading what the column is. */
  readonly declared: string
  readonly fidelity: Fidelity
  /** Affinities that keep every value as it is. */
  readonly keptBy: readonly Affinity[]
}

const EXACT: Fidelity = { kind: 'exact' }
const ANY: readonly Affinity[] = ['integer', 'real', 'numeric', 'text', 'blob']
const NUMBERS: readonly Affinity[] = ['integer', 'numeric', 'blob', 'text']
const TEXTS: readonly Affinity[] = ['text', 'blob']
/** Doubles that hold a decimal of so many digits give it back exactly. */
const DECIMAL_DIGITS = 15

/** @throws Failure `type.unsupported` for a type SQLite has no place for. */
export function newSqliteType(column: Column): { type: string; fidelity: Fidelity } {
  const { declared, fidelity } = needOf(column)
  return { type: declared, fidelity }
}

/** @throws Failure `type.unsupported` when the affinity of the column would change values. */
export function fitSqliteColumn(column: Column, declared: string): { fidelity: Fidelity } {
  const need = needOf(column)
  const affinity = affinityOf(declared)
  if (need.keptBy.includes(affinity)) return { fidelity: need.fidelity }
  const reason = `a column declared ${declared === '' ? 'without a type' : declared} would change values`
  throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
}

/** How a value leaves DuckDB, and how the placeholder takes it in. */
export function binding({ name, type }: Column, declared: string): { readonly value: Sql; readonly place: Sql } {
  const column = id(name)
  if (type === 'BLOB') return { value: sql`hex(${column})`, place: sql`unhex(?)` }
  if (type === 'FLOAT' || type === 'DOUBLE') {
    return affinityOf(declared) === 'text'
      ? { value: sql`${column}::VARCHAR`, place: sql`?` }
      : { value: sql`${column}::DOUBLE`, place: sql`?` }
  }
  if (type === 'BOOLEAN') return { value: sql`${column}::INTEGER::VARCHAR`, place: sql`CAST(? AS INTEGER)` }
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(type) && type !== 'UBIGINT') {
    const place = affinityOf(declared) === 'text' ? sql`?` : sql`CAST(? AS INTEGER)`
    return { value: sql`${column}::VARCHAR`, place }
  }
  return { value: isNested(type) ? sql`to_json(${column})::VARCHAR` : sql`${column}::VARCHAR`, place: sql`?` }
}

function needOf({ name, type }: Column): TargetNeed {
  if (type.startsWith('UNION')) {
    throw new Failure('type.unsupported', { column: name, type, reason: 'SQLite has no union' })
  }
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  if (decimal !== null) {
    const isShort = Number(decimal[1]) <= DECIMAL_DIGITS
    // A longer one would become a double; the name gives the column the affinity of text.
    const size = `(${decimal[1]},${decimal[2]})`
    return isShort
      ? { declared: `DECIMAL${size}`, fidelity: EXACT, keptBy: ['numeric', 'real', 'text', 'blob'] }
      : { declared: `DECIMAL_TEXT${size}`, fidelity: EXACT, keptBy: TEXTS }
  }
  const own = NEEDS[type]
  if (own !== undefined) return own
  return { declared: 'TEXT', fidelity: { kind: 'widening', reason: `${type} is kept as text` }, keptBy: TEXTS }
}

const integer: TargetNeed = { declared: 'INTEGER', fidelity: EXACT, keptBy: NUMBERS }
const narrow: TargetNeed = { ...integer, fidelity: { kind: 'widening', reason: 'read back as BIGINT' } }
const dated = (declared: string): TargetNeed => ({ declared, fidelity: EXACT, keptBy: ['numeric', 'text', 'blob'] })

const NEEDS: Readonly<Record<string, TargetNeed>> = {
  BIGINT: integer,
  INTEGER: narrow,
  SMALLINT: narrow,
  TINYINT: narrow,
  UINTEGER: narrow,
  USMALLINT: narrow,
  UTINYINT: narrow,
  UBIGINT: {
    declared: 'DECIMAL_TEXT(20,0)',
    fidelity: { kind: 'widening', reason: 'read back as DECIMAL(20,0)' },
    keptBy: TEXTS,
  },
  BOOLEAN: { declared: 'BOOLEAN', fidelity: EXACT, keptBy: ['integer', 'numeric', 'blob'] },
  DOUBLE: { declared: 'REAL', fidelity: EXACT, keptBy: ANY },
  FLOAT: { declared: 'REAL', fidelity: { kind: 'widening', reason: 'read back as DOUBLE' }, keptBy: ANY },
  VARCHAR: { declared: 'TEXT', fidelity: EXACT, keptBy: TEXTS },
  BLOB: { declared: 'BLOB', fidelity: EXACT, keptBy: ANY },
  DATE: dated('DATE'),
  TIME: dated('TIME'),
  TIMESTAMP: dated('TIMESTAMP'),
  TIMESTAMP_NS: dated('TIMESTAMP_NS'),
  'TIMESTAMP WITH TIME ZONE': dated('TIMESTAMPTZ'),
  UUID: dated('UUID'),
}

/** SQLite's rules, in their order (Determination Of Column Affinity). */
function affinityOf(declared: string): Affinity {
  const name = declared.toUpperCase()
  if (name.includes('INT')) return 'integer'
  if (/CHAR|CLOB|TEXT/.test(name)) return 'text'
  if (name === '' || name.includes('BLOB')) return 'blob'
  return /REAL|FLOA|DOUB/.test(name) ? 'real' : 'numeric'
}

function isNested(type: string): boolean {
  return type.endsWith(']') || type.startsWith('STRUCT') || type.startsWith('MAP')
}
