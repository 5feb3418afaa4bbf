import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Sql } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

const READ_BYTES = 256 * 1024

type CopyConnection = Pick<PostgresConnection, 'copyIn'> & AsyncDisposable

interface CopyQueueRequest {
  /** A COPY … FROM STDIN of CSV. */
  readonly statement: Sql
  /** The first to copy on; stays the caller's, who leaves it alone until `drain` or `close` has settled. */
  readonly connection: CopyConnection
  /** Opens a further one. */
  readonly open: () => Promise<CopyConnection>
  /** Most connections at a time, with the first. */
  readonly connections: number
  readonly call: PostgresCall
}

/** Copies files into a table over several connections at a time, in no particular order, while the next ones are made. */
export class CopyQueue {
  readonly #request: CopyQueueRequest
  readonly #waiting: string[] = []
  readonly #idle: CopyConnection[]
  readonly #opened = new AsyncDisposableStack()
  readonly #lanes = new Set<Promise<void>>()
  #rows = 0n
  #failure: { readonly error: unknown } | undefined
  #changed = Promise.withResolvers<void>()

  constructor(request: CopyQueueRequest) {
    this.#request = request
    this.#idle = [request.connection]
  }

  /** Copies a file and removes it. Its failure shows in `room` and `drain`. */
  add(file: string): void {
    this.#waiting.push(file)
    this.#start()
  }

  /** Waits until at most `files` wait for a connection. @throws the first failure of any copy. */
  async room(files: number): Promise<void> {
    while (this.#failure === undefined && this.#waiting.length > files) await this.#changed.promise
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Waits for every copy. @returns rows the server has taken since the queue was made. @throws the first failure. */
  async drain(): Promise<bigint> {
    while (this.#lanes.size > 0) await this.#changed.promise
    if (this.#failure !== undefined) throw this.#failure.error
    return this.#rows
  }

  /** Stops what still runs and ends the further connections. */
  async close(): Promise<void> {
    this.#failure ??= { error: new Error('the load was given up') }
    while (this.#lanes.size > 0) await this.#changed.promise
    await this.#opened.disposeAsync()
  }

  #start(): void {
    const isFull = this.#lanes.size >= this.#request.connections
    if (this.#failure !== undefined || this.#waiting.length === 0 || isFull) return
    const lane = this.#lane().finally(() => {
      this.#lanes.delete(lane)
      // A file may have come after the lane last looked.
      this.#start()
      this.#signalChange()
    })
    this.#lanes.add(lane)
  }

  /** One connection copies one file after another until none waits. Never rejects. */
  async #lane(): Promise<void> {
    try {
      const { statement, open, call } = this.#request
      const connection = this.#idle.pop() ?? this.#opened.use(await open())
      while (this.#failure === undefined) {
        const file = this.#waiting.shift()
        if (file === undefined) break
        const taken = await connection.copyIn(statement, this.#bytes(file), call)
        // Not in one statement: `+=` would keep the sum from before the wait, and other connections add to it meanwhile.
        this.#rows += taken
        await rm(file, { force: true })
        this.#signalChange()
      }
      this.#idle.push(connection)
    } catch (error) {
      this.#failure ??= { error }
    }
  }

  /** Throws when the load was given up, which makes the server forget the copy. */
  async *#bytes(file: string): AsyncGenerator<Uint8Array> {
    for await (const bytes of createReadStream(file, { highWaterMark: READ_BYTES })) {
      if (this.#failure !== undefined) throw this.#failure.error
      yield bytes as Uint8Array
    }
  }

  #signalChange(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}
