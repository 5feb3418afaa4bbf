import { extensionsOfKind } from '../../../connectors/all.ts'
import type { RowsFrom } from '../../../contract/api/data.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import type { HostContext } from '../context.ts'
import { type FoundDataset, findDataset } from '../find-dataset.ts'
import { parseOptions } from '../open-connection.ts'
import { openWorkspace } from '../open-workspace.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import { duckLimits } from '../studio/settings.ts'
import type { OpenRows } from './cursor.ts'
import { attachStore } from './kept-table.ts'
import { type LoadedRows, type LoadRequest, loadRows } from './load-rows.ts'
import { Progress } from './progress.ts'
import { positionStore } from './row-store.ts'
import { snapshotPositions } from './snapshot-positions.ts'

export interface RowsRequest {
  readonly from: Exclude<RowsFrom, { sql: string }>
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly environment?: string | undefined
  /** From the newest snapshot instead of the system. */
  readonly offline?: boolean | undefined
  /** Every row of a server's table, however many there are. */
  readonly isWhole?: boolean | undefined
}

/** What is read whole before its beginning is shown. */
const SMALL_BYTES = 4 * 1024 * 1024
const SERVER_ROWS = 200_000
/** DuckDB reads these where they are. */
const SCANNED_KINDS = new Set(['parquet', 'duckdb'])

/** Opens the rows of a dataset, a file or a snapshot. Reading goes on until the rows are closed. */
export async function openRows(context: HostContext, request: RowsRequest, signal?: AbortSignal): Promise<OpenRows> {
  const { from } = request
  if (request.offline === true && !('file' in from)) return snapshotRows(context, from.dataset)
  const stop = new AbortController()
  const endEarly = (): void => stop.abort()
  signal?.addEventListener('abort', endEarly, { once: true })
  await using stack = new AsyncDisposableStack()
  stack.defer(endEarly)
  const found = await findDataset(context, request.from, request, stop.signal)
  stack.use(found.session)
  const duck = stack.use(await openStore(context, found.session.folders ?? []))
  const options = parseOptions(found.connector, found.name, 'source', request.options)
  const { limitRows, isSmall } = howMuch(found)
  const limits = { isSmall, ...(limitRows === undefined || request.isWhole === true ? {} : { limitRows }) }
  const [rows, facts] = await Promise.all([
    loadRows({ ...found, duck, options, stop, ...limits }),
    factsOf(found, options, stop.signal),
  ])
  signal?.removeEventListener('abort', endEarly)
  const closing = stack.move()
  return {
    duck,
    store: rows.store,
    rejects: () => rows.rejects(),
    warnings: () => [...new Set([...facts.warnings, ...rows.warnings()])],
    facts: facts.facts,
    ...limits,
    ...rearranging({ ...found, duck, options }, rows),
    close: async () => {
      stop.abort()
      await rows.store.progress.end()
      await closing.disposeAsync()
    },
  }
}

type Rearranged = FoundDataset & Pick<LoadRequest, 'duck' | 'options'>

/** For a server that holds more rows than were read: it sorts and chooses among all of them. */
function rearranging(found: Rearranged, base: LoadedRows): Pick<OpenRows, 'rearrange'> {
  const { limitRows, isSmall } = howMuch(found)
  if (found.session.arranges !== true || limitRows === undefined) return {}
  return {
    rearrange: async (arrangement, signal) => {
      const { total } = base.store.progress
      const isWhole = total !== null && total < BigInt(limitRows)
      // What somebody wrote in DuckDB's SQL another system may not understand, or not the same way.
      if (isWhole || arrangement.filter?.some((part) => 'sql' in part) === true) return undefined
      const stop = new AbortController()
      const rows = await loadRows({ ...found, limitRows, isSmall, arrangement, stop }, signal)
      return {
        store: rows.store,
        warnings: () => rows.warnings(),
        stop: async () => {
          stop.abort()
          await rows.store.progress.end()
          await rows.drop()
        },
      }
    },
  }
}

/** A DuckDB of a cursor's own, where SQL reaches only these folders. */
export async function openStore(context: HostContext, folders: readonly string[]): Promise<Duck> {
  const duck = await openDuck({ ...(await duckLimits(context)), allowedDirectories: folders, keepsFooters: true })
  try {
    await attachStore(duck)
    return duck
  } catch (error) {
    await duck[Symbol.asyncDispose]()
    throw error
  }
}

function howMuch({ connector, sizeBytes }: FoundDataset): { isSmall: boolean; limitRows?: number } {
  const isSmall = SCANNED_KINDS.has(connector.kind) || (sizeBytes ?? Number.POSITIVE_INFINITY) <= SMALL_BYTES
  // Kinds without files are servers.
  return { isSmall, ...(extensionsOfKind(connector.kind).length === 0 ? { limitRows: SERVER_ROWS } : {}) }
}

interface Facts {
  readonly facts: OpenRows['facts']
  readonly warnings: readonly string[]
}

/** What detection says about a file, which is also what can be overridden. */
async function factsOf(
  { connector, session, dataset }: FoundDataset,
  options: unknown,
  signal: AbortSignal,
): Promise<Facts> {
  if (connector.form.group !== 'file' || SCANNED_KINDS.has(connector.kind)) return { facts: {}, warnings: [] }
  const { detected, warnings } = await session.describe(dataset, options, signal)
  const encoding = detectedText(detected?.['encoding'])
  return {
    facts: { ...(encoding === undefined ? {} : { encoding }), ...(detected === undefined ? {} : { detected }) },
    warnings,
  }
}

/** Connectors say what they detected as a value, or as a value with its confidence. */
function detectedText(found: unknown): string | undefined {
  if (typeof found === 'string') return found
  if (typeof found !== 'object' || found === null || !('value' in found)) return undefined
  return typeof found.value === 'string' ? found.value : undefined
}

async function snapshotRows(context: HostContext, dataset: string): Promise<OpenRows> {
  const folder = snapshotFolder(await openWorkspace(context))
  const snapshot = await findSnapshot(folder, parseDatasetRef(dataset))
  if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset })
  const duck = await openStore(context, [folder])
  try {
    const positions = await snapshotPositions(duck, snapshot)
    const progress = new Progress()
    progress.finish(positions.rows)
    return {
      duck,
      store: positionStore(snapshot.columns, positions, progress),
      rejects: () => ({ query: undefined, count: 0n }),
      warnings: () => [],
      facts: { snapshotTakenAt: snapshot.takenAt },
      close: async () => {
        await duck[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await duck[Symbol.asyncDispose]()
    throw error
  }
}
