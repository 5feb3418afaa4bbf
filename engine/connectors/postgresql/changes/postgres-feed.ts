import { Failure } from '../../../contract/failure.ts'
import { postgresDialect } from '../../../sql/dialects.ts'
import { literal, printSql, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ChangeBatch, ChangeFeed, ChangeRequest, RowChange } from '../../api/changes.ts'
import { Bell } from '../../shared/changes/bell.ts'
import { ChangeBuffer } from '../../shared/changes/change-buffer.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { PostgresConnection } from '../connection/postgres-connection.ts'
import { postgresFailure } from '../connection/postgres-failure.ts'
import { lsnOf, lsnText, printLsn } from './lsn.ts'
import { PgOutputDecoder } from './pgoutput.ts'
import { type ReplicationSink, ReplicationStream } from './replication-stream.ts'
import { endReaders, slotName } from './slot.ts'
import type { StreamTables } from './stream-tables.ts'

interface FeedParts {
  readonly access: PostgresAccess
  readonly request: ChangeRequest
  readonly tables: StreamTables
  /** Asks the catalogue about types; the stream's own connection cannot be asked. */
  readonly catalogue: PostgresConnection
  readonly connection: PostgresConnection
}

/** Changes from a logical replication slot. */
export class PostgresFeed implements ChangeFeed {
  readonly #parts: FeedParts
  readonly #buffer: ChangeBuffer
  readonly #stream: ReplicationStream
  readonly #changed = new Bell()
  #ended: { readonly error: unknown } | undefined
  #isPaused = false
  #idleSinceMs = performance.now()

  private constructor(parts: FeedParts, from: bigint) {
    this.#parts = parts
    this.#buffer = new ChangeBuffer(parts.request)
    this.#stream = new ReplicationStream(startText(parts.request.reader, from), from, this.#sink())
    parts.connection.replicate(this.#stream)
  }

  static async open(
    access: PostgresAccess,
    request: ChangeRequest & { readonly from: string },
    tables: StreamTables,
  ): Promise<PostgresFeed> {
    await using stack = new AsyncDisposableStack()
    const call = { signal: request.signal }
    const catalogue = stack.use(await PostgresConnection.open(access, call))
    await endReaders(catalogue, slotName(request.reader), call)
    const connection = stack.use(await PostgresConnection.open(access, { ...call, forReplication: true }))
    const feed = new PostgresFeed({ access, request, tables, catalogue, connection }, lsnOf(request.from))
    stack.move()
    return feed
  }

  async next(): Promise<ChangeBatch | undefined> {
    const { request, tables, catalogue } = this.#parts
    for (;;) {
      if (request.signal?.aborted === true) return undefined
      const nowMs = performance.now()
      const dueInMs = this.#buffer.dueInMs(nowMs)
      const isIdleDue = this.#buffer.idlePosition !== undefined && nowMs - this.#idleSinceMs >= request.idleMs
      if (dueInMs === 0 || isIdleDue) {
        const batch = this.#buffer.take(nowMs)
        this.#idleSinceMs = nowMs
        this.#flow()
        await tables.resolve(catalogue, { signal: request.signal })
        return batch
      }
      // What was received whole is handed over before the end of the stream is told.
      if (this.#ended !== undefined && dueInMs === undefined) throw this.#failure(this.#ended.error)
      await this.#changed.wait(dueInMs ?? request.idleMs, request.signal)
    }
  }

  acknowledge(position: string): void {
    this.#stream.acknowledge(lsnOf(position))
  }

  lagBytes(): number {
    const lag = this.#stream.serverEnd - this.#stream.acknowledged
    return lag > 0n ? Number(lag) : 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The stream never ends by itself.
    this.#parts.connection.destroy()
    await this.#parts.catalogue[Symbol.asyncDispose]()
  }

  #sink(): ReplicationSink {
    const { notBefore } = this.#parts.request
    let commitPosition = ''
    const isCopied = ({ table }: RowChange): boolean => commitPosition < (notBefore?.get(table.dataset) ?? '')
    const decoder = new PgOutputDecoder({
      relation: (relation) => this.#parts.tables.announce(relation),
      change: (change) => {
        if (notBefore === undefined || !isCopied(change)) this.#buffer.add(change, performance.now())
      },
      begin: (committedAt, commit) => {
        if (notBefore !== undefined) commitPosition = lsnText(commit)
        this.#buffer.begin(committedAt)
      },
      commit: (end) => this.#buffer.commit(lsnText(end)),
    })
    return {
      message: (bytes, start) => {
        if (this.#ended === undefined) this.#decode(decoder, bytes, start)
      },
      idle: (serverEnd) => {
        this.#buffer.idle(lsnText(serverEnd))
        this.#changed.ring()
      },
      ended: (error) => this.#end(error),
    }
  }

  #decode(decoder: PgOutputDecoder, bytes: Buffer, start: number): void {
    try {
      decoder.decode(bytes, start)
    } catch (error) {
      this.#end(error)
      this.#parts.connection.destroy()
    }
    this.#flow()
    this.#changed.ring()
  }

  /** Stops the source from sending while the buffer is full. */
  #flow(): void {
    const isFull = this.#buffer.isFull
    if (isFull === this.#isPaused) return
    this.#isPaused = isFull
    if (isFull) this.#stream.pause()
    else this.#stream.resume()
  }

  #end(error: unknown): void {
    this.#ended ??= { error }
    this.#changed.ring()
  }

  #failure(error: unknown): Failure {
    if (error instanceof Failure) return error
    const { access, request } = this.#parts
    return postgresFailure(error ?? new Error('the stream of changes ended'), {
      connection: access.name,
      side: 'source',
      signal: request.signal,
    })
  }
}

/** Positions before what the slot has confirmed are moved up to it by the server, so a gap must be looked for before. */
function startText(reader: string, from: bigint): string {
  const slot: Sql = { parts: [{ kind: 'identifier', name: slotName(reader) }] }
  const publication = literal(`"${slotName(reader)}"`)
  const statement = sql`START_REPLICATION SLOT ${slot} LOGICAL ${trusted(printLsn(from))} (proto_version '1', publication_names ${publication})`
  return printSql(statement, postgresDialect)
}
