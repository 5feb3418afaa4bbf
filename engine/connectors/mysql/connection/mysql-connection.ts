import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import mysql, {
  type Connection,
  type ConnectionOptions,
  type FieldPacket,
  type ResultSetHeader,
  type RowDataPacket,
} from 'mysql2'
import type { Secret } from '../../../base/secret.ts'
import { Failure } from '../../../contract/failure.ts'
import { mysqlDialect } from '../../../sql/dialects.ts'
import { literal, printSql, type Sql, sql } from '../../../sql/sql.ts'
import type { MysqlConfig } from '../config.ts'
import { type FailureContext, mysqlFailure } from './mysql-failure.ts'
import { type RowPacket, type RowStream, streamRows } from './row-stream.ts'
import { type ServerField, serverField } from './server-field.ts'
import { socketOf, watchLiveness } from './watch-liveness.ts'

/** How to reach the server; the secret is asked for at each connect. */
export interface MysqlAccess {
  readonly name: string
  readonly config: MysqlConfig
  readonly password: () => Promise<Secret | undefined>
}

export interface MysqlRows {
  readonly fields: readonly ServerField[]
  readonly rows: readonly (readonly (string | null)[])[]
}

export interface MysqlResult {
  readonly affectedRows: bigint
  readonly warnings: number
  readonly info: string
}

/**
 * Session settings that give every server the same meaning: UTF-8, UTC, backslash escapes on, double quotes for text, strict
 * writes, and 0 in an auto-increment column kept as 0.
 */
const SQL_MODE = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'

/** One connection. Calls queue on it; an abort kills the statement on the server through a second connection. */
export class MysqlConnection implements AsyncDisposable {
  readonly #driver: Connection
  readonly #access: MysqlAccess
  readonly #context: Omit<FailureContext, 'aborted'>
  readonly #stopWatching: () => void
  #closed = false
  /** Calls that wait for the server. */
  #busy = 0

  private constructor(driver: Connection, access: MysqlAccess, side: FailureContext['side']) {
    this.#driver = driver
    this.#access = access
    this.#context = { name: access.name, side }
    // A broken connection also reaches the call that waits for it; without a listener it would end the process.
    driver.on('error', () => undefined)
    this.#stopWatching = watchLiveness(
      driver,
      () => this.#busy > 0,
      () => openDriver(access),
    )
  }

  /** @throws Failure `source.unavailable`, `source.unauthorized`. */
  static async open(access: MysqlAccess, side: FailureContext['side'] = 'source'): Promise<MysqlConnection> {
    try {
      const connection = new MysqlConnection(await openDriver(access), access, side)
      await connection.execute(
        sql`SET SESSION sql_mode = ${literal(SQL_MODE)}, time_zone = '+00:00', group_concat_max_len = 1048576, max_error_count = 64`,
      )
      return connection
    } catch (error) {
      throw mysqlFailure(error, { name: access.name, side })
    }
  }

  /** The connection's number on the server. */
  get threadId(): number {
    return this.#driver.threadId
  }

  /** A small result, every value as the server's text. */
  async rows(statement: Sql, signal?: AbortSignal): Promise<MysqlRows> {
    const text = printSql(statement, mysqlDialect)
    return this.#guarded(signal, (resolve, reject) => {
      this.#driver.query<RowDataPacket[][]>(
        {
          sql: text,
          rowsAsArray: true,
          typeCast: (field: { string(encoding: string): string | null }) => field.string('utf8'),
        },
        (error: Error | null, rows: unknown, fields: FieldPacket[]) =>
          error === null ? resolve({ fields: (fields ?? []).map(serverField), rows: textRows(rows) }) : reject(error),
      )
    })
  }

  /** The columns a SELECT would have. The server prepares it and runs nothing: a query may take hours. */
  async fields(statement: Sql, signal?: AbortSignal): Promise<readonly ServerField[]> {
    const text = printSql(statement, mysqlDialect)
    return this.#guarded(signal, (resolve, reject) => {
      this.#driver.prepare(text, (error, prepared) => {
        if (error !== null) return reject(error)
        resolve(preparedFields(prepared))
        this.#driver.unprepare(text)
      })
    })
  }

  /** The one value of a one-row result, NULL and no row as null. */
  async value(statement: Sql, signal?: AbortSignal): Promise<string | null> {
    return (await this.rows(statement, signal)).rows[0]?.[0] ?? null
  }

  async execute(statement: Sql, signal?: AbortSignal): Promise<MysqlResult> {
    return this.#send({ sql: printSql(statement, mysqlDialect) }, signal)
  }

  /** Runs a LOAD DATA LOCAL statement; the server gets `input` whatever file it asks for. */
  async load(statement: Sql, input: Readable, signal?: AbortSignal): Promise<MysqlResult> {
    return this.#send({ sql: printSql(statement, mysqlDialect), infileStreamFactory: () => input }, signal)
  }

  /** Runs a query whose rows stay bytes, see `streamRows`. Nothing else may be asked of the connection until it ended. */
  stream(text: string, onRow: (packet: RowPacket) => boolean): RowStream {
    const stream = streamRows(this.#driver, text, onRow)
    const release = (): void => void this.#busy--
    this.#busy++
    void stream.ended.then(release, release)
    return stream
  }

  /** Gives the socket away, without the driver: nothing can be asked of the connection any more. */
  takeSocket(): Socket {
    this.#closed = true
    this.#stopWatching()
    const socket = socketOf(this.#driver)
    socket.pause()
    socket.removeAllListeners('data')
    return socket
  }

  /** Stops what the connection is doing, on the server too; the connection is of no use afterwards. */
  async abandon(): Promise<void> {
    const thread = this.threadId
    this.destroy()
    await this.#kill(sql`KILL ${literal(thread)}`)
  }

  destroy(): void {
    this.#closed = true
    this.#stopWatching()
    // The driver only says goodbye; a socket that is paused or dead would stay open.
    socketOf(this.#driver).destroy()
    this.#driver.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopWatching()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#driver.end(() => resolve())
    const force = setTimeout(resolve, 2_000)
    await promise
    clearTimeout(force)
    this.#driver.destroy()
  }

  failure(error: unknown, signal?: AbortSignal): Failure {
    return mysqlFailure(error, { ...this.#context, aborted: signal?.aborted ?? false })
  }

  #send(
    options: { sql: string; infileStreamFactory?: () => Readable },
    signal: AbortSignal | undefined,
  ): Promise<MysqlResult> {
    return this.#guarded(signal, (resolve, reject) => {
      this.#driver.query<ResultSetHeader>(options, (error: Error | null, result: ResultSetHeader) => {
        if (error !== null) return reject(error)
        const warnings = 'warningStatus' in result ? result.warningStatus : 0
        resolve({ affectedRows: BigInt(result.affectedRows), warnings, info: result.info })
      })
    })
  }

  async #guarded<T>(
    signal: AbortSignal | undefined,
    start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ): Promise<T> {
    if (this.#closed) throw this.failure(Object.assign(new Error('the connection is closed'), { code: 'EPIPE' }))
    if (signal?.aborted) throw new Failure('work.cancelled', { what: this.#access.name })
    const kill = (): void => void this.#kill(sql`KILL QUERY ${literal(this.threadId)}`)
    signal?.addEventListener('abort', kill, { once: true })
    this.#busy++
    try {
      return await new Promise<T>(start)
    } catch (error) {
      throw this.failure(error, signal)
    } finally {
      this.#busy--
      signal?.removeEventListener('abort', kill)
    }
  }

  /** Without a second connection nothing can be killed; then the broken socket has to do. */
  async #kill(statement: Sql): Promise<void> {
    try {
      const killer = await openDriver(this.#access)
      killer.on('error', () => undefined)
      killer.query(printSql(statement, mysqlDialect), () => killer.destroy())
    } catch {
      this.#driver.destroy()
    }
  }
}

async function openDriver({ config, password }: MysqlAccess): Promise<Connection> {
  const secret = await password()
  const options: ConnectionOptions = {
    host: config.host,
    port: config.port,
    user: config.user,
    charset: 'utf8mb4_general_ci',
    connectTimeout: config.connectTimeoutMs,
    multipleStatements: false,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    ...(secret === undefined ? {} : { password: secret.reveal() }),
    ...(config.database === undefined ? {} : { database: config.database }),
    ...(config.tls === 'off'
      ? {}
      : { ssl: { rejectUnauthorized: config.tls === 'verify', verifyIdentity: config.tls === 'verify' } }),
  }
  const driver = mysql.createConnection(options)
  const { promise, resolve, reject } = Promise.withResolvers<Connection>()
  driver.connect((error) => (error === null ? resolve(driver) : reject(error)))
  return promise
}

/** With `rowsAsArray` and the cast to text the driver gives exactly this; a statement without a result gives a header instead. */
function textRows(rows: unknown): (string | null)[][] {
  return Array.isArray(rows) ? rows : []
}

/** Columns of a prepared statement, which the driver's typings leave out. */
function preparedFields(prepared: object): ServerField[] {
  const { columns } = prepared as { readonly columns: FieldPacket[] }
  return columns.map(serverField)
}
