import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Failure } from '../../../contract/failure.ts'
import type { SegmentDialect } from '../../../duck/segment.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { LoadColumn } from '../types/load-column.ts'

/** What LOAD DATA reads with ENCLOSED BY and no escapes: NULL is the bare word, quotes are doubled. */
export const LOAD_SEGMENT: SegmentDialect = { delimiter: ',', quote: '"', escape: '"', nullText: 'NULL' }

const READ_BYTES = 1024 * 1024

interface LoadTarget {
  readonly dataset: string
  readonly stage: Sql
  readonly columns: readonly LoadColumn[]
  /** Keys of the load as the target names them. */
  readonly keys: readonly string[]
  readonly signal?: AbortSignal
}

/** How the text of a stream is written. */
type LoadFormat = 'segment' | 'pg-text'

interface LoadJob {
  readonly format: LoadFormat
  readonly open: () => Readable
  readonly done: PromiseWithResolvers<bigint>
}

/** Loads files and streams into a stage over several connections at a time, in no particular order. */
export class LoadQueue {
  readonly #connections: readonly MysqlConnection[]
  readonly #target: LoadTarget
  readonly #waiting: LoadJob[] = []
  readonly #idle: MysqlConnection[]
  #running = 0
  #rows = 0n
  #failure: unknown
  #changed = Promise.withResolvers<void>()

  constructor(connections: readonly MysqlConnection[], target: LoadTarget) {
    this.#connections = connections
    this.#idle = [...connections]
    this.#target = target
  }

  /** Loads a segment file and removes it. Its failure shows in `room` and `drain`. */
  addFile(path: string): void {
    const open = (): Readable =>
      createReadStream(path, { highWaterMark: READ_BYTES }).once('close', () => void rm(path, { force: true }))
    this.#add('segment', open).catch(() => undefined)
  }

  /** Loads a stream. @returns its rows once the server has taken them all. */
  addStream(format: LoadFormat, bytes: AsyncIterable<Uint8Array>): Promise<bigint> {
    return this.#add(format, () => Readable.from(bytes, { objectMode: false, highWaterMark: READ_BYTES }))
  }

  /** Waits until at most `files` wait for a connection. @throws the first failure of any load. */
  async room(files: number): Promise<void> {
    while (this.#failure === undefined && this.#waiting.length > files) await this.#changed.promise
    if (this.#failure !== undefined) throw this.#failure
  }

  /** Waits for every load. @returns rows the server has taken since the queue was made. @throws the first failure. */
  async drain(): Promise<bigint> {
    while (this.#failure === undefined && this.#waiting.length + this.#running > 0) await this.#changed.promise
    if (this.#failure !== undefined) throw this.#failure
    return this.#rows
  }

  /** Ends the connections; loads that still run are stopped on the server. */
  async close(): Promise<void> {
    this.#fail(new Failure('work.cancelled', { what: this.#target.dataset }))
    const isRunning = this.#running > 0
    await Promise.all(
      this.#connections.map((connection) => (isRunning ? connection.abandon() : connection[Symbol.asyncDispose]())),
    )
  }

  #add(format: LoadFormat, open: () => Readable): Promise<bigint> {
    const job = { format, open, done: Promise.withResolvers<bigint>() }
    if (this.#failure === undefined) this.#waiting.push(job)
    else job.done.reject(this.#failure)
    this.#startNext()
    return job.done.promise
  }

  #startNext(): void {
    if (this.#failure !== undefined || this.#waiting.length === 0) return
    const connection = this.#idle.pop()
    if (connection === undefined) return
    const job = this.#waiting.shift()
    if (job === undefined) return
    this.#running++
    void this.#load(connection, job)
  }

  async #load(connection: MysqlConnection, { format, open, done }: LoadJob): Promise<void> {
    const stream = open()
    try {
      const statement = loadStatement(this.#target, format)
      const { affectedRows, warnings } = await connection.load(statement, stream, this.#target.signal)
      if (warnings > 0) await refuse(connection, this.#target)
      this.#rows += affectedRows
      this.#idle.push(connection)
      done.resolve(affectedRows)
    } catch (error) {
      done.reject(error)
      stream.destroy()
      this.#fail(error)
    }
    this.#running--
    this.#startNext()
    this.#signalChange()
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    for (const { done } of this.#waiting.splice(0)) done.reject(this.#failure)
    this.#signalChange()
  }

  #signalChange(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}

/** LOCAL makes the server warn where it would fail otherwise; every warning means that a value or row is not what was sent. */
function loadStatement({ stage, columns }: LoadTarget, format: LoadFormat): Sql {
  const fields = columns.map(({ target, set }, i) => (set === undefined ? id(target.name) : variable(i)))
  const sets = columns.flatMap(({ target, set }, i) =>
    set === undefined ? [] : [sql`${id(target.name)} = ${set(variable(i))}`],
  )
  const setting = sets.length === 0 ? sql`` : sql` SET ${join(sets)}`
  return sql`LOAD DATA LOCAL INFILE 'runnel' INTO TABLE ${stage} CHARACTER SET utf8mb4 ${trusted(DIALECTS[format])} (${join(fields)})${setting}`
}

function variable(i: number): Sql {
  return trusted(`@runnel_${i}`)
}

const DIALECTS: Readonly<Record<LoadFormat, string>> = {
  segment: `FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '' LINES TERMINATED BY '\\n'`,
  'pg-text': `FIELDS TERMINATED BY '\\t' ENCLOSED BY '' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'`,
}

async function refuse(connection: MysqlConnection, { dataset, keys }: LoadTarget): Promise<never> {
  const { rows } = await connection.rows(sql`SHOW WARNINGS LIMIT 3`)
  const [, code = '', message = ''] = rows[0] ?? []
  const list = keys.join(', ')
  const isKey = keys.some((key) => message?.includes(`'${key}'`) === true)
  if (code === '1062' && keys.length > 0) {
    throw new Failure('write.duplicate_key', { dataset, keys: list, examples: message ?? '' })
  }
  if ((code === '1263' || code === '1048') && isKey) {
    throw new Failure('write.null_key', { dataset, keys: list, rows: '1 or more' })
  }
  const reason = rows.map(([, , text]) => text).join('; ')
  throw new Failure('target.rejected', { target: dataset, reason })
}
