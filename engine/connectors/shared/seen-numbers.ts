import { keepsDigits, parseDecimal } from './decimal-text.ts'

/** What the numbers of a column have in common. */
export interface SeenNumbers {
  count: number
  areBigint: boolean
  areIntegers: boolean
  areDouble: boolean
  wholeDigits: number
  scale: number
}

export function noNumbersSeen(): SeenNumbers {
  return { count: 0, areBigint: true, areIntegers: true, areDouble: true, wholeDigits: 0, scale: 0 }
}

/** Takes a number as its text, JSON's form. */
export function seeNumber(seen: SeenNumbers, text: string): void {
  seen.count++
  const isInteger = /^-?\d+$/.test(text) && text !== '-0'
  if (isInteger && text.length < 16) {
    seen.wholeDigits = Math.max(seen.wholeDigits, text.length)
    return
  }
  const value = isInteger && text.length < 50 ? BigInt(text) : undefined
  if (value === undefined || BigInt.asIntN(64, value) !== value) seen.areBigint = false
  if (!isInteger) seen.areIntegers = false
  if (!keepsDigits(text)) seen.areDouble = false
  const decimal = parseDecimal(text)
  seen.wholeDigits = Math.max(seen.wholeDigits, decimal === undefined ? 1_000 : decimal.digits.length - decimal.scale)
  seen.scale = Math.max(seen.scale, decimal?.scale ?? 0)
}

/** The narrowest type that keeps every digit: BIGINT, DECIMAL(38,0), DOUBLE, DECIMAL(38,s), else VARCHAR. */
export function numberType(numbers: SeenNumbers): string {
  if (numbers.areBigint) return 'BIGINT'
  const fitsDecimal = numbers.wholeDigits + numbers.scale <= 38
  // Not HUGEINT: DuckDB writes it to Parquet as DOUBLE.
  if (numbers.areIntegers) return fitsDecimal ? 'DECIMAL(38,0)' : 'VARCHAR'
  if (numbers.areDouble) return 'DOUBLE'
  return fitsDecimal ? `DECIMAL(38,${numbers.scale})` : 'VARCHAR'
}
