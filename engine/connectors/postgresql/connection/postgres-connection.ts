import type { Socket } from 'node:net'
import pg, { type Client, type QueryConfig } from 'pg'
import { postgresDialect } from '../../../sql/dialects.ts'
import { join, literal, printSql, type Sql, sql } from '../../../sql/sql.ts'
import type { ReplicationStream } from '../changes/replication-stream.ts'
import { sendCancelRequest } from './cancel-request.ts'
import { clientConfig, type PostgresAccess } from './client-config.ts'
import { CopyIn } from './copy-in.ts'
import { type CopyChunk, CopyOut } from './copy-out.ts'
import { postgresFailure, type Side, sqlState } from './postgres-failure.ts'
import { type Waiting, watchLiveness } from './watch-liveness.ts'

export interface PostgresCall {
  readonly signal?: AbortSignal | undefined
  /** Whether an error is the source's or the target's refusal. Default: the source's. */
  readonly side?: Side
}

export interface PostgresOpening extends PostgresCall {
  /** Opens a connection that can also stream changes (`replicate`). */
  readonly forReplication?: boolean
}

export type TextRow = (string | null)[]

export interface QueryField {
  readonly name: string
  readonly typeId: number
  readonly modifier: number
}

/** Lets the network tell of a dead peer by itself, where it does; `watchLiveness` finds out where it does not. */
const KEEP_ALIVE_DELAY_MS = 10_000
const CLOSE_TIMEOUT_MS = 2_000

/** Every value as the server's text: the driver's own parsers lose digits, zones and infinities. */
const AS_TEXT = { getTypeParser: () => (text: string) => text }

/** A walsender that also takes SQL (documentation, "Streaming Replication Protocol"); the driver's types do not know it. */
const REPLICATION: Readonly<Record<string, string>> = { replication: 'database' }

/** The session's settings that decide how values are written as text, and how soon a dead peer is noticed. */
const SETTINGS: readonly (readonly [string, string | Sql])[] = [
  ['client_encoding', 'UTF8'],
  ['datestyle', 'ISO, YMD'],
  ['intervalstyle', 'postgres'],
  ['timezone', 'UTC'],
  ['extra_float_digits', '3'],
  ['bytea_output', 'hex'],
  ['xmloption', 'content'],
  ['standard_conforming_strings', 'on'],
  ['lc_monetary', 'C'],
  ['tcp_keepalives_idle', '10'],
  ['tcp_keepalives_interval', '5'],
  ['tcp_keepalives_count', '3'],
  // What is noted as stored must be on a disk, also where the server is told to answer before.
  ['synchronous_commit', sql`replace(current_setting('synchronous_commit'), 'off', 'on')`],
]

/** One connection to PostgreSQL. Statements run one after another. Holds the only reference to the driver. */
export class PostgresConnection implements AsyncDisposable {
  readonly #client: Client
  readonly #access: PostgresAccess
  /** Calls under way. */
  #calls = 0
  #copy: CopyIn | undefined
  #isStreaming = false
  readonly #endWatch: () => void

  private constructor(client: Client, access: PostgresAccess) {
    this.#client = client
    this.#access = access
    this.#endWatch = watchLiveness({
      socket: () => client.connection.stream as Socket,
      backendPid: () => this.backendPid,
      waitsFor: () => this.#waitsFor(),
      probe: () => clientConfig(access),
    })
    // An idle connection that breaks reports here; the next statement fails and says so.
    client.on('error', () => undefined)
  }

  /** @throws Failure `source.unavailable`, `source.unauthorized`, `work.cancelled`. */
  static async open(
    access: PostgresAccess,
    { signal, forReplication = false }: PostgresOpening = {},
  ): Promise<PostgresConnection> {
    const context = { connection: access.name, side: 'source' as const, signal }
    if (signal?.aborted === true) throw postgresFailure(undefined, context)
    const client = new pg.Client({
      ...(await clientConfig(access)),
      statement_timeout: access.config.statementTimeoutMs ?? false,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
      types: AS_TEXT,
      ...(forReplication ? REPLICATION : {}),
    })
    const connection = new PostgresConnection(client, access)
    try {
      await client.connect()
      await connection.#applySettings()
      return connection
    } catch (error) {
      connection.destroy()
      throw postgresFailure(error, context)
    }
  }

  async rows(query: Sql, call: PostgresCall = {}): Promise<TextRow[]> {
    const text = printSql(query, postgresDialect)
    const { rows } = await this.#guarded(call, () => this.#client.query<TextRow>({ text, rowMode: 'array' }))
    return rows
  }

  /** The first column of the first row. */
  async value(query: Sql, call: PostgresCall = {}): Promise<string | null> {
    return (await this.rows(query, call))[0]?.[0] ?? null
  }

  /** Names and types of a query's columns; the query does not run. Exactly one statement is taken. */
  async fields(query: Sql, call: PostgresCall = {}): Promise<QueryField[]> {
    const text = `SELECT * FROM (\n${printSql(query, postgresDialect)}\n) AS q LIMIT 0`
    // Only the extended protocol refuses several statements in one text.
    const config: QueryConfig = Object.assign({ text }, { queryMode: 'extended' })
    const { fields } = await this.#guarded(call, () => this.#client.query(config))
    return fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      typeId: dataTypeID,
      modifier: dataTypeModifier,
    }))
  }

  /** Runs a statement for its effect; gives the rows it changed. */
  async run(statement: Sql, call: PostgresCall = {}): Promise<bigint> {
    const text = printSql(statement, postgresDialect)
    const { rowCount } = await this.#guarded(call, () => this.#client.query({ text }))
    return BigInt(rowCount ?? 0)
  }

  /** COPY … TO STDOUT; returns the rows the server sent. When the consumer stops early, the connection is broken off. */
  async *copyOut(statement: Sql, call: PostgresCall = {}): AsyncGenerator<CopyChunk, bigint> {
    const copy = this.#client.query(new CopyOut(printSql(statement, postgresDialect)))
    let isComplete = false
    using scope = new DisposableStack()
    scope.use(this.#cancelOn(call.signal))
    scope.use(this.#waiting())
    try {
      yield* copy.chunks()
      isComplete = true
      return copy.rows
    } catch (error) {
      isComplete = true
      throw postgresFailure(error, { connection: this.#access.name, side: 'source', ...call })
    } finally {
      if (!isComplete) {
        await this.cancel()
        this.destroy()
      }
    }
  }

  /** COPY … FROM STDIN; gives the rows the server took. */
  async copyIn(statement: Sql, bytes: AsyncIterable<Uint8Array>, call: PostgresCall = {}): Promise<bigint> {
    const text = printSql(statement, postgresDialect)
    return this.#guarded({ side: 'target', ...call }, async () => {
      this.#copy = new CopyIn(text, bytes)
      try {
        return await this.#client.query(this.#copy).finished
      } finally {
        this.#copy = undefined
      }
    })
  }

  /** Streams changes until the connection ends; nothing else can be asked of it meanwhile. Needs `forReplication`. */
  replicate(stream: ReplicationStream): void {
    this.#isStreaming = true
    this.#client.query(stream)
  }

  /** Runs `work` in a transaction. On failure it is rolled back, as far as the connection still lives. */
  async transaction<T>(begin: Sql, work: () => Promise<T>, call: PostgresCall = {}): Promise<T> {
    await this.run(begin, call)
    try {
      const result = await work()
      await this.run(sql`COMMIT`, call)
      return result
    } catch (error) {
      await this.run(sql`ROLLBACK`).catch(() => undefined)
      throw error
    }
  }

  get backendPid(): number {
    return backendOf(this.#client).processId
  }

  async cancel(): Promise<void> {
    await sendCancelRequest(this.#access.config, backendOf(this.#client))
  }

  /** Breaks the connection off without a word; the server ends the session and rolls back. */
  destroy(): void {
    this.#endWatch()
    this.#client.connection.stream.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A dead line does not say goodbye.
    const force = setTimeout(() => this.destroy(), CLOSE_TIMEOUT_MS)
    await this.#client.end().catch(() => undefined)
    clearTimeout(force)
    this.#endWatch()
  }

  async #applySettings(): Promise<void> {
    try {
      await this.#client.query(assign(SETTINGS))
    } catch (error) {
      if (sqlState(error) === undefined) throw error
      // A compatible database may not know some of them: those are left out.
      for (const pair of SETTINGS) {
        await this.#client.query(assign([pair])).catch(() => undefined)
      }
    }
  }

  async #guarded<T>(call: PostgresCall, work: () => Promise<T>): Promise<T> {
    const context = { connection: this.#access.name, side: call.side ?? ('source' as const), signal: call.signal }
    if (call.signal?.aborted === true) throw postgresFailure(undefined, context)
    using scope = new DisposableStack()
    scope.use(this.#cancelOn(call.signal))
    scope.use(this.#waiting())
    try {
      return await work()
    } catch (error) {
      throw postgresFailure(error, context)
    }
  }

  #waitsFor(): Waiting {
    if (this.#isStreaming) return 'stream'
    if (this.#copy !== undefined) return this.#copy.isSending ? 'sending' : 'sent'
    return this.#calls > 0 ? 'answer' : 'nothing'
  }

  /** An answer is waited for until it is disposed. */
  #waiting(): Disposable {
    this.#calls++
    return { [Symbol.dispose]: () => void this.#calls-- }
  }

  #cancelOn(signal: AbortSignal | undefined): Disposable {
    const cancel = (): void => void this.cancel()
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    return { [Symbol.dispose]: () => signal?.removeEventListener('abort', cancel) }
  }
}

function assign(pairs: typeof SETTINGS): string {
  const calls = pairs.map(
    ([name, value]) => sql`set_config(${literal(name)}, ${typeof value === 'string' ? literal(value) : value}, false)`,
  )
  return printSql(sql`SELECT ${join(calls)}`, postgresDialect)
}

/** The driver keeps what BackendKeyData said, but its types do not tell. */
function backendOf(client: Client): { processId: number; secretKey: number } {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  return { processId: processID, secretKey }
}
