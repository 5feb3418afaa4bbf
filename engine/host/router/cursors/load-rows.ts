import type { Reading } from '../../../connectors/api/reading.ts'
import type { Session } from '../../../connectors/api/session.ts'
import type { Column } from '../../../contract/column.ts'
import type { Arrangement } from '../../../contract/cursor.ts'
import { REJECT_COLUMNS } from '../../../contract/reject.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { sql } from '../../../sql/sql.ts'
import { current } from './arrange.ts'
import type { OpenRows } from './cursor.ts'
import { HeldReading } from './held-reading.ts'
import { type KeptTable, keptTable } from './kept-table.ts'
import { Progress } from './progress.ts'
import { holding, offsetStore, positionStore, type RowStore } from './row-store.ts'

export interface LoadRequest {
  readonly session: Session
  readonly duck: Duck
  readonly dataset: string
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
  /** For a session that arranges: the rows as a person wants them, not as they lie. */
  readonly arrangement?: Arrangement
  /** Of servers, which are not asked for millions of rows because somebody looks at a table. */
  readonly limitRows?: number
  /** Whether the whole is read so soon that its beginning need not be read first. */
  readonly isSmall: boolean
  /** Ends reading in the background. */
  readonly stop: AbortController
}

export interface LoadedRows extends Pick<OpenRows, 'store' | 'rejects' | 'warnings'> {
  /** Frees what was kept of the rows, once nothing reads them any more. */
  drop(): Promise<void>
}

/** Rows that are shown while the rest is read. */
const HEAD_ROWS = 500
/** Rows that may be paged to before they are counted. */
const UNCOUNTED_ROWS = 10_000n

/**
 * Opens a dataset for a cursor. What DuckDB scans by itself stays where it is; everything else comes into a table, its first rows
 * before this returns, the rest in the background.
 * @param signal ends only the opening
 */
export async function loadRows(request: LoadRequest, signal?: AbortSignal): Promise<LoadedRows> {
  const { session, duck, dataset, options, limitRows, isSmall, stop, arrangement } = request
  const call = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const read = { dataset, options, duck, ...(arrangement === undefined ? {} : { arrangement }) }
  const wantsHead = !isSmall && (limitRows === undefined || limitRows > HEAD_ROWS)
  const first = await session.read({
    ...read,
    signal: call,
    ...(wantsHead ? { limitRows: HEAD_ROWS } : limitRows === undefined ? {} : { limitRows }),
  })
  if (first.relation !== undefined) {
    if (!wantsHead) return scannedRows(first, request)
    await first[Symbol.asyncDispose]()
    return scannedRows(await session.read({ ...read, signal: stop.signal }), request)
  }
  const filling = new Filling(request, await tablesFor(duck, first.columns))
  if (wantsHead) {
    const rows = await filling.fill(first, { signal: call })
    if (rows < BigInt(HEAD_ROWS)) filling.finish()
    else
      void filling.readAll(() =>
        session.read({ ...read, signal: stop.signal, ...(limitRows === undefined ? {} : { limitRows }) }),
      )
  } else {
    void filling.readAll(() => Promise.resolve(first))
  }
  return filling
}

/** Rows in place; the reading lives as long as the cursor's DuckDB, or is let go between calls where it keeps others out. */
async function scannedRows(
  first: Reading,
  { session, duck, dataset, options, stop }: LoadRequest,
): Promise<LoadedRows> {
  const progress = new Progress()
  let reading = first
  let now = scannedStore(first, progress)
  const held = new HeldReading(first, () => session.read({ dataset, options, duck, signal: stop.signal }))
  const hold = async (): Promise<AsyncDisposable> => {
    const open = await held.hold()
    if (open.reading !== reading) {
      // Somebody may have written to it meanwhile.
      reading = open.reading
      now = scannedStore(reading, progress)
    }
    return open
  }
  const isExclusive = first.isExclusive === true
  const store = current(progress, () => now, isExclusive ? hold : undefined)
  if (!isExclusive) await held.hold()
  stop.signal.addEventListener('abort', () => void held.close().catch(() => undefined), { once: true })
  if (progress.total === null) void count(duck, store, stop.signal)
  return {
    store,
    drop: () => Promise.resolve(),
    rejects: () => ({ query: reading.rejects, count: reading.counts().rejected }),
    warnings: () => reading.warnings,
  }
}

function scannedStore(reading: Reading, progress: Progress): RowStore {
  const { columns, relation, positions } = reading
  if (relation === undefined) throw new TypeError('a reading has either a relation or parts')
  const shown = columns.filter(({ hidden }) => hidden !== true)
  const known = positions?.rows ?? reading.counts().rows
  if (known !== undefined) progress.finish(known)
  return positions === undefined ? offsetStore(shown, relation, progress) : positionStore(shown, positions, progress)
}

/** Until a view is counted nobody knows how far it can be scrolled. */
async function count(duck: Duck, store: RowStore, signal: AbortSignal): Promise<void> {
  const { progress } = store
  progress.advance(UNCOUNTED_ROWS)
  try {
    await using worker = await duck.connect()
    const query = sql`SELECT count(*) FROM (${store.relation()})`
    progress.finish(BigInt((await holding(store, () => worker.value(query, { signal }))) ?? '0'))
  } catch (error) {
    progress.fail(error)
  }
}

interface Tables {
  readonly rows: KeptTable
  readonly rejects: KeptTable
}

const REJECT_TABLE: readonly Column[] = REJECT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' }))

let counter = 0

async function tablesFor(duck: Duck, columns: readonly Column[]): Promise<Tables> {
  const name = `read_${counter++}`
  const shown = columns.filter(({ hidden }) => hidden !== true)
  return { rows: await keptTable(duck, name, shown), rejects: await keptTable(duck, `${name}_rejects`, REJECT_TABLE) }
}

/** A table that is filled part by part: first the beginning of a dataset, then the whole in its place. */
class Filling implements LoadedRows {
  readonly store: RowStore
  readonly #request: LoadRequest
  readonly #progress = new Progress()
  readonly #all: Tables[]
  #tables: Tables
  #shown: RowStore
  #rejected = 0n
  #warnings: readonly string[] = []

  constructor(request: LoadRequest, tables: Tables) {
    this.#request = request
    this.#tables = tables
    this.#all = [tables]
    this.#shown = tables.rows.store(this.#progress)
    this.store = current(this.#progress, () => this.#shown)
  }

  rejects(): ReturnType<LoadedRows['rejects']> {
    return { query: this.#tables.rejects.store(this.#progress).relation(), count: this.#rejected }
  }

  warnings(): readonly string[] {
    return this.#warnings
  }

  async drop(): Promise<void> {
    const { duck } = this.#request
    for (const { rows, rejects } of this.#all) {
      for (const { name } of [rows, rejects]) await duck.run(sql`DROP TABLE IF EXISTS ${name}`).catch(() => undefined)
    }
  }

  /** Fills the tables from a reading and disposes it; gives the rows that came. */
  async fill(reading: Reading, call: DuckCall, into: Tables = this.#tables): Promise<bigint> {
    const { duck } = this.#request
    await using open = reading
    let rows = 0n
    let rejected = 0n
    for await (const part of open.parts ?? []) {
      rows += await into.rows.add(duck, part.relation, call)
      if (part.rejects !== undefined) rejected += await into.rejects.add(duck, part.rejects, call)
      this.#show(into, rows, rejected)
    }
    if (open.rejects !== undefined) rejected += await into.rejects.add(duck, open.rejects, call)
    this.#show(into, rows, rejected)
    this.#warnings = [...new Set([...this.#warnings, ...open.warnings])]
    return rows
  }

  /** Reads everything; never rejects, what goes wrong is in the progress. */
  async readAll(open: () => Promise<Reading>): Promise<void> {
    const { duck, stop, limitRows } = this.#request
    try {
      const reading = await open()
      const isNew = this.#progress.rows > 0n
      const into = isNew ? await tablesFor(duck, reading.columns) : this.#tables
      if (isNew) this.#all.push(into)
      const rows = await this.fill(reading, { signal: stop.signal }, into)
      this.#switchTo(into)
      if (limitRows !== undefined && rows >= limitRows) this.#warnings = [...this.#warnings, firstRowsOnly(limitRows)]
      this.finish(rows)
    } catch (error) {
      this.#progress.fail(error)
    }
  }

  finish(rows = this.#progress.rows): void {
    this.#progress.finish(rows)
  }

  #show(into: Tables, rows: bigint, rejected: bigint): void {
    // Until the whole has come further than the beginning did, the beginning is shown.
    if (into !== this.#tables && rows <= this.#progress.rows) return
    this.#switchTo(into)
    this.#rejected = rejected
    this.#progress.advance(rows)
  }

  #switchTo(into: Tables): void {
    if (into === this.#tables) return
    this.#tables = into
    this.#shown = into.rows.store(this.#progress)
  }
}

/** The warning that a server has more rows than were read. */
export function firstRowsOnly(rows: number): string {
  return `only the first ${rows} rows were read; filter, or take a snapshot, to see others`
}
