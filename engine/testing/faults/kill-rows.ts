import { readdir } from 'node:fs/promises'
import type { Random } from './random.ts'
import { type FaultRow, recovers } from './rows.ts'
import type { Scene } from './scene.ts'

interface KillPlan {
  readonly moment: string
  /** The first place is 1. */
  readonly nth: (random: Random) => number
  /** Kills a little later, in the middle of what began then. */
  readonly afterMs?: (random: Random) => number
}

const times = (most: number) => (random: Random) => 1 + random.int(most)
const soon = (random: Random): number => random.int(20)

/** Kills a sync in a process of its own at one of the moments, then goes on in this one. */
async function killed(scene: Scene, plans: readonly [KillPlan, ...KillPlan[]]): Promise<void> {
  const { random, subject } = scene.world
  const { moment, nth, afterMs } = random.pick(plans)
  const killAt = { moment, nth: nth(random), ...(afterMs === undefined ? {} : { afterMs: afterMs(random) }) }
  const child = await scene.child({ killAt })
  const end = await child.ended
  if (end !== 'SIGKILL')
    throw new Error(`not killed ${JSON.stringify(killAt)}, but ended with ${end}: ${child.output().slice(-2_000)}`)
  void scene.start()
  await scene.until('streaming')
  await recovers(scene)
  const left = (await readdir(subject.folder)).filter((name) =>
    name.startsWith(`runnel-spill-${child.process.pid ?? ''}-`),
  )
  if (left.length > 0) throw new Error(`left behind by the one that was killed: ${left.join(', ')}`)
}

/** Rows 1 to 6: where a sync may be killed. */
export const KILL_ROWS: readonly FaultRow[] = [
  {
    row: 1,
    what: 'killed while extracting',
    inject: (scene) =>
      killed(scene, [
        { moment: 'after session.read', nth: times(6), afterMs: soon },
        { moment: 'after feed.next', nth: times(6) },
        { moment: 'after session.keyBound', nth: times(4) },
      ]),
  },
  {
    row: 2,
    what: 'killed after a piece is in the target, before that is noted',
    inject: (scene) => killed(scene, [{ moment: 'after writer.commit', nth: times(6) }]),
  },
  {
    row: 3,
    what: 'killed after rows and position are stored, before the source is told',
    inject: (scene) => killed(scene, [{ moment: 'before feed.acknowledge', nth: times(8) }]),
  },
  {
    row: 4,
    what: 'killed while rows are staged or changes are applied',
    inject: (scene) =>
      killed(scene, [
        { moment: 'before writer.stage', nth: times(5), afterMs: soon },
        { moment: 'before applier.apply', nth: times(12), afterMs: soon },
      ]),
  },
  {
    row: 5,
    what: 'killed between copy and stream',
    inject: (scene) =>
      killed(scene, [
        { moment: 'after changes.now', nth: times(5) },
        { moment: 'after changes.open', nth: times(1) },
        { moment: 'before feed.next', nth: times(1), afterMs: soon },
        { moment: 'after changes.hold', nth: times(1), afterMs: soon },
      ]),
  },
  {
    row: 6,
    what: 'killed while a piece or a batch is committed',
    inject: (scene) =>
      killed(scene, [
        { moment: 'before writer.commit', nth: times(6), afterMs: soon },
        { moment: 'before applier.commit', nth: times(8), afterMs: soon },
      ]),
  },
]
