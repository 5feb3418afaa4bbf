import { describe, expect, inject, it } from 'vitest'
import { KILL_ROWS } from '../testing/faults/kill-rows.ts'
import { NETWORK_ROWS } from '../testing/faults/rows.ts'
import { Scene } from '../testing/faults/scene.ts'
import { FAULT_PATIENCE_MS, FAULT_SEEDS } from '../testing/faults/seeds.ts'
import type { WorldServers } from '../testing/faults/world.ts'

const servers: WorldServers = { source: ['postgresql', inject('postgres')], target: ['postgresql', inject('postgres')] }

describe.each([...KILL_ROWS, ...NETWORK_ROWS])('row $row: $what', ({ inject: injectFault, ddl, settings }) => {
  it.each(FAULT_SEEDS)(
    'seed %i',
    async (seed) => {
      await using scene = await Scene.open(servers, { seed, ...(ddl && { ddl }), ...(settings && { settings }) })
      await injectFault(scene)
      expect(await scene.settle()).toEqual([])
    },
    FAULT_PATIENCE_MS,
  )
})
