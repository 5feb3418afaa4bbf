import { setTimeout as sleep } from 'node:timers/promises'
import { toFailure } from '../../contract/failure.ts'
import type { SyncReader } from '../../contract/sync.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { openStore } from '../../store/open-store.ts'
import { runSync } from '../../sync/run-sync.ts'
import { environmentOf, unknownName } from '../../workspace/resolve-connection.ts'
import { connectionSource } from '../router/connection-source.ts'
import type { HostContext } from '../router/context.ts'
import { type ConnectionSource, openSession } from '../router/open-connection.ts'
import { openWorkspace } from '../router/open-workspace.ts'
import { readerOf } from '../router/syncs/reader-of.ts'
import type { FromWorker, WorkerSyncRequest } from './protocol.ts'

const MEMORY_MB = 1_024
const ALIVE_MS = 5_000
const READER_MS = 15_000

/** Runs a sync until it is stopped, and tells how it stands. Its last word is `stopped` or `failed`. */
export async function syncAttempt(
  request: WorkerSyncRequest,
  context: HostContext,
  { say, signal }: { readonly say: (message: FromWorker) => void; readonly signal: AbortSignal },
): Promise<FromWorker> {
  const alive = setInterval(() => say({ kind: 'alive' }), ALIVE_MS)
  const over = new AbortController()
  try {
    using store = openStore(request.statePath)
    const workspace = await openWorkspace(context)
    const file = workspace.syncs.get(request.sync) ?? unknownName('sync', request.sync, workspace.syncs)
    const environment = environmentOf(workspace, request.environment ?? file.environment)
    const source = await connectionSource(context, environment)
    let reader: SyncReader | undefined
    const watching = { source, connection: file.source, reader: request.sync }
    void watchReader(watching, AbortSignal.any([signal, over.signal]), (found) => {
      reader = found
    })
    await runSync(
      {
        openSession: (connection, ended) => openSession(source, connection, ended),
        kindOf: (connection) => workspace.connections.get(connection)?.kind ?? '',
        openDuck: (folders) => openDuck({ memoryLimitMb: MEMORY_MB, allowedDirectories: folders }),
        tables: store.syncTables,
        tell: (status) => say({ kind: 'status', status: { ...status, ...(reader === undefined ? {} : { reader }) } }),
        note: (act) => say({ kind: 'act', act }),
      },
      { name: request.sync, file, signal, ...(request.resync === undefined ? {} : { resync: request.resync }) },
    )
    return { kind: 'stopped' }
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error).toJSON() }
  } finally {
    clearInterval(alive)
    over.abort()
  }
}

interface Watching {
  readonly source: ConnectionSource
  readonly connection: string
  readonly reader: string
}

/** How the source's own record of the reader stands, asked over a connection of its own; the sync itself tells what goes wrong. */
async function watchReader(
  { source, connection, reader }: Watching,
  signal: AbortSignal,
  onFound: (reader: SyncReader | undefined) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await using session = await openSession(source, connection, signal)
      while (!signal.aborted) {
        onFound(readerOf(await session.changes?.state(reader)))
        await sleep(READER_MS, undefined, { signal })
      }
    } catch {
      onFound(undefined)
      await sleep(READER_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
