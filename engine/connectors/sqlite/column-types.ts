import type { Fidelity } from '../../contract/column.ts'
import type { StorageSeen } from './storage.ts'

/**
 * How values of a column are carried: `mixed` is numbers and text alike as text; `parsed` is text that DuckDB reads as the
 * type. A stored value that the way does not carry makes its row a reject.
 */
export type Carriage = 'integer' | 'real' | 'boolean' | 'text' | 'mixed' | 'blob' | 'parsed'

export interface CarriedType {
  readonly type: string
  readonly carriage: Carriage
  readonly fidelity: Fidelity
}

const EXACT: Fidelity = { kind: 'exact' }

/** The declared type where the first rows agree with it, else what they hold. Rows further down that differ are rejected. */
export function carriedType(declared: string, seen: StorageSeen): CarriedType {
  const wished = wishedType(declared.trim().toUpperCase())
  if (wished !== undefined && agrees(wished, seen)) return wished
  const found = foundType(seen)
  if (wished === undefined || wished.type === found.type) return found
  const reason = `declared ${declared}, but its first rows hold ${storageNames(seen)}`
  return { ...found, fidelity: { kind: 'widening', reason } }
}

function wishedType(declared: string): CarriedType | undefined {
  const decimal = /^(?:DECIMAL|NUMERIC|DECIMAL_TEXT)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/.exec(declared)
  if (decimal !== null) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2] ?? 0)]
    return precision <= 38 && scale <= precision ? parsed(`DECIMAL(${precision},${scale})`) : undefined
  }
  if (/^BOOL(EAN)?$/.test(declared)) return { type: 'BOOLEAN', carriage: 'boolean', fidelity: EXACT }
  if (declared === 'DATE' || declared === 'TIME' || declared === 'UUID') return parsed(declared)
  if (/^(TIMESTAMPTZ|TIMESTAMP WITH TIME ZONE)$/.test(declared)) return parsed('TIMESTAMP WITH TIME ZONE')
  if (declared === 'TIMESTAMP_NS') return parsed('TIMESTAMP_NS')
  if (/^(DATETIME|TIMESTAMP)\b/.test(declared)) return parsed('TIMESTAMP')
  // From here on the rules of SQLite's own type affinity, in its order.
  if (declared.includes('INT')) return { type: 'BIGINT', carriage: 'integer', fidelity: EXACT }
  if (/CHAR|CLOB|TEXT/.test(declared)) return { type: 'VARCHAR', carriage: 'text', fidelity: EXACT }
  if (declared.includes('BLOB')) return { type: 'BLOB', carriage: 'blob', fidelity: EXACT }
  if (/REAL|FLOA|DOUB/.test(declared)) return { type: 'DOUBLE', carriage: 'real', fidelity: EXACT }
  return undefined
}

function parsed(type: string): CarriedType {
  return { type, carriage: 'parsed', fidelity: EXACT }
}

function agrees({ type, carriage }: CarriedType, seen: StorageSeen): boolean {
  const isNumber = seen.integer || seen.real
  switch (carriage) {
    case 'integer':
    case 'boolean':
      return !seen.real && !seen.text && !seen.blob
    case 'real':
      return !seen.text && !seen.blob
    case 'text':
      return !isNumber && !seen.blob
    case 'blob':
      return !isNumber && !seen.text
    case 'mixed':
      return true
    case 'parsed':
      if (type.startsWith('DECIMAL')) return !seen.blob
      if (isNumber || seen.blob) return false
      if (!seen.text || type === 'UUID') return true
      return type === 'TIME' ? seen.times : seen.dates
  }
}

function foundType(seen: StorageSeen): CarriedType {
  const reason = `it holds ${storageNames(seen)}; carried as text`
  const isNumber = seen.integer || seen.real
  if (seen.blob && !isNumber && !seen.text) return { type: 'BLOB', carriage: 'blob', fidelity: EXACT }
  if (seen.text && !isNumber && !seen.blob) return { type: 'VARCHAR', carriage: 'text', fidelity: EXACT }
  if (isNumber && !seen.text && !seen.blob) {
    return seen.real
      ? { type: 'DOUBLE', carriage: 'real', fidelity: EXACT }
      : { type: 'BIGINT', carriage: 'integer', fidelity: EXACT }
  }
  return { type: 'VARCHAR', carriage: 'mixed', fidelity: { kind: 'widening', reason } }
}

function storageNames(seen: StorageSeen): string {
  const names = (['integer', 'real', 'text', 'blob'] as const).filter((name) => seen[name])
  return names.length === 0 ? 'nothing but NULL' : names.join(' and ')
}
