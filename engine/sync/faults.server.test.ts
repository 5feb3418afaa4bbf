import { describe, expect, inject, it } from 'vitest'
import { KILL_ROWS } from '../testing/faults/kill-rows.ts'
import { NETWORK_ROWS } from '../testing/faults/rows.ts'
import { Scene } from '../testing/faults/scene.ts'
import { FAULT_PATIENCE_MS, FAULT_SEEDS } from '../testing/faults/seeds.ts'
import type { WorldServers } from '../testing/faults/world.ts'

const postgres = ['postgresql', inject('postgres')] as const
const mariadb = ['mariadb', inject('mariadb')] as const
/** Taken in turn from seed to seed, and from row to row. */
const PAIRS: readonly WorldServers[] = [
  { source: postgres, target: postgres },
  { source: postgres, target: mariadb },
]

const ROWS = [...KILL_ROWS, ...NETWORK_ROWS].map((one) => [`row ${one.row}: ${one.what}`, one] as const)

describe.each(ROWS)('%s', (_title, { row, inject: injectFault, ddl, settings }) => {
  it.each(FAULT_SEEDS)(
    'seed %i',
    async (seed) => {
      const servers = PAIRS[(row + seed) % PAIRS.length]
      if (servers === undefined) throw new Error('no servers')
      await using scene = await Scene.open(servers, { seed, ...(ddl && { ddl }), ...(settings && { settings }) })
      await injectFault(scene)
      expect(await scene.settle()).toEqual([])
    },
    FAULT_PATIENCE_MS,
  )
})
