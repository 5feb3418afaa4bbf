import { Failure } from '../../../contract/failure.ts'
import type { ChangedTable, RowChange } from '../../api/changes.ts'
import {
  type BinlogEvent,
  EVENT,
  readMariadbGtid,
  readQuery,
  readRotate,
  serverIdOf,
  UNKNOWN_ROWS,
} from './binlog-event.ts'
import { fileNumber, GtidPosition, printPosition } from './binlog-position.ts'
import type { BinlogPlace, BinlogServer } from './binlog-server.ts'
import { inflated, ROW_EVENTS, RowDecoder, type RowTable } from './row-decoder.ts'
import { statementKind } from './statement-kind.ts'

/** What the log tells, in its order. */
export interface TransactionSink {
  begin(committedAt: number, position: string): void
  change(change: RowChange): void
  /** @param end position after the transaction */
  commit(end: string): void
  /** Between transactions: nothing comes before this position. */
  idle(end: string): void
}

/** The tables as far as they are known. */
export interface TransactionTables {
  of(event: BinlogEvent): RowTable | undefined
  announce(event: BinlogEvent): Promise<void> | undefined
  forgetNumbers(): void
  /** Whether a text may name one of the tables. */
  mentions(text: string): boolean
  /** A table by its names. */
  named(schema: string, table: string): ChangedTable | undefined
}

const TWO_32 = 0x1_0000_0000

type Group = 'none' | 'statement' | 'transaction'

/** Events in the order of the log become transactions with their positions. */
export class TransactionLog {
  readonly #server: BinlogServer
  readonly #tables: TransactionTables
  readonly #sink: TransactionSink
  readonly #rows = new RowDecoder()
  readonly #gtids: GtidPosition | undefined
  readonly #emit: (change: RowChange) => void
  #file: number
  /** Where the next event begins: the log itself counts in four bytes, and a single transaction may be larger. */
  #offset: number
  #group: Group = 'none'
  #gtid: string | undefined
  /** Whether the transaction has changed rows of the tables. */
  #hasChanges = false

  constructor(server: BinlogServer, from: BinlogPlace, parts: { tables: TransactionTables; sink: TransactionSink }) {
    this.#server = server
    this.#tables = parts.tables
    this.#sink = parts.sink
    this.#emit = (change) => {
      this.#hasChanges = true
      parts.sink.change(change)
    }
    this.#file = fileNumber(from.name)
    this.#offset = from.offset
    this.#gtids = from.gtids === undefined ? undefined : new GtidPosition(from.gtids)
  }

  /**
   * Takes one event. Gives a promise where the next one must wait for the catalogue.
   * @throws Failure `changes.undecodable`, `changes.gap`, `source.rejected`
   */
  take(event: BinlogEvent): Promise<void> | undefined {
    if (hasPlace(event)) this.#offset = afterWrap(this.#offset, event.nextOffset)
    const rows = ROW_EVENTS.get(event.type)
    if (rows !== undefined) {
      const table = this.#tables.of(event)
      if (table !== undefined) this.#rows.decode(event, rows, table, this.#emit)
      return undefined
    }
    if (event.type === EVENT.tableMap) return this.#tables.announce(event)
    this.#other(event)
    return undefined
  }

  #other(event: BinlogEvent): void {
    switch (event.type) {
      case EVENT.rotate:
        return this.#rotate(event)
      case EVENT.gtid:
      case EVENT.anonymousGtid:
        // Whether a statement stands alone shows when no BEGIN follows.
        return this.#begin(event, 'statement')
      case EVENT.mariadbGtid: {
        const { gtid, isStandalone } = readMariadbGtid(event, serverIdOf(event))
        this.#gtid = gtid
        return this.#begin(event, isStandalone ? 'statement' : 'transaction')
      }
      case EVENT.query:
        return this.#query(event, readQuery(event))
      case EVENT.mariadbQueryCompressed:
        return this.#query(event, readQuery(event, inflated))
      case EVENT.xid:
        return this.#commit()
      case EVENT.xaPrepare:
        // Whether it will be committed shows only later, maybe never.
        if (this.#hasChanges) throw undecodable('a transaction of XA')
        return this.#commit()
      case EVENT.incident:
        throw new Failure('changes.gap', {
          source: this.#server.source,
          stored: this.#position(this.#offset - event.sizeBytes),
          available: this.#position(this.#offset),
        })
      default: {
        const what = UNKNOWN_ROWS.get(event.type)
        if (what !== undefined) throw undecodable(what)
      }
    }
  }

  #rotate(event: BinlogEvent): void {
    const { name, offset } = readRotate(event)
    this.#file = fileNumber(name)
    this.#offset = offset
    this.#tables.forgetNumbers()
    if (this.#group === 'none') this.#sink.idle(this.#position(offset))
  }

  #begin(event: BinlogEvent, group: Group): void {
    this.#group = group
    this.#hasChanges = false
    this.#sink.begin(event.timestamp * 1000, this.#position(this.#offset - event.sizeBytes))
  }

  #query(event: BinlogEvent, { schema, text }: { readonly schema: string; readonly text: string }): void {
    const statement = statementKind(text)
    switch (statement.kind) {
      case 'begin':
        if (this.#group === 'none') this.#begin(event, 'transaction')
        this.#group = 'transaction'
        return
      case 'commit':
        return this.#commit()
      case 'savepoint':
        return
      case 'truncate': {
        const table = this.#tables.named(statement.schema ?? schema, statement.table)
        if (this.#group === 'none') this.#begin(event, 'statement')
        if (table !== undefined) this.#emit({ kind: 'truncate', table })
        break
      }
      case 'unsafe':
        if (this.#tables.mentions(text)) throw undecodable(`the statement ${text.slice(0, 60)} in place of rows`)
        break
      case 'undone':
        if (this.#hasChanges) throw undecodable('changes that were rolled back after they were written')
        return this.#commit()
      case 'other':
    }
    if (this.#group !== 'transaction') this.#commit()
  }

  #commit(): void {
    if (this.#gtid !== undefined) this.#gtids?.set(this.#gtid)
    this.#gtid = undefined
    this.#group = 'none'
    this.#sink.commit(this.#position(this.#offset))
  }

  #position(offset: number): string {
    const position = { server: this.#server.identity, file: this.#file, offset }
    return printPosition(this.#gtids === undefined ? position : { ...position, gtids: this.#gtids.toString() })
  }
}

/** Events that the server made up for this stream stand nowhere. */
function hasPlace({ type, nextOffset, isArtificial }: BinlogEvent): boolean {
  return nextOffset !== 0 && !isArtificial && type !== EVENT.formatDescription && type !== EVENT.heartbeat
}

/** The place that has these last four bytes and is behind the one before. */
function afterWrap(before: number, lowest: number): number {
  const wrapped = before - (before % TWO_32) + lowest
  return wrapped < before ? wrapped + TWO_32 : wrapped
}

function undecodable(what: string): Failure {
  return new Failure('changes.undecodable', { what })
}
