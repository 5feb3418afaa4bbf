import { rm } from 'node:fs/promises'
import type { Column } from '../../../contract/column.ts'
import type { Duck } from '../../../duck/duck.ts'
import { CSV_SEGMENT, type SegmentDialect, scanSegments } from '../../../duck/segment.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { Reading, ReadingPart, ReadProgress } from '../../api/reading.ts'
import type { MysqlSource } from '../config.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { RowPacket, RowStream } from '../connection/row-stream.ts'
import { RejectFile } from './reject-file.ts'
import { decodeRow, RowEncoder } from './row-encoder.ts'
import { type Segment, SegmentSink } from './segment-sink.ts'
import type { SourceColumn } from './source-relation.ts'

/** Like CSV_SEGMENT, but NULL is `\N`: an empty line would not be a row of one column. */
export const MYSQL_SEGMENT: SegmentDialect = { ...CSV_SEGMENT, nullText: '\\N' }

/** Finished segments that may wait for DuckDB before the server is held back. */
const WAITING_SEGMENTS = 2
const PROGRESS_EVERY_MS = 250

interface SegmentReadingRequest {
  readonly connection: MysqlConnection
  readonly duck: Duck
  readonly columns: readonly SourceColumn[]
  readonly key: readonly string[]
  readonly options: MysqlSource
  readonly warnings: readonly string[]
  /** The connection stays open when all was read. */
  readonly isBorrowed: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadProgress) => void
  readonly expectedRows?: number
}

/** Rows of one result, arriving as segment files while DuckDB reads the ones before. */
export class SegmentReading implements Reading {
  readonly columns: readonly Column[]
  readonly warnings: readonly string[]
  readonly parts: AsyncIterable<ReadingPart>
  readonly #request: SegmentReadingRequest
  readonly #encoder: RowEncoder
  readonly #sink: SegmentSink
  readonly #waiting: Segment[] = []
  readonly #rejects: RejectFile
  #block: Buffer
  #blockRows = 0
  #blockLongest = 0
  #rows = 0
  #rejected = 0
  #bytes = 0
  #reportedAt = 0
  #ended = false
  #failure: unknown
  #stream: RowStream | undefined
  #changed = Promise.withResolvers<void>()
  #disposed = false
  #stopped = false
  readonly #onAbort = (): void => void this.#stop()

  constructor(request: SegmentReadingRequest) {
    this.#request = request
    this.columns = request.columns.map(({ column }) => column)
    this.warnings = request.warnings
    this.parts = { [Symbol.asyncIterator]: () => this.#iterate() }
    this.#encoder = new RowEncoder(
      request.columns.map(({ mapping }) => mapping.form),
      request.options.invalidDates,
    )
    this.#rejects = new RejectFile(request.duck.spillDirectory)
    this.#sink = new SegmentSink(
      request.duck.spillDirectory,
      (segment) => {
        this.#waiting.push(segment)
        this.#signalChange()
      },
      () => this.#resumeIfRoom(),
    )
    this.#block = this.#sink.block()
    this.#encoder.target(this.#block)
  }

  /** Sends the query; rows flow into segments from here on, until the segments that wait are enough. */
  start(text: string): void {
    this.#request.signal?.addEventListener('abort', this.#onAbort, { once: true })
    const stream = this.#request.connection.stream(text, (packet) => this.#take(packet))
    this.#stream = stream
    void this.#finish(stream)
    if (this.#request.signal?.aborted) this.#onAbort()
  }

  counts(): { rows: bigint; rejected: bigint; bytes: bigint } {
    return { rows: BigInt(this.#rows), rejected: BigInt(this.#rejected), bytes: BigInt(this.#bytes) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
    if (!this.#ended || this.#failure !== undefined) await this.#stop()
    else if (!this.#request.isBorrowed) await this.#request.connection[Symbol.asyncDispose]()
    await this.#sink.discard()
    await this.#rejects.remove()
    await Promise.all(this.#waiting.map(({ path }) => rm(path, { force: true })))
  }

  async #finish(stream: RowStream): Promise<void> {
    try {
      await stream.ended
      this.#giveBlock()
      await this.#sink.finish()
      await this.#rejects.finish()
    } catch (error) {
      this.#failure ??= this.#request.connection.failure(error, this.#request.signal)
    }
    this.#ended = true
    this.#report(true)
    this.#signalChange()
  }

  async #stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#failure ??= this.#request.connection.failure(new Error('the reading was stopped'), this.#request.signal)
    this.#signalChange()
    await this.#request.connection.abandon()
  }

  #take(packet: RowPacket): boolean {
    const needed = this.#encoder.maxLineBytes(packet)
    if (this.#encoder.length + needed > this.#block.length) this.#nextBlock(needed)
    const before = this.#encoder.length
    this.#rows++
    this.#bytes += packet.end - packet.offset
    if (this.#encoder.encode(packet)) {
      this.#blockRows++
      this.#blockLongest = Math.max(this.#blockLongest, this.#encoder.length - before)
    } else {
      this.#reject(packet)
    }
    return this.#hasRoom()
  }

  #nextBlock(needed: number): void {
    this.#giveBlock()
    this.#block = this.#sink.block(needed)
    this.#encoder.target(this.#block)
    this.#report(false)
  }

  #giveBlock(): void {
    if (this.#encoder.length > 0) {
      this.#sink.write(this.#block, this.#encoder.length, {
        rows: this.#blockRows,
        longestLineBytes: this.#blockLongest,
        hasQuotedNewlines: this.#encoder.hasQuotedNewlines,
      })
    }
    this.#blockRows = 0
    this.#blockLongest = 0
  }

  #hasRoom(): boolean {
    return !this.#sink.isFull && this.#waiting.length < WAITING_SEGMENTS
  }

  #resumeIfRoom(): void {
    if (this.#hasRoom() && !this.#ended) this.#stream?.resume()
  }

  #reject(packet: RowPacket): void {
    this.#rejected++
    const { columns, key } = this.#request
    const values = decodeRow(
      packet,
      columns.map(({ mapping }) => mapping.form),
    )
    const row = Object.fromEntries(columns.map(({ column }, i) => [column.name, values[i] ?? null]))
    const invalid = this.#encoder.invalid
    const isKeyed = key.length > 0 && key.every((name) => Object.hasOwn(row, name))
    this.#rejects.add({
      rule: 'mysql.invalid_date',
      column: columns[invalid?.column ?? 0]?.column.name ?? null,
      value: invalid?.value ?? null,
      reason: 'no calendar has this date; the source option invalidDates can read it as NULL or as text',
      locator: isKeyed ? JSON.stringify(Object.fromEntries(key.map((name) => [name, row[name]]))) : null,
      raw: JSON.stringify(row),
    })
  }

  #report(isLast: boolean): void {
    const { onProgress, expectedRows } = this.#request
    if (onProgress === undefined || (!isLast && Date.now() - this.#reportedAt < PROGRESS_EVERY_MS)) return
    this.#reportedAt = Date.now()
    const fraction =
      expectedRows === undefined || expectedRows === 0 ? {} : { fraction: Math.min(1, this.#rows / expectedRows) }
    onProgress({ rows: BigInt(this.#rows), bytes: BigInt(this.#bytes), ...fraction })
  }

  #signalChange(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }

  async *#iterate(): AsyncGenerator<ReadingPart> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure
      const segment = this.#waiting.shift()
      if (segment !== undefined) {
        this.#resumeIfRoom()
        try {
          yield { relation: this.#scan(segment) }
        } finally {
          await rm(segment.path, { force: true })
        }
        continue
      }
      if (this.#ended) break
      await this.#changed.promise
    }
    if (this.#rejected > 0) yield { relation: this.#emptyRelation(), rejects: this.#rejects.relation() }
  }

  /** Bytes are hex in the file. */
  #scan(segment: Segment): Sql {
    const { columns } = this.#request
    const inFile = columns.map(({ column, mapping }) => ({
      name: column.name,
      type: mapping.form === 'hex' ? 'VARCHAR' : column.type,
    }))
    const scan = scanSegments([segment.path], inFile, MYSQL_SEGMENT, segment)
    if (columns.every(({ mapping }) => mapping.form !== 'hex')) return scan
    const values = columns.map(({ column: { name }, mapping }) =>
      mapping.form === 'hex' ? sql`unhex(${id(name)}) AS ${id(name)}` : id(name),
    )
    return sql`SELECT ${join(values)} FROM (${scan})`
  }

  #emptyRelation(): Sql {
    return sql`SELECT ${join(this.columns.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
  }
}
