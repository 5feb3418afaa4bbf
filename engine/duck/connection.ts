import type { DuckDBConnection, DuckDBInstance, DuckDBResult } from '@duckdb/node-api'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { Cell, Page } from '../contract/page.ts'
import { duckDialect } from '../sql/dialects.ts'
import { printSql, type Sql, sql } from '../sql/sql.ts'
import { toCells } from './cells.ts'
import type { Duck, DuckCall } from './duck.ts'
import { duckFailure } from './duck-failure.ts'

interface DuckConnectionParts {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly spillDirectory: string
  /** Called when the connection is disposed: closes the database for the first connection, nothing for others. */
  readonly close: () => Promise<void>
}

const INTERRUPT_AGAIN_MS = 50

/** The only class that holds DuckDB's objects. */
export class DuckConnection implements Duck {
  readonly spillDirectory: string
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #close: () => Promise<void>
  /** DuckDB interrupts a connection, not a statement; one at a time keeps an abort from hitting its neighbour. */
  #tail: Promise<unknown> = Promise.resolve()

  constructor(parts: DuckConnectionParts) {
    this.#instance = parts.instance
    this.#connection = parts.connection
    this.#close = parts.close
    this.spillDirectory = parts.spillDirectory
  }

  async run(statement: Sql, call: DuckCall = {}): Promise<bigint> {
    const text = printSql(statement, duckDialect)
    const result = await this.#exclusive(text, call, () => this.#connection.run(text))
    return BigInt(result.rowsChanged)
  }

  async rows(query: Sql, call: DuckCall = {}): Promise<Page> {
    const text = printSql(query, duckDialect)
    return this.#exclusive(text, call, async () => {
      const result = await this.#connection.run(text)
      const rows: Page['rows'] = []
      for (const chunk of await result.fetchAllChunks()) rows.push(...toCells(chunk))
      return { columns: columnsOf(result), rows }
    })
  }

  async value(query: Sql, call: DuckCall = {}): Promise<string | null> {
    const { rows } = await this.rows(query, call)
    const cell = rows[0]?.[0] ?? null
    return cell === null ? null : asText(cell)
  }

  async columns(query: Sql): Promise<Column[]> {
    const { rows } = await this.rows(sql`DESCRIBE ${query}`)
    return rows.map(([name, type]) => ({ name: asText(name ?? null), type: asText(type ?? null) }))
  }

  async *blocks(query: Sql, call: DuckCall = {}): AsyncGenerator<Page['rows']> {
    const text = printSql(query, duckDialect)
    // A stream holds the connection until it ends, so it takes its place in the line for all of that time.
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    const before = this.#tail
    this.#tail = finished
    await before.catch(() => undefined)
    try {
      const result = await guarded(this.#connection, text, call, () => this.#connection.stream(text))
      for (;;) {
        const chunk = await guarded(this.#connection, text, call, () => result.fetchChunk())
        if (chunk === null || chunk.rowCount === 0) return
        yield toCells(chunk)
      }
    } finally {
      finish()
    }
  }

  async connect(): Promise<Duck> {
    const connection = await this.#instance.connect()
    return new DuckConnection({
      instance: this.#instance,
      connection,
      spillDirectory: this.spillDirectory,
      close: () => Promise.resolve(),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tail.catch(() => undefined)
    this.#connection.closeSync()
    await this.#close()
  }

  #exclusive<T>(text: string, call: DuckCall, work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.catch(() => undefined).then(() => guarded(this.#connection, text, call, work))
    this.#tail = mine
    return mine
  }
}

async function guarded<T>(
  connection: DuckDBConnection,
  text: string,
  { signal }: DuckCall,
  work: () => Promise<T>,
): Promise<T> {
  if (text.includes('\0'))
    throw new Failure('sql.invalid', { reason: 'text with a NUL character', sql: text.slice(0, 200) })
  if (signal?.aborted) throw new Failure('work.cancelled', { what: 'statement' })
  let again: NodeJS.Timeout | undefined
  // DuckDB forgets an interrupt that comes before the statement really began, so it is repeated until the statement ended.
  const interrupt = (): void => {
    connection.interrupt()
    again ??= setInterval(() => connection.interrupt(), INTERRUPT_AGAIN_MS)
  }
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    return await work()
  } catch (error) {
    throw signal?.aborted
      ? new Failure('work.cancelled', { what: 'statement' }, { cause: error })
      : duckFailure(error, text)
  } finally {
    clearInterval(again)
    signal?.removeEventListener('abort', interrupt)
  }
}

function asText(cell: Cell): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

function columnsOf(result: DuckDBResult): Column[] {
  return result.columnNames().map((name, i) => ({ name, type: result.columnType(i).toString() }))
}
