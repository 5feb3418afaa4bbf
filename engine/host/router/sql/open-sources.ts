import { extensionsOfKind } from '../../../connectors/all.ts'
import type { Reading, ReadProgress, ReadRequest } from '../../../connectors/api/reading.ts'
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
import { rememberColumns } from '../known-columns.ts'
import { type ConnectionSource, parseOptions, readyConnection } from '../open-connection.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import type { NamedDataset } from './datasets.ts'
import { pushedDown } from './pushed.ts'
import type { ReadySources } from './ready-sources.ts'
import { makePlaces, makeView } from './views.ts'
import type { Wish } from './wish.ts'

/** More than any table has; a session that arranges must be told how many rows are wanted. */
const ALL_ROWS = 2 ** 52

export interface SourcesRequest {
  readonly source: ConnectionSource
  readonly datasets: readonly NamedDataset[]
  readonly offline: boolean
  /** What is needed of the table, where there is only one. */
  readonly wish?: Wish | undefined
  readonly limitRows?: number
  readonly onRead?: (dataset: string, rows: bigint) => void
}

/** Opens the systems and reads what DuckDB does not scan by itself. */
export async function readySources(
  context: HostContext,
  { source, datasets, offline, ...wanted }: SourcesRequest,
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
    else
      warnings.push(
        ...(await liveView(duck, opened, { ...wanted, workspace: source.workspace, dataset, number, stack, signal })),
      )
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

interface ViewRequest extends Pick<SourcesRequest, 'wish' | 'limitRows' | 'onRead'> {
  readonly workspace: ConnectionSource['workspace']
  readonly dataset: NamedDataset
  readonly number: number
  readonly stack: AsyncDisposableStack
  readonly signal: AbortSignal
}

async function liveView(
  duck: Duck,
  opened: ReadonlyMap<string, OpenSource>,
  request: ViewRequest,
): Promise<readonly string[]> {
  const { dataset, number, stack } = request
  const { signal } = request
  const source = opened.get(dataset.connection)
  if (source === undefined) throw new Failure('query.dataset_unknown', { name: dataset.ref })
  const isServer = extensionsOfKind(source.kind).length === 0
  const asked = isServer ? await askedOf(source, request) : { told: [] }
  const reading = await openReading(source, { ...request, duck, asked: asked.read })
  stack.use(reading)
  const columns = reading.columns.filter(({ hidden }) => hidden !== true)
  if (!isServer) void rememberColumns(request.workspace, dataset.ref, columns)
  if (reading.relation !== undefined) {
    await makeView(duck, dataset, reading.relation)
    return reading.warnings
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
    ...asked.told.map((why) => `${rows} rows of ${dataset.ref} were read: ${why}`),
  ]
}

interface Asked {
  readonly read?: Pick<ReadRequest, 'columns' | 'limitRows' | 'arrangement'>
  /** How the rows that come are not the whole table. */
  readonly told: readonly string[]
}

/** What a server is asked for of a table: as little as the statement needs, and all of that. */
async function askedOf(
  source: OpenSource,
  { dataset, wish, limitRows, workspace, signal }: ViewRequest,
): Promise<Asked> {
  const { columns } = await source.session.describe(dataset.name, source.options(dataset.name), signal)
  void rememberColumns(workspace, dataset.ref, columns)
  const pushed = wish === undefined ? undefined : pushedDown(wish, columns)
  const filter = source.session.arranges === true ? (pushed?.filter ?? []) : []
  const most = Math.min(limitRows ?? ALL_ROWS, wish?.limitRows ?? ALL_ROWS)
  const isPart = most < ALL_ROWS || filter.length > 0
  return {
    read: {
      ...(pushed?.columns === undefined ? {} : { columns: pushed.columns }),
      ...(isPart ? { limitRows: most } : {}),
      ...(filter.length === 0 ? {} : { arrangement: { filter: [...filter] } }),
    },
    told: [
      ...(most < ALL_ROWS ? ['the statement needs no more'] : []),
      ...(filter.length > 0
        ? [
            `the server chose them by ${[...new Set(filter.flatMap((one) => ('column' in one ? [one.column] : [])))].join(', ')}`,
          ]
        : []),
    ],
  }
}

async function openReading(
  source: OpenSource,
  { duck, dataset, signal, onRead, asked }: ViewRequest & { readonly duck: Duck; readonly asked: Asked['read'] },
): Promise<Reading> {
  const whole = { dataset: dataset.name, options: source.options(dataset.name), duck, signal }
  const onProgress = ({ rows }: ReadProgress): void => onRead?.(dataset.ref, rows)
  return source.session.read({ ...whole, ...asked, onProgress })
}

async function snapshotView(duck: Duck, { workspace }: ConnectionSource, dataset: NamedDataset): Promise<void> {
  const snapshot = await findSnapshot(snapshotFolder(workspace), parseDatasetRef(dataset.ref))
  if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset: dataset.ref })
  await makeView(duck, dataset, sql`SELECT * FROM read_parquet(${literal(snapshot.path)})`)
}
