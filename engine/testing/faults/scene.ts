import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncState, SyncStatus } from '../../contract/sync.ts'
import { differences } from './compare.ts'
import type { FaultDatabase } from './fault-database.ts'
import { type RunningChild, startChildSync } from './run-child-sync.ts'
import type { ChildSync } from './sync-child.ts'
import { runSubject, type SubjectRun, type SyncSubject } from './sync-subject.ts'
import { openWorld, type World, type WorldOptions, type WorldServers } from './world.ts'

/** How long what must come is waited for: a machine that many share is slow. */
const PATIENCE_MS = 100_000
const POLL_MS = 25
const MARKER = 99

interface Running {
  readonly stop: AbortController
  readonly done: Promise<void>
  failure: unknown
}

/** A world with a sync that is to survive what is done to them. */
export class Scene implements AsyncDisposable {
  readonly world: World
  /** What the sync told, of all its starts in this process. */
  readonly told: SyncStatus[] = []
  #running: Running | undefined
  readonly #children: RunningChild[] = []
  #markers = 0

  private constructor(world: World) {
    this.world = world
  }

  static async open(servers: WorldServers, options: WorldOptions): Promise<Scene> {
    return new Scene(await openWorld(servers, options))
  }

  /** Starts the sync in this process. Gives its end. */
  start(more: Partial<SyncSubject> = {}, run: Partial<SubjectRun> = {}): Promise<void> {
    const stop = new AbortController()
    const tell = (status: SyncStatus): void => void this.told.push(status)
    const done = runSubject({ ...this.world.subject, ...more }, { signal: stop.signal, tell, ...run })
    const running: Running = { stop, done, failure: undefined }
    done.catch((failure: unknown) => {
      running.failure = failure
    })
    this.#running = running
    return done
  }

  /** Stops the sync in this process; fails when it had failed. */
  async stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    running?.stop.abort()
    await running?.done
  }

  /** While tables are copied, their rows come later than the position. */
  get #wasStreaming(): boolean {
    return this.told.some(({ state }) => state === 'streaming')
  }

  /** The sync in a process of its own. */
  async child(more: Omit<ChildSync, 'subject'> = {}, nodeOptions: readonly string[] = []): Promise<RunningChild> {
    const child = await startChildSync({ subject: this.world.subject, ...more }, nodeOptions)
    this.#children.push(child)
    return child
  }

  async until(state: SyncState): Promise<void> {
    await this.waitFor(`the sync is ${state}`, () => Promise.resolve(this.told.at(-1)?.state === state))
  }

  /** Waits for what a fault does; fails with the sync when that ends before. */
  async during<T>(happens: Promise<T>): Promise<T> {
    const soon = { isSo: false }
    const noted = happens.finally(() => {
      soon.isSo = true
    })
    await this.waitFor('the fault', () => Promise.resolve(soon.isSo))
    return noted
  }

  /** Waits for an effect. @throws Error that says what did not come; the failure of the sync when it ended meanwhile */
  async waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const giveUpAt = Date.now() + PATIENCE_MS; !(await isSo()); await sleep(POLL_MS)) {
      if (this.#running?.failure !== undefined) throw this.#running.failure
      if (Date.now() > giveUpAt)
        throw new Error(`did not come: ${what}; told last: ${JSON.stringify(this.told.at(-1))}`)
    }
  }

  /** Commits a marker at the source and waits until the target has it; gives the ms that took. */
  async arrival(): Promise<number> {
    const { source, target } = this.world
    const from = performance.now()
    const n = ++this.#markers
    await source.query(`INSERT INTO ticks VALUES (${MARKER}, ${n})`)
    const behind = source.kind === 'postgresql' ? await positionNow(source) : undefined
    const isThere = `(SELECT count(*) FROM ticks WHERE writer = ${MARKER} AND n = ${n})`
    await this.waitFor(`marker ${n} in the target`, async () => {
      const [[count, position] = []] = await target
        .query(`SELECT ${isThere}, (SELECT max(position) FROM _runnel_positions)`)
        .catch(() => [])
      const isAhead = behind !== undefined && this.#wasStreaming && (position ?? '') >= behind
      if (isAhead && count === '0') throw new Error(`the target says ${position ?? ''} and has no marker ${n}`)
      return count === '1'
    })
    return performance.now() - from
  }

  /** Ends the writers, lets the sync catch up and stops it; gives what is not as it must be then. */
  async settle(): Promise<string[]> {
    const { writers, source, target, tables } = this.world
    for (const writer of writers) await writer.stop()
    if (this.#running === undefined) void this.start()
    await this.arrival()
    await this.stop()
    return [...(await differences(source, target, tables)), ...this.#told()]
  }

  /** What no fault may leave in what is told. */
  #told(): string[] {
    const printed = [JSON.stringify(this.told), ...this.#children.map((child) => child.output())].join('\n')
    const { source, target } = this.world.subject
    const secrets = [source.password, target.password].filter((secret) => printed.includes(secret))
    const unexpected = this.told.filter(({ failure }) => failure?.code === 'internal.unexpected')
    return [...secrets.map(() => 'a secret was told'), ...unexpected.map(({ failure }) => JSON.stringify(failure))]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.#children) process.kill('SIGKILL')
    await Promise.all(this.#children.map(({ ended }) => ended))
    await this.stop().catch(() => undefined)
    await this.world[Symbol.asyncDispose]()
  }
}

/** As the target stores positions of PostgreSQL. */
async function positionNow(source: FaultDatabase): Promise<string | undefined> {
  const [[position] = []] = await source.query(
    `SELECT lpad(upper(to_hex((pg_current_wal_lsn() - '0/0')::bigint)), 16, '0')`,
  )
  return position ?? undefined
}
