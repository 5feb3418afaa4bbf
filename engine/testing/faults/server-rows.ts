import type { OwnPostgres } from './own-postgres.ts'
import { type FaultRow, recovers } from './rows.ts'
import type { Scene } from './scene.ts'

/** Rows whose fault is one of the servers itself, on one that belongs to the test. */
export interface ServerRow extends Omit<FaultRow, 'inject'> {
  /** Which side of the sync the server is. */
  readonly side: 'source' | 'target'
  readonly inject: (scene: Scene, server: OwnPostgres) => Promise<void>
}

const EMPTIED = 'SELECT pg_switch_wal(); CHECKPOINT;'

/** The failure that a sync ends with. */
async function endsWith(running: Promise<void>, code: string): Promise<void> {
  const failure = await running.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failure instanceof Error && 'code' in failure && failure.code === code))
    throw new Error(`expected ${code}: ${String(failure)}`)
}

export const SERVER_ROWS: readonly ServerRow[] = [
  {
    row: 7,
    side: 'target',
    what: 'the target crashes in the middle of batches',
    inject: async (scene, server) => {
      void scene.start()
      await scene.until(scene.world.random.pick(['copying', 'streaming']))
      await server.crash()
      await recovers(scene)
      await scene.until('streaming')
      await server.crash()
      await recovers(scene)
    },
  },
  {
    row: 8,
    side: 'source',
    what: 'the source is stopped and started, and crashes',
    inject: async (scene, server) => {
      void scene.start()
      await scene.until(scene.world.random.pick(['copying', 'streaming']))
      await server.restart()
      await recovers(scene)
      await scene.until('streaming')
      await server.crash()
      await recovers(scene)
    },
  },
  {
    row: 16,
    side: 'target',
    what: 'power goes at a target that promises commits before they are on its disk',
    inject: async (scene, server) => {
      await scene.world.target.query(`ALTER DATABASE ${scene.world.target.name} SET synchronous_commit = off`)
      void scene.start()
      await scene.until('streaming')
      for (let i = 0; i < 3; i++) {
        await recovers(scene)
        await server.crash()
      }
      await recovers(scene)
    },
  },
  {
    row: 21,
    side: 'source',
    what: 'the source has thrown its log away; another has made the slot anew',
    settings: { tables: { include: ['public.*'] } },
    inject: async (scene) => {
      const { source, subject } = scene.world
      const slot = `runnel_${subject.name}`
      void scene.start()
      await scene.until('streaming')
      await scene.arrival()
      await scene.stop()
      await source.query(`SELECT pg_drop_replication_slot('${slot}')`)
      await source.query(`INSERT INTO orders VALUES (-1, 'in the gap', 0)`)
      await source.query(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`)
      await endsWith(scene.start(), 'changes.gap')
      void scene.start({ resync: 'all' })
      await scene.until('streaming')
      await scene.arrival()
      await scene.stop()
      await source.query('CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.filler (t text)')
      for (let lost = false; !lost; ) {
        await source.query(
          `INSERT INTO elsewhere.filler SELECT repeat(md5(i::text), 40) FROM generate_series(1, 20000) i`,
        )
        await source.query(EMPTIED)
        lost =
          (await source.query(`SELECT wal_status FROM pg_replication_slots WHERE slot_name = '${slot}'`))[0]?.[0] ===
          'lost'
      }
      await endsWith(scene.start(), 'changes.reader_lost')
      void scene.start({ resync: 'all' })
      await scene.until('streaming')
      await recovers(scene)
    },
  },
]
