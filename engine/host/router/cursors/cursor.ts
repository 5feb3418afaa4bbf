import { newId } from '../../../base/ids.ts'
import type { Column } from '../../../contract/column.ts'
import type { Arrangement, CursorPage, Opened } from '../../../contract/cursor.ts'
import { Failure, toFailure } from '../../../contract/failure.ts'
import type { Cell } from '../../../contract/page.ts'
import { REJECT_COLUMNS, type Reject, rejectSchema } from '../../../contract/reject.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { type Arranged, arrange } from './arrange.ts'
import { readPage } from './page.ts'
import { holding, type RowStore } from './row-store.ts'

/** Rows on their way in, and all that must be closed with them. */
export interface OpenRows {
  readonly duck: Duck
  readonly store: RowStore
  /** Rows that could not be read so far: a query of REJECT_COLUMNS, and how many. */
  rejects(): { readonly query: Sql | undefined; readonly count: bigint }
  warnings(): readonly string[]
  /** No more than so many rows were asked of the source. */
  readonly limitRows?: number
  readonly facts: Pick<Opened, 'encoding' | 'detected' | 'snapshotTakenAt'>
  /**
   * Has the source itself order and choose its rows. Undefined when they can be arranged here: all of them are, or it cannot.
   */
  readonly rearrange?: (arrangement: Arrangement, signal?: AbortSignal) => Promise<Arranged | undefined>
  /** Stops reading and closes the source and DuckDB. */
  close(): Promise<void>
}

export interface PageRequest {
  readonly offset: bigint
  readonly limit: number
}

/** A page is answered with what there is after this. */
const WAIT_MS = 2_000
const OPEN_WAIT_MS = 300
/** A grid asks for a few pages at once; more are left over from where it has been. */
const MOST_CALLS = 4

/** One open result. Its calls may overlap. */
export class Cursor implements AsyncDisposable {
  readonly id = newId()
  readonly #rows: OpenRows
  readonly #reader: Duck
  #arranged: Arranged | undefined
  #calls: AbortController[] = []

  private constructor(rows: OpenRows, reader: Duck) {
    this.#rows = rows
    this.#reader = reader
  }

  /** Takes the rows over: they are closed when this fails. */
  static async open(rows: OpenRows, arrangement: Arrangement, signal?: AbortSignal): Promise<Cursor> {
    try {
      const cursor = new Cursor(rows, await rows.duck.connect())
      cursor.#arranged = await cursor.#arrangedAs(arrangement, signal)
      await cursor.store.progress.reach(1n, OPEN_WAIT_MS, signal)
      cursor.#requireRead(0n)
      return cursor
    } catch (error) {
      await rows.close()
      throw error
    }
  }

  /** All of its rows, in the order of the source. */
  get base(): Omit<OpenRows, 'close'> {
    return this.#rows
  }

  get store(): RowStore {
    return this.#arranged?.store ?? this.#rows.store
  }

  get columns(): readonly Column[] {
    return this.#rows.store.columns
  }

  /** What a caller is told about it. */
  describe(startedAtMs: number): Opened {
    return {
      cursor: this.id,
      columns: [...this.columns],
      rowCount: countOf(this.store.progress.total),
      warnings: this.#warnings(),
      ...this.#rows.facts,
      elapsedMs: performance.now() - startedAtMs,
    }
  }

  /** Orders and filters anew; pages of the old order that are under way end. */
  async arrange(arrangement: Arrangement, signal?: AbortSignal): Promise<void> {
    const next = await this.#arrangedAs(arrangement, signal)
    const before = this.#arranged
    this.#arranged = next
    this.#endCalls()
    await before?.stop()
  }

  async page({ offset, limit }: PageRequest, signal?: AbortSignal): Promise<CursorPage> {
    return this.#call(signal, async (call) => {
      const { store } = this
      const end = offset + BigInt(limit)
      await store.progress.reach(end, WAIT_MS, call.signal)
      this.#requireRead(offset)
      const slice = await store.slice(this.#reader, offset, end, call)
      const page = await readPage(this.#reader, store.columns, slice, call)
      const { progress } = store
      const base = this.#rows.store.progress
      return {
        ...page,
        rowCount: countOf(progress.total),
        availableRows: Number(progress.rows),
        rejected: Number(this.#rows.rejects().count),
        isReading: !progress.isDone || !base.isDone,
        warnings: [...this.#warnings(), ...brokenOff(progress.error ?? base.error)],
      }
    })
  }

  /** @throws Failure `cursor.row_missing` */
  async cell(row: bigint, column: number, signal?: AbortSignal): Promise<{ value: Cell; type: string }> {
    return this.#call(signal, async (call) => {
      const found = this.columns[column]
      if (found === undefined) throw new Failure('cursor.column_unknown', { column: String(column) })
      const slice = await this.store.slice(this.#reader, row, row + 1n, call)
      const { rows } = await this.#reader.rows(sql`SELECT ${id(found.name)} FROM (${slice})`, call)
      const [first] = rows
      if (first === undefined) throw new Failure('cursor.row_missing', { row: Number(row) + 1 })
      return { value: first[0] ?? null, type: found.type }
    })
  }

  async rejects(offset: number, limit: number): Promise<{ rejects: Reject[]; total: number }> {
    const { query, count } = this.#rows.rejects()
    if (query === undefined) return { rejects: [], total: 0 }
    const names = join(REJECT_COLUMNS.map((name) => id(name)))
    const { rows } = await this.#reader.rows(
      sql`SELECT ${names} FROM (${query}) LIMIT ${literal(limit)} OFFSET ${literal(offset)}`,
    )
    const rejects = rows.map((row) =>
      rejectSchema.parse(Object.fromEntries(REJECT_COLUMNS.map((name, i) => [name, row[i]]))),
    )
    return { rejects, total: Number(count) }
  }

  /** All rows of the order, or a part; with POSITION_COLUMN. Waits until they are read. */
  async whole(range: PageRequest | undefined, signal?: AbortSignal): Promise<{ relation: Sql; rows: bigint | null }> {
    const { store } = this
    const end = range === undefined ? undefined : range.offset + BigInt(range.limit)
    if (end === undefined) await store.progress.end(signal)
    else await store.progress.reach(end, undefined, signal)
    if (signal?.aborted === true) throw new Failure('work.cancelled', { what: 'export' })
    if (store.progress.error !== undefined) throw store.progress.error
    if (range === undefined || end === undefined) return { relation: store.relation(), rows: store.progress.total }
    const relation = await store.slice(this.#reader, range.offset, end, signal === undefined ? {} : { signal })
    return { relation, rows: null }
  }

  /** Keeps the source open for the statements of a caller, until it is disposed. */
  async hold(): Promise<AsyncDisposable | undefined> {
    return this.#rows.store.hold?.()
  }

  /** Another connection to the cursor's rows, which the caller disposes. */
  connect(): Promise<Duck> {
    return this.#rows.duck.connect()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#endCalls()
    await this.#arranged?.stop()
    await this.#reader[Symbol.asyncDispose]()
    await this.#rows.close()
  }

  async #arrangedAs(arrangement: Arrangement, signal: AbortSignal | undefined): Promise<Arranged | undefined> {
    if (!isArranged(arrangement)) return undefined
    const { duck, store, rearrange } = this.#rows
    return (await rearrange?.(arrangement, signal)) ?? (await arrange(duck, store, arrangement, signal))
  }

  #warnings(): string[] {
    return [...new Set([...this.#rows.warnings(), ...(this.#arranged?.warnings?.() ?? [])])]
  }

  /** What broke reading off is told where rows are missing because of it. */
  #requireRead(offset: bigint): void {
    const { error, rows } = this.store.progress
    if (error !== undefined && offset >= rows) throw error
  }

  async #call<T>(
    signal: AbortSignal | undefined,
    work: (call: DuckCall & { signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const own = new AbortController()
    this.#calls.push(own)
    if (this.#calls.length > MOST_CALLS) this.#calls.shift()?.abort()
    try {
      const call = { signal: signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]) }
      return await holding(this.#rows.store, () => work(call))
    } finally {
      this.#calls = this.#calls.filter((each) => each !== own)
    }
  }

  #endCalls(): void {
    for (const call of this.#calls) call.abort()
    this.#calls = []
  }
}

function isArranged({ sort, filter }: Arrangement): boolean {
  return (sort?.length ?? 0) + (filter?.length ?? 0) > 0
}

function countOf(total: bigint | null): number | null {
  return total === null ? null : Number(total)
}

function brokenOff(error: unknown): string[] {
  return error === undefined ? [] : [toFailure(error).message]
}
