import { crc32 } from 'node:zlib'

/** A place between two transactions of a server's binary log. */
export interface BinlogPosition {
  /** Which server's log it is. */
  readonly server: string
  /** The number at the end of the file's name. */
  readonly file: number
  readonly offset: number
  /** The transactions before it; undefined where they are not known. */
  readonly gtids?: string
}

const UNKNOWN = '00000000'

/**
 * As a text of fixed length, so that positions of one server compare as texts: server, file, offset, and last a checksum of the GTID
 * position, which shows a log that was begun anew or that belongs to another history.
 */
export function printPosition({ server, file, offset, gtids }: BinlogPosition): string {
  const place = `${String(file).padStart(10, '0')}:${String(offset).padStart(12, '0')}`
  return `${checksum(server)}:${place}:${gtids === undefined ? UNKNOWN : checksum(gtids)}`
}

/** What can be told from the text; undefined when it is none of ours. */
export function parsePosition(
  text: string,
):
  | { readonly server: string; readonly file: number; readonly offset: number; readonly gtids: string | undefined }
  | undefined {
  const match = /^([0-9a-f]{8}):(\d{10}):(\d{12}):([0-9a-f]{8})$/.exec(text)
  if (match === null) return undefined
  const [, server = '', file, offset, gtids] = match
  return { server, file: Number(file), offset: Number(offset), gtids: gtids === UNKNOWN ? undefined : gtids }
}

/** Of a server's name or a GTID position, as it stands in a position. */
export function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** The number of a file of the binary log: 123 of `binlog.000123`. */
export function fileNumber(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? Number.NaN)
}

/** The last transaction of each domain of MariaDB, `0-1-15` each. */
export class GtidPosition {
  readonly #last = new Map<string, string>()

  /** @param text `0-1-15,7-2-3` */
  constructor(text: string) {
    for (const gtid of text.split(',')) if (gtid.trim() !== '') this.set(gtid.trim())
  }

  set(gtid: string): void {
    this.#last.set(gtid.slice(0, gtid.indexOf('-')), gtid)
  }

  /** In the order of domains. */
  toString(): string {
    return [...this.#last.values()].toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(',')
  }
}
