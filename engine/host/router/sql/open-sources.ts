import { extensionsOfKind } from '../../../connectors/all.ts'
import type { Session } from '../../../connectors/api/session.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import { id, join, literal, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import { keptTable } from '../cursors/kept-table.ts'
import { openStore } from '../cursors/open-rows.ts'
import { Progress } from '../cursors/progress.ts'
import { type ConnectionSource, parseOptions, readyConnection } from '../open-connection.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import type { NamedDataset } from './datasets.ts'
import type { ReadySources } from './ready-sources.ts'
import { makePlaces, makeView } from './views.ts'

/** Rows of one table of a server that a statement may see. */
const SERVER_ROWS = 1_000_000

export interface SourcesRequest {
  readonly source: ConnectionSource
  readonly datasets: readonly NamedDataset[]
  readonly offline: boolean
}

/** Opens the systems and reads what DuckDB does not scan by itself. */
export async function readySources(
  context: HostContext,
  { source, datasets, offline }: SourcesRequest,
  signal: AbortSignal,
): Promise<ReadySources> {
  await using whole = new AsyncDisposableStack()
  await using stack = new AsyncDisposableStack()
  const opened = offline ? new Map<string, OpenSource>() : await openSources(source, datasets, stack, signal)
  const folders = offline
    ? [snapshotFolder(source.workspace)]
    : [...opened.values()].flatMap(({ session }) => session.folders ?? [])
  const duck = whole.use(await openStore(context, folders))
  await makePlaces(duck, datasets)
  const warnings: string[] = []
  for (const [number, dataset] of datasets.entries()) {
    if (offline) await snapshotView(duck, source, dataset)
    else warnings.push(...(await liveView(duck, opened, { dataset, number, stack, signal })))
  }
  const database = whole.move()
  const sources = stack.move()
  return {
    duck,
    warnings,
    release: () => sources.disposeAsync(),
    [Symbol.asyncDispose]: async () => {
      await sources.disposeAsync()
      await database.disposeAsync()
    },
  }
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
