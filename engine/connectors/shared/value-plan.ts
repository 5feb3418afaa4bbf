import type { Column, Fidelity } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'
import { isLeafType } from './leaf-text.ts'
import { leavesOf, type NestedType, parseNestedType } from './nested-type.ts'

/** How a column leaves DuckDB for a file that has text, numbers and booleans only. */
export interface ValuePlan {
  readonly column: Column
  /** The type of `value`, and of the column when it is read back. */
  readonly type: NestedType
  /** What to select. */
  readonly value: Sql
  readonly fidelity: Fidelity
}

const EXACT = { kind: 'exact' } as const
const TEXT: NestedType = { kind: 'leaf', name: 'VARCHAR' }

/**
 * Plans a column. Types that have no exact form of their own (INTERVAL, BIT, ENUM …) go as DuckDB's text; a BLOB as base64.
 * @throws Failure `type.unsupported` when such a type is nested.
 */
export function planValue(column: Column): ValuePlan {
  const type = parseNestedType(column.type)
  const name = id(column.name)
  if (type !== undefined && type.kind === 'leaf' && isLeafType(type.name)) {
    const value = type.name === 'BLOB' ? sql`to_base64(${name})` : type.name === 'JSON' ? sql`${name}::VARCHAR` : name
    return { column, type, value, fidelity: leafFidelity(type.name) }
  }
  if (type !== undefined && type.kind !== 'leaf') {
    const odd = [...leavesOf(type)].filter((leaf) => !isLeafType(leaf) || leaf === 'BLOB')
    if (odd.length === 0) return { column, type, value: name, fidelity: EXACT }
  } else if (!/^(?:MAP|UNION)\b/.test(column.type)) {
    const fidelity = { kind: 'widening', reason: `${column.type} is written as text` } as const
    return { column, type: TEXT, value: sql`${name}::VARCHAR`, fidelity }
  }
  const reason = 'it holds values that the file format has no exact form for'
  throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
}

function leafFidelity(type: string): Fidelity {
  if (/^(?:DATE|TIME|UUID)/.test(type)) return { kind: 'widening', reason: `${type} is written as text` }
  return type === 'BLOB' ? { kind: 'widening', reason: 'BLOB is written as base64 text' } : EXACT
}
