import { Failure } from '../../../contract/failure.ts'
import type { ChangedTable, RowChange } from '../../api/changes.ts'
import { LineBuilder } from '../../shared/changes/row-line.ts'

/** A table as the stream announces it, before the catalogue was asked about it. */
export interface Relation {
  readonly id: number
  readonly schema: string
  readonly name: string
  /** pg_class.relreplident: d default, n nothing, f full, i index. */
  readonly identity: string
  readonly columns: readonly RelationColumn[]
}

export interface RelationColumn {
  readonly name: string
  readonly isKey: boolean
  readonly typeId: number
  readonly modifier: number
}

/** What the decoder tells, in the order of the stream. */
export interface ChangeSink {
  /** Gives the table that changes of this relation belong to; undefined leaves them out. */
  relation(relation: Relation): ChangedTable | undefined
  change(change: RowChange): void
  /** @param commit position of the transaction's commit */
  begin(committedAt: number, commit: bigint): void
  /** @param end position after the transaction */
  commit(end: bigint): void
}

const EPOCH_2000_MS = 946_684_800_000
const NULL = 0x6e
const UNCHANGED = 0x75
const TEXT = 0x74

interface KnownRelation {
  readonly relation: Relation
  readonly table: ChangedTable | undefined
  readonly isKeyed: boolean
}

interface Tuple {
  readonly end: number
  readonly key: string
  readonly unchanged: readonly number[]
}

const NO_POSITIONS: readonly number[] = []
const NULL_CELL = '\\N'

/**
 * Decodes the messages of the plug-in `pgoutput`, protocol version 1 (PostgreSQL documentation, "Logical Replication Message
 * Formats"), straight to lines of text: no value becomes a JavaScript string but those of keys.
 */
export class PgOutputDecoder {
  readonly #sink: ChangeSink
  readonly #known = new Map<number, KnownRelation>()
  readonly #line = new LineBuilder()
  readonly #keyLine = new LineBuilder()

  constructor(sink: ChangeSink) {
    this.#sink = sink
  }

  /** One message, at `start` in `bytes`; the bytes are not kept. @throws Failure `changes.undecodable` */
  decode(bytes: Buffer, start: number): void {
    const code = String.fromCharCode(bytes[start] ?? 0)
    const at = start + 1
    switch (code) {
      case 'B':
        return this.#sink.begin(EPOCH_2000_MS + Number(bytes.readBigInt64BE(at + 8)) / 1000, bytes.readBigUInt64BE(at))
      case 'C':
        return this.#sink.commit(bytes.readBigUInt64BE(at + 9))
      case 'R':
        return this.#relation(bytes, at)
      case 'I':
        return this.#insert(bytes, at)
      case 'U':
        return this.#update(bytes, at)
      case 'D':
        return this.#delete(bytes, at)
      case 'T':
        return this.#truncate(bytes, at)
      // Types, origins and messages of applications say nothing about rows.
      case 'Y':
      case 'O':
      case 'M':
        return
      default:
        throw new Failure('changes.undecodable', { what: `message ${JSON.stringify(code)}` })
    }
  }

  #relation(bytes: Buffer, start: number): void {
    const id = bytes.readUInt32BE(start)
    const schema = textAt(bytes, start + 4)
    const name = textAt(bytes, schema.end)
    const identity = String.fromCharCode(bytes[name.end] ?? 0)
    const count = bytes.readUInt16BE(name.end + 1)
    const columns: RelationColumn[] = []
    let at = name.end + 3
    for (let i = 0; i < count; i++) {
      const column = textAt(bytes, at + 1)
      const isKey = ((bytes[at] ?? 0) & 1) === 1
      columns.push({
        name: column.text,
        isKey,
        typeId: bytes.readUInt32BE(column.end),
        modifier: bytes.readInt32BE(column.end + 4),
      })
      at = column.end + 8
    }
    const relation = { id, schema: schema.text || 'pg_catalog', name: name.text, identity, columns }
    const table = this.#sink.relation(relation)
    this.#known.set(id, { relation, table, isKeyed: table !== undefined && table.keys.length > 0 })
  }

  #insert(bytes: Buffer, at: number): void {
    const known = this.#find(bytes.readUInt32BE(at))
    if (known.table === undefined) return
    const { key } = this.#tuple(bytes, at + 5, known, this.#line)
    this.#sink.change({ kind: 'insert', table: known.table, key, line: this.#line.take() })
  }

  #update(bytes: Buffer, at: number): void {
    const known = this.#find(bytes.readUInt32BE(at))
    const { table } = known
    if (table === undefined) return
    const kind = bytes[at + 4]
    // K: only the key, because it changed. O: the whole old row, with REPLICA IDENTITY FULL. N: the new row follows at once.
    const old = kind === 0x4e ? undefined : this.#tuple(bytes, at + 5, known, this.#keyLine)
    const row = this.#tuple(bytes, old === undefined ? at + 5 : old.end + 1, known, this.#line)
    const whole = kind === 0x4f && row.unchanged.length > 0 ? this.#filled(row.unchanged) : undefined
    const line = whole ?? this.#line.take()
    const key = whole !== undefined && !known.isKeyed ? whole.toString('latin1') : row.key
    const isOtherKey = old !== undefined && old.key !== key
    this.#sink.change({
      kind: 'update',
      table,
      key,
      ...(isOtherKey ? { oldKey: old.key } : {}),
      line,
      unchanged: whole === undefined ? row.unchanged : NO_POSITIONS,
    })
  }

  /** The new row with the values that were left out taken from the whole old one. */
  #filled(unchanged: readonly number[]): Buffer {
    const before = this.#keyLine.take().toString('latin1').split('\t')
    const after = this.#line.take().toString('latin1').split('\t')
    for (const position of unchanged) after[position] = before[position] ?? NULL_CELL
    return Buffer.from(after.join('\t'), 'latin1')
  }

  #delete(bytes: Buffer, at: number): void {
    const known = this.#find(bytes.readUInt32BE(at))
    if (known.table === undefined) return
    const { key } = this.#tuple(bytes, at + 5, known, this.#keyLine)
    this.#sink.change({ kind: 'delete', table: known.table, key })
  }

  #truncate(bytes: Buffer, at: number): void {
    const count = bytes.readUInt32BE(at)
    for (let i = 0; i < count; i++) {
      const { table } = this.#find(bytes.readUInt32BE(at + 5 + i * 4))
      if (table !== undefined) this.#sink.change({ kind: 'truncate', table })
    }
  }

  /** Reads a TupleData at `start` into a line; the key is what `table.keys` names of it, or all of it. */
  #tuple(bytes: Buffer, start: number, { table, isKeyed }: KnownRelation, line: LineBuilder): Tuple {
    const count = bytes.readUInt16BE(start)
    const keys = table?.keys ?? NO_POSITIONS
    let unchanged: number[] | undefined
    let key = ''
    let isFirstKey = true
    let at = start + 2
    line.begin()
    for (let i = 0; i < count; i++) {
      if (i > 0) line.separator()
      const from = line.length
      const kind = bytes[at++]
      if (kind === TEXT) {
        const length = bytes.readUInt32BE(at)
        line.value(bytes, at + 4, at + 4 + length)
        at += 4 + length
      } else if (kind === NULL) line.null()
      else if (kind === UNCHANGED) {
        line.null()
        unchanged = [...(unchanged ?? NO_POSITIONS), i]
      } else throw new Failure('changes.undecodable', { what: `a value of kind ${kind ?? 'none'}` })
      if (isKeyed && keys.includes(i)) {
        key = isFirstKey ? line.key(from, line.length) : `${key}\t${line.key(from, line.length)}`
        isFirstKey = false
      }
    }
    return { end: at, key: isKeyed ? key : line.key(0, line.length), unchanged: unchanged ?? NO_POSITIONS }
  }

  #find(id: number): KnownRelation {
    const known = this.#known.get(id)
    if (known === undefined)
      throw new Failure('changes.undecodable', { what: `a change of the unknown relation ${id}` })
    return known
  }
}

function textAt(bytes: Buffer, start: number): { readonly text: string; readonly end: number } {
  const end = bytes.indexOf(0, start)
  return { text: bytes.toString('utf8', start, end), end: end + 1 }
}
