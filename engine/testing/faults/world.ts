import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProxy, type TestProxy } from '../servers/proxy.ts'
import type { ServerAddress } from '../servers/server-address.ts'
import { BUSY_TABLES, busyTables, LOOSE_TABLE } from './busy-tables.ts'
import { type BusyWriter, startWriter } from './busy-writer.ts'
import { createFaultDatabase, type FaultDatabase, type SystemKind } from './fault-database.ts'
import { type Random, seededRandom } from './random.ts'
import type { SubjectEnd, SyncSubject } from './sync-subject.ts'

export interface WorldServers {
  readonly source: readonly [SystemKind, ServerAddress]
  readonly target: readonly [SystemKind, ServerAddress]
}

export interface WorldOptions {
  readonly seed: number
  /** More of the sync's file. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** What a writer does to the structure of tables. */
  readonly ddl?: readonly string[]
}

/** A source that writers keep changing, a target, and the network between. */
export interface World extends AsyncDisposable {
  readonly random: Random
  readonly source: FaultDatabase
  readonly target: FaultDatabase
  readonly toSource: TestProxy
  readonly toTarget: TestProxy
  readonly subject: SyncSubject
  readonly writers: readonly BusyWriter[]
  readonly tables: readonly string[]
}

const WRITERS = [0, 1]
const PAUSE_MS = 10

export async function openWorld({ source: from, target: to }: WorldServers, options: WorldOptions): Promise<World> {
  await using scope = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'runnel-faults-'))
  scope.defer(() => rm(folder, { recursive: true, force: true }))
  const [source, target] = await Promise.all([createFaultDatabase(...from), createFaultDatabase(...to)])
  scope.defer(() => dropAll(source, target))
  const toSource = scope.use(await startProxy(source.server))
  const toTarget = scope.use(await startProxy(target.server))
  await fill(source)
  const random = seededRandom(options.seed)
  const writers = WRITERS.map((number) =>
    startWriter({ source, random, number, pauseMs: PAUSE_MS, ddl: number === 0 ? (options.ddl ?? []) : [] }),
  )
  scope.defer(async () => void (await Promise.allSettled(writers.map((writer) => writer.stop()))))
  const world = {
    random,
    source,
    target,
    toSource,
    toTarget,
    subject: {
      name: source.name,
      folder,
      source: endOf(source, toSource.port),
      target: endOf(target, toTarget.port),
      settings: options.settings ?? {},
    },
    writers,
    tables: source.kind === 'postgresql' ? [...BUSY_TABLES, LOOSE_TABLE] : BUSY_TABLES,
  }
  const opened = scope.move()
  return { ...world, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function fill(source: FaultDatabase): Promise<void> {
  await using client = await source.connect()
  for (const statement of busyTables(source.kind)) await client.query(statement)
}

function endOf({ kind, name, server }: FaultDatabase, port: number): SubjectEnd {
  const { host, user, password } = server
  const shared = { host, port, user, database: name }
  return kind === 'postgresql'
    ? { kind, password, settings: { ...shared, tls: { mode: 'disable' } } }
    : { kind: 'mysql', password, settings: { ...shared, tls: 'off' } }
}

async function dropAll(source: FaultDatabase, target: FaultDatabase): Promise<void> {
  for (let left = source.kind === 'postgresql' ? 1 : 0; left > 0; await sleep(PAUSE_MS)) {
    const slots = await source.query(
      `SELECT CASE WHEN active THEN pg_terminate_backend(active_pid)::text ELSE pg_drop_replication_slot(slot_name)::text END
       FROM pg_replication_slots WHERE database = current_database()`,
    )
    left = slots.length
  }
  await Promise.all([source.drop(), target.drop()])
}
