import { join } from 'node:path'
import { Secret } from '../../base/secret.ts'
import { connectorOfKind } from '../../connectors/all.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import { syncFileSchema } from '../../contract/sync-file.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { openStore } from '../../store/open-store.ts'
import type { SyncPorts } from '../../sync/ports.ts'
import { runSync } from '../../sync/run-sync.ts'
import { type Moment, type Watch, watched } from './watched.ts'

/** One side of a sync under test. */
export interface SubjectEnd {
  readonly kind: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly password: string
}

/** A sync under test, as a child process is told of it too. */
export interface SyncSubject {
  readonly name: string
  readonly folder: string
  readonly source: SubjectEnd
  readonly target: SubjectEnd
  /** More of the sync's file. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly untilCaughtUp?: boolean
  readonly resync?: 'all'
}

export interface SubjectRun {
  readonly signal: AbortSignal
  readonly tell: (status: SyncStatus) => void
  /** Told what the sync is doing with its systems and its state. */
  readonly seen?: (moment: Moment) => void
  /** So many connections are tried with a name that no host has. */
  readonly unresolvedOpens?: number
}

/** What of the systems is watched. */
const SESSION: Watch = {
  as: 'session',
  inner: {
    changes: { as: 'changes', inner: { open: { as: 'feed' } } },
    openApplier: { as: 'applier' },
    write: { as: 'writer' },
  },
}

/** Runs the sync with the product's connectors and a state store in its folder. */
export async function runSubject(
  subject: SyncSubject,
  { signal, tell, seen = () => undefined, unresolvedOpens = 0 }: SubjectRun,
): Promise<void> {
  let unresolved = unresolvedOpens
  const { name, folder, untilCaughtUp = false, resync, settings } = subject
  using store = openStore(join(folder, 'state.sqlite'))
  const ends: Readonly<Record<string, SubjectEnd>> = { source: subject.source, target: subject.target }
  const ports: SyncPorts = {
    openSession: async (connection, ended) => {
      const end = ends[connection]
      const reached = unresolved-- > 0 ? { ...end?.settings, host: 'no-such-host.invalid' } : end?.settings
      return watched<Session>(
        await openEnd(connection, end && { ...end, settings: reached ?? {} }, ended),
        SESSION,
        seen,
      )
    },
    kindOf: (connection) => ends[connection]?.kind ?? '',
    openDuck: () => openDuck({ memoryLimitMb: 256, threads: 1, spillParent: folder }),
    tables: watched(store.syncTables, { as: 'tables' }, seen),
    tell,
  }
  const file = syncFileSchema.parse({ version: 1, source: 'source', target: 'target', chunkRows: 1_000, ...settings })
  await runSync(ports, { name, file, signal, untilCaughtUp, ...(resync === undefined ? {} : { resync }) })
}

async function openEnd(name: string, end: SubjectEnd | undefined, signal: AbortSignal): Promise<Session> {
  const connector = await connectorOfKind(end?.kind ?? '')
  if (end === undefined || connector === undefined) throw new Error(`no connection ${name}`)
  const config: unknown = connector.config.parse(end.settings)
  const secret = (): Promise<Secret> => Promise.resolve(new Secret(end.password))
  return connector.open({ name, config, baseDirectory: '/', secret, signal })
}
