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

/** A DECIMAL as it is packed (MySQL source, "decimal2bin"): words of nine digits, the odd ones at both ends. */
export interface DecimalWords {
  readonly bytes: number
  /** Digits of each word before and behind the point. */
  readonly whole: readonly number[]
  readonly fraction: readonly number[]
}

export function decimalWords(precision: number, scale: number): DecimalWords {
  const whole = [...oddDigits(precision - scale), ...fullWords(precision - scale)]
  const fraction = [...fullWords(scale), ...oddDigits(scale)]
  const bytes = [...whole, ...fraction].reduce((sum, digits) => sum + (DIGIT_BYTES[digits] ?? 0), 0)
  return { bytes, whole, fraction }
}

function fullWords(digits: number): number[] {
  return Array.from({ length: Math.floor(digits / DIGITS_PER_WORD) }, () => DIGITS_PER_WORD)
}

function oddDigits(digits: number): number[] {
  return digits % DIGITS_PER_WORD === 0 ? [] : [digits % DIGITS_PER_WORD]
}

/** The first bit is the sign; a negative number is the complement of its digits. */
export function writeDecimal(bytes: Buffer, at: number, { whole, fraction }: DecimalWords, line: LineBuilder): void {
  const isNegative = ((bytes[at] ?? 0) & 0x80) === 0
  const mask = isNegative ? 0xff : 0
  if (isNegative) line.letter(MINUS)
  let next = at
  let isBegun = false
  for (let i = 0; i < whole.length; i++) {
    const digits = whole[i] ?? 0
    const value = wordAt(bytes, next, { size: DIGIT_BYTES[digits] ?? 0, mask, isFirst: next === at })
    next += DIGIT_BYTES[digits] ?? 0
    if (isBegun) line.integer(value, digits)
    else if (value !== 0) {
      line.integer(value)
      isBegun = true
    }
  }
  if (!isBegun) line.letter(ZERO)
  if (fraction.length > 0) line.letter(POINT)
  for (let i = 0; i < fraction.length; i++) {
    const digits = fraction[i] ?? 0
    line.integer(wordAt(bytes, next, { size: DIGIT_BYTES[digits] ?? 0, mask, isFirst: next === at }), digits)
    next += DIGIT_BYTES[digits] ?? 0
  }
}

interface Word {
  readonly size: number
  readonly mask: number
  readonly isFirst: boolean
}

function wordAt(bytes: Buffer, at: number, { size, mask, isFirst }: Word): number {
  let value = ((bytes[at] ?? 0) ^ mask) & 0xff
  if (isFirst) value ^= 0x80
  for (let i = 1; i < size; i++) value = value * 256 + (((bytes[at + i] ?? 0) ^ mask) & 0xff)
  return value
}
