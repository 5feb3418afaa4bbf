import type { LineBuilder } from '../../shared/changes/row-line.ts'

const MINUS = 0x2d
const ZERO = 0x30
const POINT = 0x2e
const DIGITS_PER_WORD = 9
/** Bytes that hold 0 to 9 digits (MySQL source, "decimal2bin"). */
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]
const TWO_32 = 0x1_0000_0000

/** A BIGINT; most of them are small enough for a number. */
export function writeLong(bytes: Buffer, at: number, isUnsigned: boolean, line: LineBuilder): void {
  const low = bytes.readUInt32LE(at)
  const high = isUnsigned ? bytes.readUInt32LE(at + 4) : bytes.readInt32LE(at + 4)
  if (high >= -0x20_0000 && high < 0x20_0000) return line.integer(high * TWO_32 + low)
  line.ascii((isUnsigned ? bytes.readBigUInt64LE(at) : bytes.readBigInt64LE(at)).toString())
}

/** The shortest text of the value itself. */
export function writeDouble(value: number, line: LineBuilder): void {
  line.ascii(Object.is(value, -0) ? '-0' : String(value))
}

export function decimalBytes(precision: number, scale: number): number {
  return wordBytes(precision - scale) + wordBytes(scale)
}

function wordBytes(digits: number): number {
  return Math.floor(digits / DIGITS_PER_WORD) * 4 + (DIGIT_BYTES[digits % DIGITS_PER_WORD] ?? 0)
}

/** A packed DECIMAL: words of nine digits, the odd ones at both ends; the first bit is the sign, negative ones are complements. */
export function writeDecimal(
  bytes: Buffer,
  at: number,
  { precision, scale }: { readonly precision: number; readonly scale: number },
  line: LineBuilder,
): void {
  const whole = precision - scale
  const isNegative = ((bytes[at] ?? 0) & 0x80) === 0
  const mask = isNegative ? 0xff : 0
  let next = at
  const word = (digits: number): number => {
    const size = DIGIT_BYTES[digits] ?? 0
    let value = 0
    for (let i = 0; i < size; i++, next++) {
      const byte = ((bytes[next] ?? 0) ^ mask) & 0xff
      value = value * 256 + (next === at ? byte ^ 0x80 : byte)
    }
    return value
  }
  if (isNegative) line.letter(MINUS)
  let isBegun = false
  const wholeWord = (digits: number): void => {
    if (digits === 0) return
    const value = word(digits)
    if (isBegun) line.integer(value, digits)
    else if (value !== 0) {
      line.integer(value)
      isBegun = true
    }
  }
  wholeWord(whole % DIGITS_PER_WORD)
  for (let left = Math.floor(whole / DIGITS_PER_WORD); left > 0; left--) wholeWord(DIGITS_PER_WORD)
  if (!isBegun) line.letter(ZERO)
  if (scale === 0) return
  line.letter(POINT)
  for (let left = Math.floor(scale / DIGITS_PER_WORD); left > 0; left--)
    line.integer(word(DIGITS_PER_WORD), DIGITS_PER_WORD)
  const odd = scale % DIGITS_PER_WORD
  if (odd > 0) line.integer(word(odd), odd)
}
