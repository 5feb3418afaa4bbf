import { Failure } from '../../../contract/failure.ts'
import { type BinlogEvent, lengthAt } from './binlog-event.ts'

/** A column as the log tells it (MySQL source, `Table_map_log_event`). */
export interface MappedColumn {
  readonly name: string
  /** MYSQL_TYPE_*; of ENUM and SET their own and not that of the text they are packed as. */
  readonly type: number
  /** Length, precision, digits of a second or bytes of a length, by type; -1 where the type has none. */
  readonly size: number
  /** Digits after the point. */
  readonly scale: number
  readonly isUnsigned: boolean
  /** Collation; 63 is binary. */
  readonly collation: number
  /** Of ENUM and SET: values in the column's character set. */
  readonly values: readonly Buffer[]
}

export interface TableMap {
  readonly id: number
  readonly schema: string
  readonly table: string
  readonly columns: readonly MappedColumn[]
  /** Positions of the primary key in order; empty where there is none, or one over parts of texts. */
  readonly keys: readonly number[]
}

export const TYPE = {
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  varchar: 15,
  bit: 16,
  timestamp2: 17,
  datetime2: 18,
  time2: 19,
  blobCompressed: 140,
  varcharCompressed: 141,
  json: 245,
  newDecimal: 246,
  enum: 247,
  set: 248,
  blob: 252,
  varString: 253,
  string: 254,
  geometry: 255,
} as const

const NUMERIC: ReadonlySet<number> = new Set([1, 2, 9, 3, 8, 246, 4, 5, 13])
const TEXTS: ReadonlySet<number> = new Set([15, 253, 254, 252, 140, 141])
const BINARY = 63
const NOTHING = Buffer.alloc(0)

/** How many bytes of metadata a type has. */
const META_BYTES: Readonly<Record<number, number>> = {
  4: 1,
  5: 1,
  15: 2,
  16: 2,
  17: 1,
  18: 1,
  19: 1,
  140: 1,
  141: 2,
  245: 1,
  246: 2,
  252: 1,
  253: 2,
  254: 2,
  255: 1,
}

const OPTION = {
  signedness: 1,
  defaultCollation: 2,
  collations: 3,
  names: 4,
  setValues: 5,
  enumValues: 6,
  primaryKey: 8,
  primaryKeyWithParts: 9,
  defaultListCollation: 10,
  listCollations: 11,
} as const

/** The number by which rows refer to a table. */
export function tableIdOf({ bytes, start }: BinlogEvent): number {
  return bytes.readUIntLE(start, 6)
}

export function tableNameOf({ bytes, start }: BinlogEvent): {
  readonly schema: string
  readonly table: string
  readonly next: number
} {
  const schemaStart = start + 9
  const schemaEnd = schemaStart + (bytes[start + 8] ?? 0)
  const tableStart = schemaEnd + 2
  const tableEnd = tableStart + (bytes[schemaEnd + 1] ?? 0)
  return {
    schema: bytes.toString('utf8', schemaStart, schemaEnd),
    table: bytes.toString('utf8', tableStart, tableEnd),
    next: tableEnd + 1,
  }
}

/** @throws Failure `changes.undecodable` when the server left out the names */
export function readTableMap(event: BinlogEvent): TableMap {
  const { bytes, end } = event
  const { schema, table, next } = tableNameOf(event)
  const count = lengthAt(bytes, next)
  const types = [...bytes.subarray(count.next, count.next + count.value)]
  const metadata = lengthAt(bytes, count.next + count.value)
  const plain = plainColumns(bytes, metadata.next, types)
  const optionsStart = metadata.next + metadata.value + ((count.value + 7) >> 3)
  const options = readOptions(bytes, optionsStart, end)
  const names = options.get(OPTION.names)
  if (names === undefined) {
    throw new Failure('changes.undecodable', {
      what: `${schema}.${table} without names: binlog_row_metadata was not FULL`,
    })
  }
  return { id: tableIdOf(event), schema, table, columns: withOptions(plain, options, names), keys: keysOf(options) }
}

type PlainColumn = Pick<MappedColumn, 'type' | 'size' | 'scale'>

function plainColumns(bytes: Buffer, start: number, types: readonly number[]): PlainColumn[] {
  let at = start
  return types.map((type) => {
    const from = at
    at += META_BYTES[type] ?? 0
    switch (type) {
      case TYPE.newDecimal:
        return { type, size: bytes[from] ?? 0, scale: bytes[from + 1] ?? 0 }
      case TYPE.bit:
        return { type, size: (bytes[from + 1] ?? 0) * 8 + (bytes[from] ?? 0), scale: 0 }
      case TYPE.varchar:
      case TYPE.varString:
      case TYPE.varcharCompressed:
        return { type, size: bytes.readUInt16LE(from), scale: 0 }
      case TYPE.string:
        return stringColumn(bytes[from] ?? 0, bytes[from + 1] ?? 0)
      default:
        return { type, size: at > from ? (bytes[from] ?? 0) : -1, scale: 0 }
    }
  })
}

/** CHAR, ENUM and SET are one type in the log; two bits of a length above 255 hide in the type. */
function stringColumn(first: number, second: number): PlainColumn {
  if (first === TYPE.enum || first === TYPE.set) return { type: first, size: second, scale: 0 }
  return { type: TYPE.string, size: second | (((first & 0x30) ^ 0x30) << 4), scale: 0 }
}

type Options = ReadonlyMap<number, Buffer>

function readOptions(bytes: Buffer, start: number, end: number): Options {
  const options = new Map<number, Buffer>()
  for (let at = start; at < end; ) {
    const length = lengthAt(bytes, at + 1)
    options.set(bytes[at] ?? 0, bytes.subarray(length.next, length.next + length.value))
    at = length.next + length.value
  }
  return options
}

function withOptions(plain: readonly PlainColumn[], options: Options, names: Buffer): MappedColumn[] {
  const ordinals = { numeric: 0, text: 0, list: 0, enum: 0, set: 0 }
  const columnNames = strings(names)
  const signs = options.get(OPTION.signedness) ?? NOTHING
  const texts = collationsOf(options, OPTION.defaultCollation, OPTION.collations)
  const lists = collationsOf(options, OPTION.defaultListCollation, OPTION.listCollations)
  const enums = valueLists(options.get(OPTION.enumValues) ?? NOTHING)
  const sets = valueLists(options.get(OPTION.setValues) ?? NOTHING)
  return plain.map((column, i) => {
    const { type } = column
    const isList = type === TYPE.enum || type === TYPE.set
    const sign = NUMERIC.has(type) ? ordinals.numeric++ : undefined
    const values = type === TYPE.enum ? enums[ordinals.enum++] : type === TYPE.set ? sets[ordinals.set++] : undefined
    const collation = isList ? lists(ordinals.list++) : TEXTS.has(type) ? texts(ordinals.text++) : BINARY
    return {
      ...column,
      name: columnNames[i]?.toString('utf8') ?? '',
      isUnsigned: sign !== undefined && ((signs[sign >> 3] ?? 0) & (0x80 >> (sign & 7))) !== 0,
      collation,
      values: values ?? [],
    }
  })
}

/** Collations of texts in order: each named, or a usual one with exceptions by ordinal. */
function collationsOf(options: Options, usual: number, each: number): (ordinal: number) => number {
  const named = options.get(each)
  if (named !== undefined) {
    const all = numbers(named)
    return (ordinal) => all[ordinal] ?? BINARY
  }
  const [most = BINARY, ...exceptions] = numbers(options.get(usual) ?? NOTHING)
  const byOrdinal = new Map<number, number>()
  for (let i = 0; i + 1 < exceptions.length; i += 2) byOrdinal.set(exceptions[i] ?? 0, exceptions[i + 1] ?? BINARY)
  return (ordinal) => byOrdinal.get(ordinal) ?? most
}

function keysOf(options: Options): number[] {
  const parts = numbers(options.get(OPTION.primaryKeyWithParts) ?? NOTHING)
  const whole = parts.flatMap((position, i) => (i % 2 === 0 ? [position] : []))
  if (parts.some((length, i) => i % 2 === 1 && length !== 0)) return []
  return [...numbers(options.get(OPTION.primaryKey) ?? NOTHING), ...whole].toSorted((a, b) => a - b)
}

function numbers(bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = lengthAt(bytes, at)
    found.push(value)
    at = next
  }
  return found
}

function strings(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = lengthAt(bytes, at)
    found.push(bytes.subarray(next, next + value))
    at = next + value
  }
  return found
}

function valueLists(bytes: Buffer): Buffer[][] {
  const lists: Buffer[][] = []
  for (let at = 0; at < bytes.length; ) {
    const count = lengthAt(bytes, at)
    const values: Buffer[] = []
    at = count.next
    for (let i = 0; i < count.value; i++) {
      const { value, next } = lengthAt(bytes, at)
      values.push(Buffer.from(bytes.subarray(next, next + value)))
      at = next + value
    }
    lists.push(values)
  }
  return lists
}
