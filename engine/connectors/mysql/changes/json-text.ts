import { Failure } from '../../../contract/failure.ts'
import { LineBuilder } from '../../shared/changes/row-line.ts'
import { decimalWords, writeDecimal } from './number-cells.ts'

const KIND = {
  smallObject: 0,
  largeObject: 1,
  smallArray: 2,
  largeArray: 3,
  literal: 4,
  int16: 5,
  uint16: 6,
  int32: 7,
  uint32: 8,
  int64: 9,
  uint64: 10,
  double: 11,
  text: 12,
  opaque: 15,
} as const

const LITERALS: Readonly<Record<number, string>> = { 0: 'null', 1: 'true', 2: 'false' }
const OPAQUE = { timestamp: 7, date: 10, time: 11, datetime: 12, decimal: 246 }

/**
 * The text that MySQL prints for a document of its binary JSON (MySQL source, "json_binary.h"). No bytes at all are the document null.
 * @throws Failure `changes.undecodable`
 */
export function jsonText(bytes: Buffer): string {
  return bytes.length === 0 ? 'null' : valueText(bytes, bytes[0] ?? 0, 1)
}

function valueText(bytes: Buffer, kind: number, at: number): string {
  switch (kind) {
    case KIND.smallObject:
    case KIND.largeObject:
      return objectText(bytes, at, kind === KIND.largeObject)
    case KIND.smallArray:
    case KIND.largeArray:
      return arrayText(bytes, at, kind === KIND.largeArray)
    case KIND.int64:
      return bytes.readBigInt64LE(at).toString()
    case KIND.uint64:
      return bytes.readBigUInt64LE(at).toString()
    case KIND.double:
      return doubleText(bytes.readDoubleLE(at))
    case KIND.text: {
      const { value, next } = varLength(bytes, at)
      return JSON.stringify(bytes.toString('utf8', next, next + value))
    }
    case KIND.opaque:
      return opaqueText(bytes, at)
    default:
      return inlineText(bytes, kind, at)
  }
}

/** Values of at most four bytes, which may stand in the entry itself. */
function inlineText(bytes: Buffer, kind: number, at: number): string {
  switch (kind) {
    case KIND.literal:
      return LITERALS[bytes[at] ?? -1] ?? unknown(`literal ${bytes[at]}`)
    case KIND.int16:
      return String(bytes.readInt16LE(at))
    case KIND.uint16:
      return String(bytes.readUInt16LE(at))
    case KIND.int32:
      return String(bytes.readInt32LE(at))
    case KIND.uint32:
      return String(bytes.readUInt32LE(at))
    default:
      return unknown(`kind ${kind}`)
  }
}

function objectText(bytes: Buffer, start: number, isLarge: boolean): string {
  const width = isLarge ? 4 : 2
  const count = bytes.readUIntLE(start, width)
  const keys = start + width * 2
  const values = keys + count * (width + 2)
  const members = Array.from({ length: count }, (_, i) => {
    const entry = keys + i * (width + 2)
    const from = start + bytes.readUIntLE(entry, width)
    const key = bytes.toString('utf8', from, from + bytes.readUInt16LE(entry + width))
    return `${JSON.stringify(key)}: ${entryText(bytes, { start, entry: values + i * (width + 1), width })}`
  })
  return `{${members.join(', ')}}`
}

function arrayText(bytes: Buffer, start: number, isLarge: boolean): string {
  const width = isLarge ? 4 : 2
  const count = bytes.readUIntLE(start, width)
  const values = start + width * 2
  const members = Array.from({ length: count }, (_, i) =>
    entryText(bytes, { start, entry: values + i * (width + 1), width }),
  )
  return `[${members.join(', ')}]`
}

interface Entry {
  /** Of the object or array, from which places are counted. */
  readonly start: number
  readonly entry: number
  readonly width: number
}

function entryText(bytes: Buffer, { start, entry, width }: Entry): string {
  const kind = bytes[entry] ?? 0
  const isInline =
    kind === KIND.literal ||
    kind === KIND.int16 ||
    kind === KIND.uint16 ||
    (width === 4 && (kind === KIND.int32 || kind === KIND.uint32))
  return valueText(bytes, kind, isInline ? entry + 1 : start + bytes.readUIntLE(entry + 1, width))
}

/** MySQL shows by a point that a number is a double. */
function doubleText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e')
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** Values of SQL that JSON has no type for: the column's type, the length, the bytes. */
function opaqueText(bytes: Buffer, at: number): string {
  const type = bytes[at] ?? 0
  const { value: length, next } = varLength(bytes, at + 1)
  const content = bytes.subarray(next, next + length)
  switch (type) {
    case OPAQUE.decimal:
      return decimalText(content)
    case OPAQUE.date:
    case OPAQUE.datetime:
    case OPAQUE.timestamp:
      return JSON.stringify(momentText(content.readBigInt64LE(0), type === OPAQUE.date))
    case OPAQUE.time:
      return JSON.stringify(timeText(content.readBigInt64LE(0)))
    default:
      return JSON.stringify(`base64:type${type}:${content.toString('base64')}`)
  }
}

function decimalText(content: Buffer): string {
  const line = new LineBuilder()
  line.begin()
  writeDecimal(content, 2, decimalWords(content[0] ?? 0, content[1] ?? 0), line)
  return line.take().toString('latin1')
}

/** A packed DATETIME: 24 bits of microseconds below what the row format has. */
function momentText(packed: bigint, isDate: boolean): string {
  const rest = Number(packed >> 24n)
  const clock = rest % 0x2_0000
  const days = Math.floor(rest / 0x2_0000)
  const yearMonth = days >> 5
  const date = `${digits(Math.floor(yearMonth / 13), 4)}-${digits(yearMonth % 13, 2)}-${digits(days & 31, 2)}`
  return isDate ? date : `${date} ${clockText(clock)}.${digits(Number(packed & 0xff_ffffn), 6)}`
}

function timeText(packed: bigint): string {
  const absolute = packed < 0n ? -packed : packed
  return `${packed < 0n ? '-' : ''}${clockText(Number(absolute >> 24n))}.${digits(Number(absolute & 0xff_ffffn), 6)}`
}

function clockText(clock: number): string {
  return `${digits(clock >> 12, 2)}:${digits((clock >> 6) & 63, 2)}:${digits(clock & 63, 2)}`
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** Seven bits a byte, the lowest first. */
function varLength(bytes: Buffer, at: number): { readonly value: number; readonly next: number } {
  let value = 0
  let factor = 1
  let next = at
  for (; (bytes[next] ?? 0) >= 0x80; next++, factor *= 128) value += ((bytes[next] ?? 0) & 0x7f) * factor
  return { value: value + (bytes[next] ?? 0) * factor, next: next + 1 }
}

function unknown(what: string): never {
  throw new Failure('changes.undecodable', { what: `JSON of ${what}` })
}
