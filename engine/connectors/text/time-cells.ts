import { asciiText, type CellCheck, isDigit, isDigits } from './number-cells.ts'

const DASH = 0x2d
const SLASH = 0x2f
const COLON = 0x3a
const DAYS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `2026-01-31`, `2026/1/31`; a day that exists, in the years 1 to 9999. */
export const dateCheck: CellCheck = (bytes, start, end) => dateEnd(bytes, start, end) === end

/** A date, or a date and a time without a zone and with at most microseconds. `24:00` and second 60 are not exact. */
export const timestampCheck: CellCheck = (bytes, start, end) => {
  const date = dateEnd(bytes, start, end)
  return date === end || (isTimeAfter(bytes, date, end) && timeEnd(bytes, date + 1, end) === end)
}

/** A date and a time with `Z` or an offset. */
export const zonedTimestampCheck: CellCheck = (bytes, start, end) => {
  const date = dateEnd(bytes, start, end)
  if (!isTimeAfter(bytes, date, end)) return false
  const time = timeEnd(bytes, date + 1, end)
  return time > 0 && time < end && /^(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$/.test(asciiText(bytes, time, end))
}

/** `23:59`, `23:59:59`, `23:59:59.123456`. */
export const timeCheck: CellCheck = (bytes, start, end) => timeEnd(bytes, start, end) === end

const BOOLEANS = new Set(['true', 'false', 't', 'f', '1', '0', 'yes', 'no', 'y', 'n'])

export const booleanCheck: CellCheck = (bytes, start, end) =>
  end - start <= 5 && BOOLEANS.has(asciiText(bytes, start, end).toLowerCase())

/** Offset after a date; -1 when there is none. */
function dateEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 8 || !isDigits(bytes, start, start + 4)) return -1
  const separator = bytes[start + 4]
  if (separator !== DASH && separator !== SLASH) return -1
  const monthEnd = shortNumberEnd(bytes, start + 5, end)
  if (monthEnd < 0 || bytes[monthEnd] !== separator) return -1
  const dayEnd = shortNumberEnd(bytes, monthEnd + 1, end)
  if (dayEnd < 0) return -1
  const year = number(bytes, start, start + 4)
  const month = number(bytes, start + 5, monthEnd)
  const day = number(bytes, monthEnd + 1, dayEnd)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const isReal = year > 0 && day > 0 && day <= (DAYS[month] ?? 0) && (month !== 2 || day < 29 || isLeap)
  return isReal ? dayEnd : -1
}

function isTimeAfter(bytes: Uint8Array, date: number, end: number): boolean {
  return date > 0 && date < end && (bytes[date] === 0x20 || bytes[date] === 0x54)
}

/** Offset after a time of day; -1 when there is none. */
function timeEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 5 || !isDigits(bytes, start, start + 2) || bytes[start + 2] !== COLON) return -1
  if (!isDigits(bytes, start + 3, start + 5)) return -1
  if (number(bytes, start, start + 2) > 23 || number(bytes, start + 3, start + 5) > 59) return -1
  if (start + 5 >= end || bytes[start + 5] !== COLON) return start + 5
  if (end - start < 8 || !isDigits(bytes, start + 6, start + 8) || number(bytes, start + 6, start + 8) > 59) return -1
  let at = start + 8
  if (at >= end || bytes[at] !== 0x2e) return at
  at++
  const fraction = at
  while (at < end && isDigit(bytes[at])) at++
  return at > fraction && at - fraction <= 6 ? at : -1
}

function shortNumberEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || !isDigit(bytes[start])) return -1
  return start + 1 < end && isDigit(bytes[start + 1]) ? start + 2 : start + 1
}

function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? 0) - 0x30
  return value
}
