/** Codes of events that matter (MySQL Internals, "Event Type"; MariaDB documentation, "Replication Protocol: Binlog Events"). */
export const EVENT = {
  query: 2,
  rotate: 4,
  formatDescription: 15,
  xid: 16,
  xaPrepare: 38,
  tableMap: 19,
  writeRowsV1: 23,
  updateRowsV1: 24,
  deleteRowsV1: 25,
  incident: 26,
  heartbeat: 27,
  writeRows: 30,
  updateRows: 31,
  deleteRows: 32,
  gtid: 33,
  anonymousGtid: 34,
  mariadbGtid: 162,
  mariadbQueryCompressed: 165,
  mariadbWriteRowsCompressedV1: 166,
  mariadbUpdateRowsCompressedV1: 167,
  mariadbDeleteRowsCompressedV1: 168,
} as const

/** Events that change what rows mean, and that are not understood here. */
export const UNKNOWN_ROWS: ReadonlyMap<number, string> = new Map([
  [39, 'parts of JSON documents (binlog_row_value_options)'],
  [40, 'a compressed transaction (binlog_transaction_compression)'],
])

/** An event with its place in the log; `end` leaves the checksum out. The bytes are valid as long as nobody writes to them. */
export interface BinlogEvent {
  readonly type: number
  /** Seconds since 1970. */
  readonly timestamp: number
  /** Where the next event begins in the file; 0 for events that the server made up. */
  readonly nextOffset: number
  readonly sizeBytes: number
  readonly isArtificial: boolean
  readonly bytes: Buffer
  /** Of what follows the header. */
  readonly start: number
  readonly end: number
}

const HEADER_BYTES = 19
export const CHECKSUM_BYTES = 4
const ARTIFICIAL = 0x20

export function eventAt(bytes: Buffer, start: number, end: number): BinlogEvent {
  return {
    timestamp: bytes.readUInt32LE(start),
    type: bytes[start + 4] ?? 0,
    sizeBytes: bytes.readUInt32LE(start + 9),
    nextOffset: bytes.readUInt32LE(start + 13),
    isArtificial: (bytes.readUInt16LE(start + 17) & ARTIFICIAL) !== 0,
    bytes,
    start: start + HEADER_BYTES,
    end,
  }
}

/** The file that comes next, and where in it. */
export function readRotate({ bytes, start, end }: BinlogEvent): { readonly name: string; readonly offset: number } {
  return { offset: Number(bytes.readBigUInt64LE(start)), name: bytes.toString('utf8', start + 8, end) }
}

/** A statement as it was written to the log, and the database it was run in. */
export function readQuery(
  { bytes, start, end }: BinlogEvent,
  inflate?: (bytes: Buffer) => Buffer,
): { readonly schema: string; readonly text: string } {
  const schemaLength = bytes[start + 8] ?? 0
  const schemaStart = start + 13 + bytes.readUInt16LE(start + 11)
  const textStart = schemaStart + schemaLength + 1
  const schema = bytes.toString('utf8', schemaStart, schemaStart + schemaLength)
  const text = bytes.subarray(textStart, end)
  return { schema, text: (inflate === undefined ? text : inflate(text)).toString('utf8') }
}

/** MariaDB's mark before each transaction. A standalone one holds a single statement and has no COMMIT. */
export function readMariadbGtid(
  { bytes, start }: BinlogEvent,
  serverId: number,
): { readonly gtid: string; readonly isStandalone: boolean } {
  const sequence = bytes.readBigUInt64LE(start)
  return {
    gtid: `${bytes.readUInt32LE(start + 8)}-${serverId}-${sequence}`,
    isStandalone: ((bytes[start + 12] ?? 0) & 1) !== 0,
  }
}

/** The server that wrote the event first. */
export function serverIdOf({ bytes, start }: BinlogEvent): number {
  return bytes.readUInt32LE(start - HEADER_BYTES + 5)
}

export interface LengthEncoded {
  readonly value: number
  readonly next: number
}

/** A number as the protocol writes lengths. */
export function lengthAt(bytes: Buffer, at: number): LengthEncoded {
  const first = bytes[at] ?? 0
  if (first < 0xfb) return { value: first, next: at + 1 }
  if (first === 0xfc) return { value: bytes.readUInt16LE(at + 1), next: at + 3 }
  if (first === 0xfd) return { value: bytes.readUIntLE(at + 1, 3), next: at + 4 }
  return { value: Number(bytes.readBigUInt64LE(at + 1)), next: at + 9 }
}
