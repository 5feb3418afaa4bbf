import type { Fidelity } from '../../contract/column.ts'

/** How values of one DuckDB type go into a column of another. */
export type TypeFit = { readonly fidelity: Fidelity } | { readonly wider: string } | 'unfit'

/** Digits before the point that hold every value of an integer type, and its bits without the sign. */
const INTEGERS: Readonly<Record<string, { readonly bits: number; readonly signed: boolean; readonly digits: number }>> =
  {
    TINYINT: { bits: 7, signed: true, digits: 3 },
    SMALLINT: { bits: 15, signed: true, digits: 5 },
    INTEGER: { bits: 31, signed: true, digits: 10 },
    BIGINT: { bits: 63, signed: true, digits: 19 },
    HUGEINT: { bits: 127, signed: true, digits: 39 },
    UTINYINT: { bits: 8, signed: false, digits: 3 },
    USMALLINT: { bits: 16, signed: false, digits: 5 },
    UINTEGER: { bits: 32, signed: false, digits: 10 },
    UBIGINT: { bits: 64, signed: false, digits: 20 },
    UHUGEINT: { bits: 128, signed: false, digits: 39 },
  }

/** Pairs that widen without being integers or decimals. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  FLOAT: ['DOUBLE'],
  DATE: ['TIMESTAMP'],
  TIMESTAMP_S: ['TIMESTAMP_MS', 'TIMESTAMP', 'TIMESTAMP_NS'],
  TIMESTAMP_MS: ['TIMESTAMP'],
}

/** `wider` is the type that holds both, for a target that may be altered. Everything scalar goes into VARCHAR as text. */
export function typeFit(from: string, to: string): TypeFit {
  if (from === to) return { fidelity: { kind: 'exact' } }
  if (to === 'VARCHAR') return widening(`${from} is kept as text`)
  const decimals = decimalFit(from, to)
  if (decimals !== undefined) return decimals
  if (WIDER[from]?.includes(to) === true) return widening(`${to} holds every ${from}`)
  if (WIDER[to]?.includes(from) === true) return { wider: from }
  const integer = INTEGERS[from]
  if (integer !== undefined && to === 'DOUBLE' && integer.bits <= 53) return widening(`DOUBLE holds every ${from}`)
  return from === '"NULL"' ? { fidelity: { kind: 'exact' } } : 'unfit'
}

function decimalFit(from: string, to: string): TypeFit | undefined {
  const [a, b] = [INTEGERS[from], INTEGERS[to]]
  if (a !== undefined && b !== undefined) {
    const holds = a.signed === b.signed ? b.bits >= a.bits : b.signed && b.bits >= a.bits
    if (holds) return widening(`${to} holds every ${from}`)
    return { wider: a.signed === b.signed || (a.signed && a.bits >= b.bits) ? from : 'HUGEINT' }
  }
  const [left, right] = [decimalOf(from), decimalOf(to)]
  if (left === undefined || right === undefined) return undefined
  const [whole, scale] = [Math.max(left.whole, right.whole), Math.max(left.scale, right.scale)]
  if (whole === right.whole && scale === right.scale && b === undefined) return widening(`${to} holds every ${from}`)
  return whole + scale <= 38 ? { wider: `DECIMAL(${whole + scale},${scale})` } : 'unfit'
}

function decimalOf(type: string): { whole: number; scale: number } | undefined {
  const integer = INTEGERS[type]
  if (integer !== undefined) return { whole: integer.digits, scale: 0 }
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  return match === null ? undefined : { whole: Number(match[1]) - Number(match[2]), scale: Number(match[2]) }
}

function widening(reason: string): TypeFit {
  return { fidelity: { kind: 'widening', reason } }
}
