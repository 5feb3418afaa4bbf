/**
 * Checks on the bytes of a cell: true only when DuckDB reads exactly the value that is written. DuckDB itself would round
 * `1.7` to 2 for an integer, cut `1.239` for DECIMAL(9,2) and turn `1e400` into infinity without a word (QUALITY 1.5).
 */
export type CellCheck = (bytes: Uint8Array, start: number, end: number) => boolean

const ZERO = 0x30
const NINE = 0x39
const MINUS = 0x2d
const PLUS = 0x2b
const POINT = 0x2e

/** A whole number between `-limitBelow` and `limitAbove`, both given by their digits. */
export function integerCheck(limitAbove: string, limitBelow: string): CellCheck {
  const above = Buffer.from(limitAbove)
  const below = Buffer.from(limitBelow)
  return (bytes, start, end) => {
    const sign = bytes[start]
    let at = sign === MINUS || sign === PLUS ? start + 1 : start
    if (at >= end || !isDigits(bytes, at, end)) return false
    while (at < end - 1 && bytes[at] === ZERO) at++
    return isWithin(bytes, at, end, sign === MINUS ? below : above)
  }
}

/** A plain decimal number whose value has at most `precision - scale` whole and `scale` fractional digits. */
export function decimalCheck(precision: number, scale: number): CellCheck {
  return (bytes, start, end) => {
    const sign = bytes[start]
    let at = sign === MINUS || sign === PLUS ? start + 1 : start
    let point = at
    while (point < end && isDigit(bytes[point])) point++
    if (point < end && bytes[point] !== POINT) return false
    if (!isDigits(bytes, point + 1, end)) return false
    if (point - at + Math.max(0, end - point - 1) === 0) return false
    while (at < point && bytes[at] === ZERO) at++
    let last = end
    while (last > point + 1 && bytes[last - 1] === ZERO) last--
    return point - at <= precision - scale && Math.max(0, last - point - 1) <= scale
  }
}

/** A number that a double can hold, to its precision; also NaN and the infinities by name. */
export const doubleCheck: CellCheck = (bytes, start, end) => {
  let at = bytes[start] === MINUS || bytes[start] === PLUS ? start + 1 : start
  const first = at
  while (at < end && isDigit(bytes[at])) at++
  let digits = at - first
  if (bytes[at] === POINT && at < end) {
    const point = ++at
    while (at < end && isDigit(bytes[at])) at++
    digits += at - point
  }
  if (digits === 0) return isNamedDouble(bytes, start, end)
  if (at === end) return digits < 300 || isInRange(bytes, start, end)
  if (bytes[at] !== 0x65 && bytes[at] !== 0x45) return false
  at++
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++
  return at < end && isDigits(bytes, at, end) && isInRange(bytes, start, end)
}

function isNamedDouble(bytes: Uint8Array, start: number, end: number): boolean {
  return /^[+-]?(nan|inf|infinity)$/i.test(asciiText(bytes, start, end))
}

/** Neither over- nor underflows. */
function isInRange(bytes: Uint8Array, start: number, end: number): boolean {
  const text = asciiText(bytes, start, end)
  const value = Number(text)
  return Number.isFinite(value) && (value !== 0 || !/[1-9]/.test(text.replace(/e.*$/i, '')))
}

function isWithin(bytes: Uint8Array, start: number, end: number, limit: Buffer): boolean {
  const length = end - start
  if (length !== limit.length) return length < limit.length
  for (let i = 0; i < length; i++) {
    const difference = (bytes[start + i] ?? 0) - (limit[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}

export function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(bytes[at])) return false
  return true
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}

export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}
