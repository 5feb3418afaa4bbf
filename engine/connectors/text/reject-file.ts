import type { Reject } from '../../contract/reject.ts'
import { REJECT_COLUMNS } from '../../contract/reject.ts'
import { CSV_SEGMENT, scanSegments } from '../../duck/segment.ts'
import type { Sql } from '../../sql/sql.ts'
import { SegmentFile } from './segment-file.ts'

const COLUMNS = REJECT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' }))
/** Raw bytes of a reject that are kept: enough to see what is wrong, not a copy of a 100 MB line. */
const MOST_RAW_BYTES = 32 * 1024

/** Rejects of one part, in a file of the spill folder. */
export class RejectFile {
  count = 0n
  readonly #folder: string
  #file: SegmentFile | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  add(reject: Reject): void {
    this.#file ??= new SegmentFile(this.#folder)
    const cells = REJECT_COLUMNS.map((name) => reject[name])
    const row = cells.map((cell) => (cell === null ? '' : `"${printable(cell).replaceAll('"', '""')}"`)).join(',')
    const bytes = Buffer.from(`${row}\n`, 'utf8')
    this.#file.append(bytes, 0, bytes.length)
    this.count++
  }

  /** The rejects; undefined when there are none. */
  close(): Sql | undefined {
    this.#file?.close()
    return this.#file === undefined
      ? undefined
      : scanSegments([this.#file.path], COLUMNS, CSV_SEGMENT, { hasQuotedNewlines: true })
  }

  remove(): void {
    this.#file?.remove()
  }
}

/** Bytes as hex, with a note when there are too many. */
export function rawHex(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, MOST_RAW_BYTES)
  return bytes.length <= MOST_RAW_BYTES ? hex : `${hex}… (${bytes.length} bytes)`
}

/** DuckDB's text holds no NUL, and nothing that is not Unicode. */
function printable(text: string): string {
  return text.replaceAll('\0', '\u2400').toWellFormed()
}
