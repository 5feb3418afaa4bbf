import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProxy } from '../servers/proxy.ts'
import type { Scene } from './scene.ts'
import { FAULT_RECOVERY_MS } from './seeds.ts'

/** A row of the fault matrix (QUALITY 3) for syncs: does what it says to a scene, which settles afterwards. */
export interface FaultRow {
  readonly row: number
  readonly what: string
  /** What writers do to the structure meanwhile. */
  readonly ddl?: readonly string[]
  readonly settings?: Readonly<Record<string, unknown>>
  readonly inject: (scene: Scene) => Promise<void>
}

/** The cause is gone: the sync must go on by itself. @throws Error when it took longer than a user is promised */
export async function recovers(scene: Scene, withinMs = FAULT_RECOVERY_MS): Promise<void> {
  const tookMs = await scene.arrival()
  if (tookMs > withinMs) throw new Error(`went on after ${Math.round(tookMs)} ms`)
}

/** Breaks the n-th large piece that goes through. */
function cutCopy(proxy: TestProxy, direction: 'toServer' | 'toClient', nth: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = nth
  proxy.watch((to, bytes) => {
    if (to !== direction || bytes.length < 8_000 || --left !== 0) return 'pass'
    resolve()
    return 'cut'
  })
  return promise
}

export const NETWORK_ROWS: readonly FaultRow[] = [
  {
    row: 9,
    what: 'cut in the middle of COPY, at the source and at the target',
    inject: async (scene) => {
      const { random, toSource, toTarget } = scene.world
      const cuts = [cutCopy(toTarget, 'toServer', 1 + random.int(6)), cutCopy(toSource, 'toClient', 1 + random.int(6))]
      void scene.start()
      await scene.during(Promise.all(cuts))
      await scene.until('streaming')
      await recovers(scene)
    },
  },
  {
    row: 10,
    what: 'COMMIT lost, or its reply, while copying and while streaming',
    inject: async (scene) => {
      const { random, toTarget, target } = scene.world
      const copying = toTarget.loseCommit(target.wire, random.pick(['request', 'reply']))
      void scene.start()
      await scene.during(copying)
      await scene.until('streaming')
      for (const part of ['request', 'reply'] as const) {
        await scene.during(toTarget.loseCommit(target.wire, part))
        await recovers(scene)
      }
    },
  },
  {
    row: 11,
    what: 'half-open to the source',
    inject: async (scene) => {
      void scene.start()
      await scene.until('streaming')
      scene.world.toSource.stallAll()
      await recovers(scene, 30_000 + FAULT_RECOVERY_MS)
    },
  },
  {
    row: 11,
    what: 'half-open to the target',
    inject: async (scene) => {
      void scene.start()
      await scene.until('streaming')
      scene.world.toTarget.stallAll()
      await recovers(scene, 30_000 + FAULT_RECOVERY_MS)
    },
  },
  {
    row: 13,
    what: 'delay, silence, refused connections, resets, a name that is not found',
    inject: async (scene) => {
      const { toSource, toTarget, random } = scene.world
      void scene.start({}, { unresolvedOpens: 2 })
      for (const proxy of [toSource, toTarget]) proxy.delay(random.int(20))
      await scene.until('streaming')
      for (const proxy of [toSource, toTarget]) proxy.hold(true)
      await sleep(500 + random.int(1_500))
      for (const proxy of [toSource, toTarget]) proxy.hold(false)
      await recovers(scene)
      const broken = random.pick([toSource, toTarget])
      broken.refuse(true)
      broken.resetAll()
      await scene.until('waiting')
      await sleep(1_000 + random.int(3_000))
      broken.refuse(false)
      for (const proxy of [toSource, toTarget]) proxy.delay(0)
      await recovers(scene)
    },
  },
  {
    row: 23,
    what: 'columns are added with and without values, renamed, dropped, widened and rewritten, from the copy on',
    ddl: [
      'ALTER TABLE orders ADD note varchar(20)',
      'ALTER TABLE orders ADD flag int NOT NULL DEFAULT 7',
      'ALTER TABLE orders RENAME note TO remark',
      'ALTER TABLE pairs ALTER b TYPE bigint',
      'ALTER TABLE orders ALTER amount TYPE numeric(14,3)',
      `ALTER TABLE orders ALTER flag TYPE varchar(20) USING concat('f', flag)`,
      'ALTER TABLE orders DROP remark',
    ],
    inject: async (scene) => {
      const { writers } = scene.world
      void scene.start()
      // A statement comes with every fifteenth transaction of the first writer.
      await scene.waitFor('all statements', () => Promise.resolve((writers[0]?.done() ?? 0) > 8 * 15))
      await scene.arrival()
    },
  },
  {
    row: 19,
    what: 'a second runner starts while the first one works, or waits for something to do',
    inject: async (scene) => {
      const first = scene.start()
      await scene.until('streaming')
      if (scene.world.random.chance(0.5)) for (const writer of scene.world.writers) await writer.stop()
      const second = scene.start()
      const ended = await first.then(
        () => 'ended without a word',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
      )
      if (ended !== 'sync.taken_over') throw new Error(`the first runner: ${String(ended)}`)
      await recovers(scene)
      second.catch(() => undefined)
    },
  },
]
