import { extensionsOfKind } from '../../../connectors/all.ts'
import type { Session } from '../../../connectors/api/session.ts'
import type { Column } from '../../../contract/column.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import type { OpenRows } from '../cursors/cursor.ts'
import { keptTable } from '../cursors/kept-table.ts'
import { openStore } from '../cursors/open-rows.ts'
import { Progress } from '../cursors/progress.ts'
import { type ConnectionSource, parseOptions, readyConnection } from '../open-connection.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import { datasetsOf, type NamedDataset } from './datasets.ts'
import { parseStatement } from './statement.ts'
import { makePlaces, makeView } from './views.ts'

export interface SqlRequest {
  readonly sql: string
  readonly environment?: string | undefined
  readonly offline?: boolean | undefined
}

/** A statement whose datasets are at hand in a DuckDB of its own. */
export interface ReadyStatement extends AsyncDisposable {
  readonly duck: Duck
  /** The statement, to be put in parentheses. */
  readonly query: Sql
  readonly warnings: readonly string[]
  /** Closes the systems; the statement cannot be run again. */
  release(): Promise<void>
}

/** Rows of a result that are kept. */
const MOST_ROWS = 1_000_000
/** Rows of one table of a server that a statement may see. */
const SERVER_ROWS = 1_000_000

/** The rows of a statement; it runs in the background once its columns are known. */
export async function sqlRows(context: HostContext, request: SqlRequest, signal?: AbortSignal): Promise<OpenRows> {
  const stop = new AbortController()
  const endEarly = (): void => stop.abort()
  signal?.addEventListener('abort', endEarly, { once: true })
  await using stack = new AsyncDisposableStack()
  const ready = stack.use(await readyStatement(context, request, stop.signal))
  const { duck, query } = ready
  const columns = distinctNames(await duck.columns(sql`SELECT * FROM (${query}\n)`))
  const table = await keptTable(duck, 'result', columns)
  const progress = new Progress()
  const state = { isCut: false }
  const aliases = join(columns.map(({ name }) => id(name)))
  const rows = sql`SELECT * FROM (${query}\n) AS result(${aliases}) LIMIT ${literal(MOST_ROWS)}`
  const run = async (): Promise<void> => {
    try {
      const count = await table.add(duck, rows, { signal: stop.signal })
      state.isCut = count >= BigInt(MOST_ROWS)
      progress.finish(count)
    } catch (error) {
      progress.fail(error)
    }
    // A table that is only shown must not keep others from loading it.
    await ready.release()
  }
  const work = run()
  signal?.removeEventListener('abort', endEarly)
  const closing = stack.move()
  return {
    duck,
    store: table.store(progress),
    rejects: () => ({ query: undefined, count: 0n }),
    warnings: () => [
      ...ready.warnings,
      ...(state.isCut ? [`only the first ${MOST_ROWS} rows of the result are kept`] : []),
    ],
    facts: {},
    close: async () => {
      stop.abort()
      await work
      await closing.disposeAsync()
    },
  }
}

/** Opens and reads every dataset that a statement names. @throws Failure `query.not_read_only`, `query.dataset_unknown`, `sql.invalid` */
export async function readyStatement(
  context: HostContext,
  { sql: text, environment, offline }: SqlRequest,
  signal: AbortSignal,
): Promise<ReadyStatement> {
  const source = await connectionSource(context, environment)
  const statement = await parsed(text)
  const datasets = datasetsOf(statement.tables, source.workspace.connections.keys())
  await using whole = new AsyncDisposableStack()
  await using stack = new AsyncDisposableStack()
  const isOffline = offline === true
  const opened = isOffline ? new Map<string, OpenSource>() : await openSources(source, datasets, stack, signal)
  const folders = isOffline
    ? [snapshotFolder(source.workspace)]
    : [...opened.values()].flatMap(({ session }) => session.folders ?? [])
  const duck = whole.use(await openStore(context, folders))
  await makePlaces(duck, datasets)
  const warnings: string[] = []
  for (const [number, dataset] of datasets.entries()) {
    if (isOffline) await snapshotView(duck, source, dataset)
    else warnings.push(...(await liveView(duck, opened, { dataset, number, stack, signal })))
  }
  const database = whole.move()
  const sources = stack.move()
  return {
    duck,
    query: trusted(statement.text),
    warnings,
    release: () => sources.disposeAsync(),
    [Symbol.asyncDispose]: async () => {
      await sources.disposeAsync()
      await database.disposeAsync()
    },
  }
}

async function parsed(text: string): ReturnType<typeof parseStatement> {
  await using parser = await openDuck({ memoryLimitMb: 128, threads: 1, allowedDirectories: [] })
  return await parseStatement(parser, text)
}

interface OpenSource {
  readonly session: Session
  readonly kind: string
  readonly options: (dataset: string) => unknown
}

async function openSources(
  source: ConnectionSource,
  datasets: readonly NamedDataset[],
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Map<string, OpenSource>> {
  const opened = new Map<string, OpenSource>()
  for (const connection of new Set(datasets.map((dataset) => dataset.connection))) {
    const { connector, request } = await readyConnection(source, connection, signal)
    const session = stack.use(await connector.open(request))
    opened.set(connection, {
      session,
      kind: connector.kind,
      options: () => parseOptions(connector, connection, 'source', undefined),
    })
  }
  return opened
}

async function liveView(
  duck: Duck,
  opened: ReadonlyMap<string, OpenSource>,
  {
    dataset,
    number,
    stack,
    signal,
  }: { dataset: NamedDataset; number: number; stack: AsyncDisposableStack; signal: AbortSignal },
): Promise<string[]> {
  const source = opened.get(dataset.connection)
  if (source === undefined) throw new Failure('query.dataset_unknown', { name: dataset.ref })
  const isServer = extensionsOfKind(source.kind).length === 0
  const reading = await source.session.read({
    dataset: dataset.name,
    options: source.options(dataset.name),
    duck,
    signal,
    ...(isServer ? { limitRows: SERVER_ROWS } : {}),
  })
  stack.use(reading)
  const columns = reading.columns.filter(({ hidden }) => hidden !== true)
  if (reading.relation !== undefined) {
    await makeView(duck, dataset, reading.relation)
    return [...reading.warnings]
  }
  const table = await keptTable(duck, `source_${number}`, columns)
  let rows = 0n
  for await (const part of reading.parts ?? []) rows += await table.add(duck, part.relation, { signal })
  const names = columns.length === 0 ? sql`NULL` : join(columns.map(({ name }) => id(name)))
  const progress = new Progress()
  await makeView(duck, dataset, sql`SELECT ${names} FROM (${table.store(progress).relation()})`)
  const { rejected } = reading.counts()
  return [
    ...reading.warnings,
    ...(rejected > 0n ? [`${rejected} rows of ${dataset.ref} could not be read and are left out`] : []),
    ...(isServer && rows >= BigInt(SERVER_ROWS)
      ? [`only the first ${SERVER_ROWS} rows of ${dataset.ref} were read`]
      : []),
  ]
}

async function snapshotView(duck: Duck, { workspace }: ConnectionSource, dataset: NamedDataset): Promise<void> {
  const snapshot = await findSnapshot(snapshotFolder(workspace), parseDatasetRef(dataset.ref))
  if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset: dataset.ref })
  await makeView(duck, dataset, sql`SELECT * FROM read_parquet(${literal(snapshot.path)})`)
}

/** A result may name two columns alike; a grid and a file need to tell them apart. */
function distinctNames(columns: readonly Column[]): Column[] {
  const seen = new Set<string>()
  return columns.map((column) => {
    let name = column.name === '' ? 'column' : column.name
    for (let i = 2; seen.has(name.toLowerCase()); i++) name = `${column.name}_${i}`
    seen.add(name.toLowerCase())
    return { ...column, name }
  })
}
