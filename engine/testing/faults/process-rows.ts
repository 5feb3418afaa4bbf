import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '../../contract/sync.ts'
import { type FaultRow, recovers } from './rows.ts'
import type { RunningChild } from './run-child-sync.ts'
import type { Scene } from './scene.ts'

/** What a sync may take more than it had when it began to stream. */
const MOST_GROWTH_MB = 200
/** Node collects late where memory is plenty; who holds too much ends with this heap, and the rest is no garbage. */
const SMALL_HEAP = ['--max-old-space-size=128', '--max-semi-space-size=4']
const LARGE_ROWS = 300_000

interface ChildStatus extends SyncStatus {
  readonly rssMb: number
}

/** What a child told so far; the last line may be under way. */
function toldBy(child: RunningChild): ChildStatus[] {
  const lines = child.output().split('\n').slice(0, -1)
  return lines.filter((line) => line.startsWith('{')).map((line): ChildStatus => JSON.parse(line))
}

async function streams(scene: Scene, child: RunningChild): Promise<number> {
  await scene.waitFor('the child streams', () => Promise.resolve(toldBy(child).at(-1)?.state === 'streaming'))
  return toldBy(child).at(-1)?.rssMb ?? 0
}

/** Lets a lot happen to a sync in a process of its own and looks at its memory. */
async function staysSmall(scene: Scene, happen: () => Promise<void>): Promise<void> {
  const child = await scene.child({}, SMALL_HEAP)
  const before = await streams(scene, child)
  await happen()
  await scene.arrival()
  child.process.kill('SIGTERM')
  const end = await child.ended
  if (end !== 0) throw new Error(`the child ended with ${end}: ${child.output().slice(-2_000)}`)
  const most = Math.max(...toldBy(child).map(({ rssMb }) => rssMb))
  if (most > before + MOST_GROWTH_MB)
    throw new Error(`memory grew from ${Math.round(before)} to ${Math.round(most)} MB`)
}

/** Rows that need a process of their own to be seen: memory, clocks, pauses. */
export const PROCESS_ROWS: readonly FaultRow[] = [
  {
    row: 12,
    what: 'a target that takes 2 MB a second, and a source that writes more',
    inject: (scene) =>
      staysSmall(scene, async () => {
        const { source, toTarget } = scene.world
        toTarget.limit('toServer', 2_000_000)
        for (let i = 0; i < 12; i++) {
          await source.query(`UPDATE wide SET big = repeat('${i} slow ', 100000) WHERE id BETWEEN 1 AND 5`)
        }
        for (let i = 1; i <= 20; i++) {
          await source.query(
            `INSERT INTO orders SELECT ${i}00000000 + i, repeat('slow ', 20), i FROM generate_series(1, 5000) i`,
          )
        }
        toTarget.limit('toServer', undefined)
      }),
  },
  {
    row: 19,
    what: 'a runner is paused, another goes on, the first one wakes',
    inject: async (scene) => {
      const paused = await scene.child()
      await streams(scene, paused)
      paused.process.kill('SIGSTOP')
      void scene.start()
      await scene.until('streaming')
      await recovers(scene)
      paused.process.kill('SIGCONT')
      const end = await paused.ended
      if (end !== 1 || !paused.output().includes('sync.taken_over'))
        throw new Error(`the one that woke: ${end} ${paused.output().slice(-1_000)}`)
      await recovers(scene)
    },
  },
  {
    row: 20,
    what: 'the clock jumps by hours and days, back and forth',
    inject: async (scene) => {
      const child = await scene.child({}, ['--import', join(import.meta.dirname, 'clock-jump.ts')])
      await streams(scene, child)
      for (const until = performance.now() + 12_000; performance.now() < until; await sleep(500)) await recovers(scene)
      const { length } = toldBy(child)
      await recovers(scene)
      await scene.waitFor('the child goes on telling', () => Promise.resolve(toldBy(child).length > length))
      child.process.kill('SIGTERM')
      const end = await child.ended
      if (end !== 0) throw new Error(`the child ended with ${end}: ${child.output().slice(-2_000)}`)
    },
  },
  {
    row: 24,
    what: `one transaction of ${LARGE_ROWS.toLocaleString('en')} rows`,
    inject: (scene) =>
      staysSmall(scene, async () => {
        await scene.world.source.query(
          `INSERT INTO orders SELECT 2000000000 + i, repeat('large ', 8), i FROM generate_series(1, ${LARGE_ROWS}) i`,
        )
      }),
  },
]
