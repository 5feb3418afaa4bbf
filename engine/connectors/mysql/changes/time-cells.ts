import type { LineBuilder } from '../../shared/changes/row-line.ts'

const DASH = 0x2d
const COLON = 0x3a
const BLANK = 0x20
const POINT = 0x2e

/** Bytes that hold the digits of a fraction, two digits to a byte (MySQL documentation, "Date and Time Data Type Representation"). */
export function fractionBytes(digits: number): number {
  return (digits + 1) >> 1
}

function upper24(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
}

/** Microseconds of a fraction of this many digits. */
function microsecondsAt(bytes: Buffer, at: number, digits: number): number {
  const size = fractionBytes(digits)
  if (size === 3) return upper24(bytes, at)
  return size === 0 ? 0 : size === 2 ? bytes.readUInt16BE(at) * 100 : (bytes[at] ?? 0) * 10_000
}

function writeFraction(microseconds: number, digits: number, line: LineBuilder): void {
  if (digits === 0) return
  line.letter(POINT)
  line.integer(digits === 6 ? microseconds : Math.floor(microseconds / 10 ** (6 - digits)), digits)
}

function writeDate(year: number, month: number, day: number, line: LineBuilder): boolean {
  line.day(year, month, day)
  return isCalendarDay(year, month, day)
}

/** DATE. Gives false for a day that no calendar has. */
export function writeDay(bytes: Buffer, at: number, line: LineBuilder): boolean {
  const value = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  return writeDate(value >> 9, (value >> 5) & 15, value & 31, line)
}

/** DATETIME with digits of a second. Gives false for a day that no calendar has. */
export function writeDatetime(bytes: Buffer, at: number, digits: number, line: LineBuilder): boolean {
  // Forty bits: sign, year * 13 + month (17), day (5), hours (5), minutes (6), seconds (6).
  const days = upper24(bytes, at) - 0x80_0000
  const clock = upper24(bytes, at + 2) & 0x1_ffff
  const yearMonth = days >> 6
  const day = ((days & 0x3f) >> 1) & 0x1f
  const isDay = writeDate(Math.floor(yearMonth / 13), yearMonth % 13, day, line)
  line.letter(BLANK)
  line.clock(clock >> 12, (clock >> 6) & 63, clock & 63)
  writeFraction(microsecondsAt(bytes, at + 5, digits), digits, line)
  return isDay
}

/** TIMESTAMP with digits of a second, in UTC. Gives false for the zero date. */
export function writeInstant(bytes: Buffer, at: number, digits: number, line: LineBuilder): boolean {
  const seconds = bytes.readUInt32BE(at)
  const microseconds = microsecondsAt(bytes, at + 4, digits)
  const date = new Date(seconds * 1000)
  const isDay = writeDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), line)
  line.letter(BLANK)
  line.clock(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())
  writeFraction(microseconds, digits, line)
  line.ascii('+00')
  return isDay && (seconds > 0 || microseconds > 0)
}

/** TIME with digits of a second, from -838:59:59 to 838:59:59. */
export function writeTime(bytes: Buffer, at: number, digits: number, line: LineBuilder): void {
  const size = fractionBytes(digits)
  // Sign, hours (11), minutes (6), seconds (6), then the fraction: one number, negative ones as its complement.
  const value = bytes.readUIntBE(at, 3 + size) - 0x80_0000 * 256 ** size
  const absolute = Math.abs(value)
  const clock = Math.floor(absolute / 256 ** size)
  if (value < 0) line.letter(DASH)
  line.integer((clock >> 12) & 0x3ff, 2)
  line.letter(COLON)
  line.integer((clock >> 6) & 63, 2)
  line.letter(COLON)
  line.integer(clock & 63, 2)
  writeFraction((absolute % 256 ** size) * 100 ** (3 - size), digits, line)
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year === 0 || month < 1 || month > 12 || day < 1) return false
  if (day <= 28) return true
  if (month === 2) return day === 29 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
}
