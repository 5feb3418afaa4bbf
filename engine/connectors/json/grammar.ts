/** Where the scanner stands between two bytes. The order of number states has no meaning. */
export const STATE = {
  value: 0,
  firstItem: 1,
  firstKey: 2,
  key: 3,
  colon: 4,
  after: 5,
  done: 6,
  byteOrderMark: 7,
  string: 8,
  escape: 9,
  hex: 10,
  literal: 11,
  minus: 12,
  zero: 13,
  integer: 14,
  point: 15,
  fraction: 16,
  exponent: 17,
  exponentSign: 18,
  exponentDigits: 19,
} as const

export const BYTE = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  colon: 0x3a,
  openArray: 0x5b,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
  minus: 0x2d,
  newline: 0x0a,
} as const

const ZERO = 0x30
const NINE = 0x39

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

export function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66)
}

/** The one-letter escapes of RFC 8259 section 7, without `u`. */
export function isEscape(byte: number): boolean {
  return '"\\/bfnrt'.includes(String.fromCharCode(byte))
}

/** The state after `byte` inside a number, or -1 when the number ends before it. */
export function numberState(state: number, byte: number): number {
  switch (state) {
    case STATE.minus:
      return byte === ZERO ? STATE.zero : isDigit(byte) ? STATE.integer : -1
    case STATE.zero:
      return afterInteger(byte)
    case STATE.integer:
      return isDigit(byte) ? STATE.integer : afterInteger(byte)
    case STATE.point:
      return isDigit(byte) ? STATE.fraction : -1
    case STATE.fraction:
      return isDigit(byte) ? STATE.fraction : (byte | 0x20) === 0x65 ? STATE.exponent : -1
    case STATE.exponent:
      return isDigit(byte) ? STATE.exponentDigits : byte === 0x2b || byte === 0x2d ? STATE.exponentSign : -1
    default:
      return isDigit(byte) ? STATE.exponentDigits : -1
  }
}

/** Whether a number may end in this state. */
export function isCompleteNumber(state: number): boolean {
  return state === STATE.zero || state === STATE.integer || state === STATE.fraction || state === STATE.exponentDigits
}

/** What may follow a lead byte of UTF-8: how many bytes, and the range of the first of them. Undefined for no lead byte. */
export function utf8Lead(
  byte: number,
): { readonly more: number; readonly low: number; readonly high: number } | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return { more: 1, low: 0x80, high: 0xbf }
  if (byte >= 0xe0 && byte <= 0xef) {
    // E0 would be overlong below A0, ED would be a surrogate from A0 on.
    return { more: 2, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf }
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    return { more: 3, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf }
  }
  return undefined
}

function afterInteger(byte: number): number {
  return byte === 0x2e ? STATE.point : (byte | 0x20) === 0x65 ? STATE.exponent : -1
}
