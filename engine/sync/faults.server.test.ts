import { describe, expect, inject, it } from 'vitest'
import { KILL_ROWS } from '../testing/faults/kill-rows.ts'
import { NETWORK_ROWS } from '../testing/faults/rows.ts'
import { Scene } from '../testing/faults/scene.ts'
import type { WorldServers } from '../testing/faults/world.ts'

const PATIENCE_MS = 180_000

/** `npm run faults` asks for many. */
const seeds = Array.from({ length: Number(process.env['RUNNEL_FAULT_SEEDS'] ?? 1) }, (_, i) => i + 1)
const servers: WorldServers = { source: ['postgresql', inject('postgres')], target: ['postgresql', inject('postgres')] }

describe.each([...KILL_ROWS, ...NETWORK_ROWS])('row $row: $what', ({ inject: injectFault, ddl, settings }) => {
  it.each(seeds)(
    'seed %i',
    async (seed) => {
      await using scene = await Scene.open(servers, { seed, ...(ddl && { ddl }), ...(settings && { settings }) })
      await injectFault(scene)
      expect(await scene.settle()).toEqual([])
    },
    PATIENCE_MS,
  )
})
