import { Failure, isFailure } from '../../../contract/failure.ts'
import { literal, sql } from '../../../sql/sql.ts'
import { type ChangeBatch, type ChangeFeed, type ChangeRequest, isBefore, type RowChange } from '../../api/changes.ts'
import { Bell } from '../../shared/changes/bell.ts'
import { ChangeBuffer } from '../../shared/changes/change-buffer.ts'
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { mysqlFailure } from '../connection/mysql-failure.ts'
import { parsePosition, printPosition } from './binlog-position.ts'
import { askServer, type BinlogPlace, type BinlogServer, binlogFiles, findPosition } from './binlog-server.ts'
import { type DumpError, DumpStream, HEARTBEAT_MS } from './dump-stream.ts'
import { StreamTables } from './stream-tables.ts'
import { TransactionLog } from './transaction-log.ts'

const LAG_EVERY_MS = 2_000
const FATAL_READING = 1236

interface FeedParts {
  readonly access: MysqlAccess
  readonly request: ChangeRequest & { readonly from: string }
  readonly server: BinlogServer
  /** Where the stream begins. */
  readonly from: BinlogPlace
  /** Asks the catalogue; the stream's own connection cannot be asked. */
  readonly catalogue: MysqlConnection
  readonly connection: MysqlConnection
}

/** Changes from the binary log. */
export class MysqlFeed implements ChangeFeed {
  readonly #parts: FeedParts
  readonly #buffer: ChangeBuffer
  readonly #stream: DumpStream
  readonly #log: TransactionLog
  readonly #changed = new Bell()
  #idleSinceMs = Date.now()
  #acknowledged: string
  #lagBytes = 0
  #lagAskedMs = 0
  #failed: unknown

  private constructor(parts: FeedParts) {
    const { request, server, from, catalogue, access } = parts
    this.#parts = parts
    this.#buffer = new ChangeBuffer(request)
    this.#acknowledged = request.from
    const { datasets } = request
    const tables = new StreamTables(catalogue, server, { datasets, database: access.config.database })
    this.#log = new TransactionLog(server, from, { tables, sink: this.#sink() })
    this.#stream = new DumpStream(parts.connection.takeSocket(), {
      file: from.name,
      offset: from.offset,
      hasChecksums: server.hasChecksums,
      onChange: () => this.#changed.ring(),
    })
  }

  /**
   * @param found where the position is, when that was just looked up: the server reads a file of its log for it
   * @throws Failure `changes.gap`, `changes.unavailable`
   */
  static async open(
    access: MysqlAccess,
    request: ChangeRequest & { readonly from: string },
    found?: BinlogPlace,
  ): Promise<MysqlFeed> {
    await using stack = new AsyncDisposableStack()
    const catalogue = stack.use(await MysqlConnection.open(access))
    const server = await askServer(catalogue, access.name, request.signal)
    const from = found ?? (await findPosition(catalogue, server, request.from, request.signal))
    const connection = stack.use(await MysqlConnection.open(access))
    const checksums = literal(server.hasChecksums ? 'CRC32' : 'NONE')
    const heartbeat = literal(HEARTBEAT_MS * 1_000_000)
    // MySQL has renamed its own; a variable that nobody reads does no harm. A slow target must not end the stream.
    await connection.execute(
      sql`SET @master_binlog_checksum = ${checksums}, @source_binlog_checksum = ${checksums}, @master_heartbeat_period = ${heartbeat}, @source_heartbeat_period = ${heartbeat}, @mariadb_slave_capability = 4, net_write_timeout = 3600`,
      request.signal,
    )
    const feed = new MysqlFeed({ access, request, server, from, catalogue, connection })
    stack.move()
    return feed
  }

  async next(): Promise<ChangeBatch | undefined> {
    const { request } = this.#parts
    for (;;) {
      if (request.signal?.aborted === true) return undefined
      await this.#decode()
      this.#askLag()
      const nowMs = Date.now()
      const dueInMs = this.#buffer.dueInMs(nowMs)
      const isIdleDue = this.#buffer.idlePosition !== undefined && nowMs - this.#idleSinceMs >= request.idleMs
      if (dueInMs === 0 || isIdleDue) {
        this.#idleSinceMs = nowMs
        return this.#buffer.take(nowMs)
      }
      // What was received whole is handed over before the end of the stream is told.
      if (dueInMs === undefined) this.#assertGoesOn()
      await this.#changed.wait(dueInMs ?? request.idleMs, request.signal)
    }
  }

  acknowledge(position: string): void {
    if (isBefore(this.#acknowledged, position)) this.#acknowledged = position
  }

  lagBytes(): number {
    return this.#lagBytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.close()
    this.#parts.connection.destroy()
    await this.#parts.catalogue[Symbol.asyncDispose]()
  }

  #sink() {
    const { notBefore } = this.#parts.request
    let began = ''
    const isCopied = ({ table }: RowChange): boolean => isBefore(began, notBefore?.get(table.dataset) ?? '')
    return {
      begin: (committedAt: number, position: string) => {
        began = position
        this.#buffer.begin(committedAt)
      },
      change: (change: RowChange) => {
        if (notBefore === undefined || !isCopied(change)) this.#buffer.add(change, Date.now())
      },
      commit: (end: string) => this.#buffer.commit(end),
      idle: (end: string) => this.#buffer.idle(end),
    }
  }

  /** Decodes what has arrived, until the buffer is full. */
  async #decode(): Promise<void> {
    try {
      while (this.#failed === undefined && !this.#buffer.isFull) {
        const event = this.#stream.next()
        if (event === undefined) return
        const waiting = this.#log.take(event)
        if (waiting !== undefined) await waiting
      }
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      this.#failed = isFailure(error) ? error : new Failure('changes.undecodable', { what }, { cause: error })
    }
  }

  #assertGoesOn(): void {
    if (this.#failed !== undefined) throw this.#failure(this.#failed)
    const { ended } = this.#stream
    if (ended === undefined) return
    const { error } = ended
    if (error instanceof Error || error === undefined) {
      throw this.#failure(error ?? new Error('the stream of changes ended'))
    }
    throw this.#refusal(error)
  }

  /** The server tells by one number that it lacks a part of its log, and that another reader has the same number as this one. */
  #refusal({ errno, message }: DumpError): Failure {
    const { access, server, request } = this.#parts
    const isTaken = /same server_?(uu)?id/i.test(message)
    if (errno === FATAL_READING && !isTaken) {
      const available = printPosition({ server: server.identity, file: 0, offset: 0 })
      return new Failure('changes.gap', { source: access.name, stored: request.from, available }, { cause: message })
    }
    if (isTaken) return new Failure('source.unavailable', { source: access.name, reason: message })
    return mysqlFailure(Object.assign(new Error(message), { errno }), { name: access.name, side: 'source' })
  }

  #failure(error: unknown): Failure {
    const { access, request } = this.#parts
    const coded = error instanceof Error && !('code' in error) ? Object.assign(error, LOST) : error
    return mysqlFailure(coded, { name: access.name, side: 'source', aborted: request.signal?.aborted ?? false })
  }

  /** How much of the log was not acknowledged, asked now and then beside the stream. */
  #askLag(): void {
    const nowMs = Date.now()
    if (nowMs - this.#lagAskedMs < LAG_EVERY_MS) return
    this.#lagAskedMs = nowMs
    // The stream itself tells when the server is away.
    void this.#measureLag().catch(() => undefined)
  }

  async #measureLag(): Promise<void> {
    const files = await binlogFiles(this.#parts.catalogue)
    const done = parsePosition(this.#acknowledged)
    if (done === undefined) return
    const left = files.filter(({ number }) => number >= done.file).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    this.#lagBytes = Math.max(0, left - done.offset)
  }
}

/** A socket that closes without a word was lost. */
const LOST = { code: 'PROTOCOL_CONNECTION_LOST' }
