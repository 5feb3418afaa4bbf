import { inflateSync } from 'node:zlib'
import { Failure } from '../../../contract/failure.ts'
import type { ChangedTable, RowChange } from '../../api/changes.ts'
import { LineBuilder } from '../../shared/changes/row-line.ts'
import { type BinlogEvent, EVENT, lengthAt } from './binlog-event.ts'
import type { CellReader } from './row-cells.ts'

/** A table as its rows are read. */
export interface RowTable {
  readonly table: ChangedTable
  readonly cells: readonly CellReader[]
  /** For each column whether it belongs to the key. */
  readonly isKey: readonly boolean[]
}

type RowKind = 'insert' | 'update' | 'delete'

interface RowEventForm {
  readonly kind: RowKind
  /** Version 2 has room for more behind the flags. */
  readonly hasExtra: boolean
  readonly isCompressed: boolean
}

const form = (kind: RowKind, hasExtra: boolean, isCompressed = false): RowEventForm => ({
  kind,
  hasExtra,
  isCompressed,
})

/** Events that hold rows. */
export const ROW_EVENTS: ReadonlyMap<number, RowEventForm> = new Map([
  [EVENT.writeRowsV1, form('insert', false)],
  [EVENT.updateRowsV1, form('update', false)],
  [EVENT.deleteRowsV1, form('delete', false)],
  [EVENT.writeRows, form('insert', true)],
  [EVENT.updateRows, form('update', true)],
  [EVENT.deleteRows, form('delete', true)],
  [EVENT.mariadbWriteRowsCompressedV1, form('insert', false, true)],
  [EVENT.mariadbUpdateRowsCompressedV1, form('update', false, true)],
  [EVENT.mariadbDeleteRowsCompressedV1, form('delete', false, true)],
])

const TABLE_ID_AND_FLAGS = 8
const NONE: readonly number[] = []

/**
 * Decodes row events (MySQL source, `Rows_log_event`) straight to lines of text: no value becomes a JavaScript one but those of keys,
 * and numbers too large for 32 bits.
 */
export class RowDecoder {
  readonly #line = new LineBuilder()
  readonly #keyLine = new LineBuilder()
  /** Where reading of a row ended, and its key. */
  #at = 0
  #key = ''

  /** Hands over the changes of one event in order. @throws Failure `changes.undecodable`, `source.rejected` for a date that no calendar has */
  decode(
    event: BinlogEvent,
    { kind, hasExtra, isCompressed }: RowEventForm,
    known: RowTable,
    emit: (change: RowChange) => void,
  ): void {
    const { cells, table } = known
    let at = event.start + TABLE_ID_AND_FLAGS
    if (hasExtra) at += event.bytes.readUInt16LE(at)
    const width = lengthAt(event.bytes, at)
    if (width.value !== cells.length) {
      throw new Failure('changes.undecodable', {
        what: `${width.value} columns of ${table.dataset}, which has ${cells.length}`,
      })
    }
    at = width.next
    for (let images = kind === 'update' ? 2 : 1; images > 0; images--) at = this.#assertWhole(event.bytes, at, known)
    const rows = isCompressed ? inflated(event.bytes.subarray(at, event.end)) : event.bytes
    const end = isCompressed ? rows.length : event.end
    this.#at = isCompressed ? 0 : at
    while (this.#at < end) emit(this.#change(rows, kind, known))
  }

  #change(bytes: Buffer, kind: RowKind, known: RowTable): RowChange {
    const { table } = known
    if (kind === 'insert') {
      this.#row(bytes, known, this.#line)
      return { kind, table, key: this.#key, line: this.#line.take() }
    }
    this.#keyOf(bytes, known)
    const oldKey = this.#key
    if (kind === 'delete') return { kind, table, key: oldKey }
    this.#row(bytes, known, this.#line)
    const key = this.#key
    const line = this.#line.take()
    return oldKey === key
      ? { kind, table, key, line, unchanged: NONE }
      : { kind, table, key, oldKey, line, unchanged: NONE }
  }

  /** Reads a row into a line; the key is what the table names of it, or all of it. */
  #row(bytes: Buffer, { cells, isKey, table }: RowTable, line: LineBuilder): void {
    const nulls = this.#at
    let at = nulls + ((cells.length + 7) >> 3)
    let key: string | undefined
    line.begin()
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) line.separator()
      const from = line.length
      if (isNull(bytes, nulls, i)) line.null()
      else at = cells[i]?.write(bytes, at, line) ?? at
      if (isKey[i] === true)
        key = key === undefined ? line.key(from, line.length) : `${key}\t${line.key(from, line.length)}`
    }
    this.#at = at
    this.#key = table.keys.length > 0 ? (key ?? '') : line.key(0, line.length)
  }

  /** Only the key of a row; the rest of it is passed over. */
  #keyOf(bytes: Buffer, known: RowTable): void {
    if (known.table.keys.length === 0) return this.#row(bytes, known, this.#keyLine)
    const { cells, isKey } = known
    const line = this.#keyLine
    const nulls = this.#at
    let at = nulls + ((cells.length + 7) >> 3)
    line.begin()
    for (const [i, cell] of cells.entries()) {
      if (isNull(bytes, nulls, i)) continue
      if (isKey[i] !== true) {
        at = cell.skip(bytes, at)
        continue
      }
      if (line.length > 0) line.separator()
      at = cell.write(bytes, at, line)
    }
    this.#at = at
    this.#key = line.key(0, line.length)
  }

  /** Passes over the bits that say which columns an image has. */
  #assertWhole(bytes: Buffer, start: number, { cells, table }: RowTable): number {
    for (let i = 0; i < cells.length; i++) {
      if (isNull(bytes, start, i)) continue
      throw new Failure('changes.undecodable', {
        what: `a row of ${table.dataset} with some of its columns only: binlog_row_image was not FULL`,
      })
    }
    return start + ((cells.length + 7) >> 3)
  }
}

/** Whether a bit is set; in a row it marks a NULL. */
function isNull(bytes: Buffer, bits: number, i: number): boolean {
  return ((bytes[bits + (i >> 3)] ?? 0) & (1 << (i & 7))) !== 0
}

/** What MariaDB compressed (log_bin_compress): how and how many bytes the length has, the length, then zlib. */
export function inflated(bytes: Buffer): Buffer {
  return inflateSync(bytes.subarray(1 + ((bytes[0] ?? 0) & 7)))
}
