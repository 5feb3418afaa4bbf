import type { FieldPacket } from 'mysql2'

/** A result column as the server describes it in the protocol. */
export interface ServerField {
  readonly name: string
  /** MYSQL_TYPE_* of the protocol. */
  readonly type: number
  readonly length: number
  readonly decimals: number
  readonly flags: number
  /** Collation number; 63 is binary. */
  readonly charset: number
  /** What MariaDB says beyond the protocol's types: `uuid`, `inet6`, `point`, …; format `json`. */
  readonly extended: string | undefined
}

/** Keeps what Runnel uses; the driver's typings lack MariaDB's extended metadata and call some fields optional. */
export function serverField(field: FieldPacket): ServerField {
  const raw = field as unknown as {
    name: string
    columnType: number
    columnLength: number
    decimals: number
    flags: number
    characterSet: number
    extendedTypeName?: string
    extendedFormat?: string
  }
  return {
    name: raw.name,
    type: raw.columnType,
    length: raw.columnLength,
    decimals: raw.decimals,
    flags: raw.flags,
    charset: raw.characterSet,
    extended: raw.extendedTypeName ?? raw.extendedFormat,
  }
}
