import { inflateRawSync, inflateSync } from 'node:zlib'
import { Failure } from '../../../contract/failure.ts'
import type { LineBuilder } from '../../shared/changes/row-line.ts'
import type { Transcode } from './charsets.ts'
import { jsonText } from './json-text.ts'
import { decimalWords, writeDecimal, writeDouble, writeLong } from './number-cells.ts'
import { writeAddress, writeUuid } from './special-cells.ts'
import { type MappedColumn, TYPE } from './table-map.ts'
import { fractionBytes, writeDatetime, writeDay, writeInstant, writeTime } from './time-cells.ts'

/** How values of a column are brought from a row event into a line. */
export interface CellReader {
  /** Writes the value at a place of the bytes; gives the place after it. */
  readonly write: (bytes: Buffer, at: number, line: LineBuilder) => number
  readonly skip: (bytes: Buffer, at: number) => number
}

export interface CellColumn extends MappedColumn {
  /** What a person calls it, for failures. */
  readonly label: string
  readonly transcode: Transcode | undefined
  /** DuckDB's type. */
  readonly duckType: string
  /** MariaDB's own types, which the log has as bytes: `uuid`, `inet6`, `inet4`. */
  readonly extended: string | undefined
}

/** @throws Failure `changes.undecodable` for a type that is not known here */
export function cellReader(column: CellColumn): CellReader {
  const reader = numberReader(column) ?? timeReader(column) ?? listReader(column) ?? bytesReader(column)
  if (reader === undefined) throw new Failure('changes.undecodable', { what: `${column.label} of type ${column.type}` })
  return reader
}

function fixed(size: number, write: (bytes: Buffer, at: number, line: LineBuilder) => void): CellReader {
  return {
    write: (bytes, at, line) => {
      write(bytes, at, line)
      return at + size
    },
    skip: (_bytes, at) => at + size,
  }
}

function numberReader({ type, isUnsigned, size, scale }: CellColumn): CellReader | undefined {
  switch (type) {
    case TYPE.tiny:
      return fixed(1, (bytes, at, line) => line.integer(isUnsigned ? (bytes[at] ?? 0) : bytes.readInt8(at)))
    case TYPE.short:
      return fixed(2, (bytes, at, line) => line.integer(isUnsigned ? bytes.readUInt16LE(at) : bytes.readInt16LE(at)))
    case TYPE.int24:
      return fixed(3, (bytes, at, line) => line.integer(isUnsigned ? bytes.readUIntLE(at, 3) : bytes.readIntLE(at, 3)))
    case TYPE.long:
      return fixed(4, (bytes, at, line) => line.integer(isUnsigned ? bytes.readUInt32LE(at) : bytes.readInt32LE(at)))
    case TYPE.longlong:
      return fixed(8, (bytes, at, line) => writeLong(bytes, at, isUnsigned, line))
    case TYPE.float:
      return fixed(4, (bytes, at, line) => writeDouble(bytes.readFloatLE(at), line))
    case TYPE.double:
      return fixed(8, (bytes, at, line) => writeDouble(bytes.readDoubleLE(at), line))
    case TYPE.newDecimal: {
      const words = decimalWords(size, scale)
      return fixed(words.bytes, (bytes, at, line) => writeDecimal(bytes, at, words, line))
    }
    case TYPE.year:
      return fixed(1, (bytes, at, line) => line.integer(bytes[at] === 0 ? 0 : 1900 + (bytes[at] ?? 0)))
    case TYPE.bit: {
      const length = (size + 7) >> 3
      return fixed(length, (bytes, at, line) => line.ascii(bigBits(bytes, at, length).toString()))
    }
    default:
      return undefined
  }
}

function bigBits(bytes: Buffer, at: number, length: number): bigint {
  let value = 0n
  for (let i = 0; i < length; i++) value = value * 256n + BigInt(bytes[at + i] ?? 0)
  return value
}

function timeReader({ type, size, label }: CellColumn): CellReader | undefined {
  const digits = Math.max(size, 0)
  const checked = (bytes: number, write: (bytes: Buffer, at: number, line: LineBuilder) => boolean): CellReader =>
    fixed(bytes, (from, at, line) => {
      if (!write(from, at, line))
        throw new Failure('source.rejected', { source: label, reason: 'no calendar has this date' })
    })
  switch (type) {
    case TYPE.date:
      return checked(3, writeDay)
    case TYPE.datetime2:
      return checked(5 + fractionBytes(digits), (bytes, at, line) => writeDatetime(bytes, at, digits, line))
    case TYPE.timestamp2:
      return checked(4 + fractionBytes(digits), (bytes, at, line) => writeInstant(bytes, at, digits, line))
    case TYPE.time2:
      return fixed(3 + fractionBytes(digits), (bytes, at, line) => writeTime(bytes, at, digits, line))
    default:
      return undefined
  }
}

function listReader({ type, size, values, transcode }: CellColumn): CellReader | undefined {
  if (type !== TYPE.enum && type !== TYPE.set) return undefined
  const texts = values.map((value) => transcode?.(value) ?? value)
  if (type === TYPE.enum) {
    return fixed(size, (bytes, at, line) => {
      const text = texts[bytes.readUIntLE(at, size) - 1]
      // 0 is what a wrong value became where the server was not strict.
      if (text !== undefined) line.value(text, 0, text.length)
    })
  }
  return fixed(size, (bytes, at, line) => {
    const chosen = texts.filter((_, i) => ((bytes[at + (i >> 3)] ?? 0) & (1 << (i & 7))) !== 0)
    const text = Buffer.from(chosen.flatMap((value, i) => (i === 0 ? [...value] : [COMMA, ...value])))
    line.value(text, 0, text.length)
  })
}

const COMMA = 0x2c

/** Values with their length before them. */
function bytesReader(column: CellColumn): CellReader | undefined {
  const { type, size } = column
  switch (type) {
    case TYPE.varchar:
    case TYPE.varString:
    case TYPE.string:
      return prefixed(size < 256 ? 1 : 2, contentWriter(column))
    case TYPE.varcharCompressed:
      return prefixed(size < 256 ? 1 : 2, unpacked(contentWriter(column)))
    case TYPE.blob:
      return prefixed(size, contentWriter(column))
    case TYPE.blobCompressed:
      return prefixed(size, unpacked(contentWriter(column)))
    case TYPE.geometry:
      // Four bytes of SRID, then WKB.
      return prefixed(size, (bytes, start, end, line) => line.hex(bytes, start + 4, end))
    case TYPE.json:
      return prefixed(size, (bytes, start, end, line) => {
        const text = Buffer.from(jsonText(bytes.subarray(start, end)))
        line.value(text, 0, text.length)
      })
    default:
      return undefined
  }
}

type ContentWriter = (bytes: Buffer, start: number, end: number, line: LineBuilder) => void

function prefixed(lengthBytes: number, write: ContentWriter): CellReader {
  const end =
    lengthBytes === 1
      ? (bytes: Buffer, at: number): number => at + 1 + (bytes[at] ?? 0)
      : lengthBytes === 2
        ? (bytes: Buffer, at: number): number => at + 2 + bytes.readUInt16LE(at)
        : (bytes: Buffer, at: number): number => at + lengthBytes + bytes.readUIntLE(at, lengthBytes)
  return {
    write: (bytes, at, line) => {
      const after = end(bytes, at)
      write(bytes, at + lengthBytes, after, line)
      return after
    },
    skip: end,
  }
}

function contentWriter({ type, size, collation, transcode, extended, label }: CellColumn): ContentWriter {
  if (extended === 'uuid') return padded(16, writeUuid)
  if (extended === 'inet4') return padded(4, writeAddress)
  if (extended === 'inet6') return padded(16, writeAddress)
  if (extended !== undefined && extended !== 'json') {
    throw new Failure('changes.undecodable', { what: `${label} of type ${extended}` })
  }
  if (collation === BINARY) {
    // Zeros at the end of BINARY are left out of the log.
    return type === TYPE.string ? padded(size, (bytes, line) => writeHex(bytes, 0, bytes.length, line)) : writeHex
  }
  if (transcode === undefined) return (bytes, start, end, line) => line.value(bytes, start, end)
  return (bytes, start, end, line) => {
    const text = transcode(bytes.subarray(start, end))
    line.value(text, 0, text.length)
  }
}

const BINARY = 63

function writeHex(bytes: Buffer, start: number, end: number, line: LineBuilder): void {
  line.hex(bytes, start, end)
}

function padded(size: number, write: (bytes: Buffer, line: LineBuilder) => void): ContentWriter {
  return (bytes, start, end, line) => {
    if (end - start === size) return write(bytes.subarray(start, end), line)
    const whole = Buffer.alloc(size)
    bytes.copy(whole, 0, start, end)
    write(whole, line)
  }
}

/** MariaDB's COMPRESSED columns (MariaDB source, "uncompress_zlib"): how, then bytes of the length, then the length, then the data. */
function unpacked(write: ContentWriter): ContentWriter {
  return (bytes, start, end, line) => {
    if (start === end) return write(bytes, start, end, line)
    const how = bytes[start] ?? 0
    if (how === 0) return write(bytes, start + 1, end, line)
    if (how >> 4 !== 8) throw new Failure('changes.undecodable', { what: `a column compressed by method ${how >> 4}` })
    const packed = bytes.subarray(start + 1 + (how & 7), end)
    const content = (how & 8) === 0 ? inflateSync(packed) : inflateRawSync(packed)
    write(content, 0, content.length, line)
  }
}
