import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncState, SyncStatus } from '../../contract/sync.ts'
import { startProxy, type TestProxy } from '../servers/proxy.ts'
import type { ServerAddress } from '../servers/server-address.ts'
import { BUSY_TABLES, busyTables, LOOSE_TABLE } from './busy-tables.ts'
import { type BusyWriter, startWriter } from './busy-writer.ts'
import { differences } from './compare.ts'
import { createFaultDatabase, type FaultDatabase, type SystemKind } from './fault-database.ts'
import { type Random, seededRandom } from './random.ts'
import type { ChildSync } from './sync-child.ts'
import { runSubject, type SubjectEnd, type SubjectRun, type SyncSubject } from './sync-subject.ts'

export interface SceneServers {
  readonly source: readonly [SystemKind, ServerAddress]
  readonly target: readonly [SystemKind, ServerAddress]
}

export interface SceneOptions {
  readonly seed: number
  readonly settings?: Readonly<Record<string, unknown>>
  /** What the writers do to the structure of tables. */
  readonly ddl?: readonly string[]
  readonly writers?: number
}

/** How long the scene waits for what must come; a machine that is shared is slow. */
const PATIENCE_MS = 60_000
const POLL_MS = 25
const MARKER = 99

/** A source that writers keep changing, a target, the network between, and a sync that is to survive what is done to them. */
export class Scene implements AsyncDisposable {
  readonly random: Random
  readonly source: FaultDatabase
  readonly target: FaultDatabase
  readonly toSource: TestProxy
  readonly toTarget: TestProxy
  readonly subject: SyncSubject
  /** What the sync told, of all its starts. */
  readonly told: SyncStatus[] = []
  readonly tables: readonly string[]
  #markers = 0
  #running: { readonly stop: AbortController; readonly done: Promise<void>; failure: unknown } | undefined
  readonly #writers: BusyWriter[]
  readonly #scope: AsyncDisposableStack

  private constructor(
    parts: Pick<Scene, 'random' | 'source' | 'target' | 'toSource' | 'toTarget' | 'subject'>,
    more: { writers: BusyWriter[]; scope: AsyncDisposableStack },
  ) {
    this.random = parts.random
    this.source = parts.source
    this.target = parts.target
    this.toSource = parts.toSource
    this.toTarget = parts.toTarget
    this.subject = parts.subject
    this.#writers = more.writers
    this.#scope = more.scope
    this.tables = this.source.kind === 'postgresql' ? [...BUSY_TABLES, LOOSE_TABLE] : BUSY_TABLES
  }

  static async open(
    { source: [sourceKind, sourceServer], target: [targetKind, targetServer] }: SceneServers,
    options: SceneOptions,
  ): Promise<Scene> {
    await using scope = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'runnel-faults-'))
    scope.defer(() => rm(folder, { recursive: true, force: true }))
    const [source, target] = await Promise.all([
      createFaultDatabase(sourceKind, sourceServer),
      createFaultDatabase(targetKind, targetServer),
    ])
    scope.defer(() => dropAll(source, target))
    const toSource = scope.use(await startProxy(sourceServer))
    const toTarget = scope.use(await startProxy(targetServer))
    {
      await using client = await source.connect()
      for (const statement of busyTables(sourceKind)) await client.query(statement)
    }
    const random = seededRandom(options.seed)
    const subject: SyncSubject = {
      name: source.name,
      folder,
      source: endOf(source, toSource.port),
      target: endOf(target, toTarget.port),
      settings: options.settings ?? {},
    }
    const writers = Array.from({ length: options.writers ?? 2 }, (_, number) =>
      startWriter({
        source,
        random,
        number,
        pauseMs: 2,
        ...(number === 0 && options.ddl !== undefined ? { ddl: options.ddl } : {}),
      }),
    )
    scope.defer(async () => void (await Promise.allSettled(writers.map((writer) => writer.stop()))))
    return new Scene({ random, source, target, toSource, toTarget, subject }, { writers, scope: scope.move() })
  }

  /** Starts the sync in this process. */
  start(more: Partial<SyncSubject> = {}, seen?: SubjectRun['seen']): void {
    const stop = new AbortController()
    const tell = (status: SyncStatus): void => void this.told.push(status)
    const done = runSubject(
      { ...this.subject, ...more },
      { signal: stop.signal, tell, ...(seen === undefined ? {} : { seen }) },
    )
    const running = { stop, done, failure: undefined as unknown }
    done.catch((failure: unknown) => {
      running.failure = failure
    })
    this.#running = running
  }

  /** Stops the sync; fails with it when it had failed. */
  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.done
    this.#running = undefined
  }

  /** Ends with the sync, as it ends by itself. */
  async ended(): Promise<void> {
    await this.#running?.done
  }

  /** Runs the sync in a process of its own until it ends; gives the signal that killed it, or its code. */
  async child(
    killAt?: ChildSync['killAt'],
    more: Partial<SyncSubject> = {},
  ): Promise<{ readonly end: string | number; readonly output: string }> {
    const path = join(this.subject.folder, 'child.json')
    await writeFile(
      path,
      JSON.stringify({ subject: { ...this.subject, ...more }, killAt } satisfies Partial<ChildSync>),
    )
    const child = spawn(process.execPath, [join(import.meta.dirname, 'sync-child.ts'), path], {
      env: { ...process.env, TMPDIR: this.subject.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
    const [code, signal]: unknown[] = await once(child, 'close')
    return { end: typeof signal === 'string' ? signal : Number(code), output }
  }

  async until(state: SyncState): Promise<void> {
    await this.waitFor(`the sync is ${state}`, () => Promise.resolve(this.told.at(-1)?.state === state))
  }

  /** Waits for an effect. @throws Error that says what did not come; the sync's own failure when it ended meanwhile */
  async waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const giveUpAt = Date.now() + PATIENCE_MS; !(await isSo()); await sleep(POLL_MS)) {
      if (this.#running?.failure !== undefined) throw this.#running.failure
      if (Date.now() > giveUpAt)
        throw new Error(`did not come: ${what}; told last: ${JSON.stringify(this.told.at(-1))}`)
    }
  }

  /** Commits something new at the source and waits until the target has it: ms that took. */
  async arrival(): Promise<number> {
    const n = ++this.#markers
    const from = Date.now()
    await this.source.query(`INSERT INTO ticks VALUES (${MARKER}, ${n})`)
    await this.waitFor(`marker ${n} in the target`, async () => {
      const [row] = await this.target
        .query(`SELECT count(*) FROM ticks WHERE writer = ${MARKER} AND n = ${n}`)
        .catch(() => [])
      return row?.[0] === '1'
    })
    return Date.now() - from
  }

  /** Ends the writers, lets the sync catch up and stops it; gives what is not equal then. */
  async settle(): Promise<string[]> {
    for (const writer of this.#writers) await writer.stop()
    if (this.#running === undefined) this.start()
    await this.arrival()
    await this.stop()
    return differences(this.source, this.target, this.tables)
  }

  /** Transactions of all writers. */
  get written(): number {
    return this.#writers.reduce((sum, writer) => sum + writer.done(), 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop().catch(() => undefined)
    await this.#scope.disposeAsync()
  }
}

function endOf({ kind, name, server }: FaultDatabase, port: number): SubjectEnd {
  const { host, user, password } = server
  const shared = { host, port, user, database: name }
  return kind === 'postgresql'
    ? { kind, password, settings: { ...shared, tls: { mode: 'disable' } } }
    : { kind: 'mysql', password, settings: { ...shared, tls: 'off' } }
}

async function dropAll(source: FaultDatabase, target: FaultDatabase): Promise<void> {
  if (source.kind === 'postgresql') {
    await source.query(
      `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database() AND active_pid IS NOT NULL`,
    )
    for (let i = 0; i < 100; i++) {
      const left = await source.query(
        `SELECT slot_name, CASE WHEN active THEN NULL ELSE pg_drop_replication_slot(slot_name) END FROM pg_replication_slots WHERE database = current_database()`,
      )
      if (left.length === 0) break
      await sleep(POLL_MS)
    }
  }
  await Promise.all([source.drop(), target.drop()])
}
