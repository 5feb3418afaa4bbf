import { describe, expect, inject, it } from 'vitest'
import { Scene, type SceneServers } from '../testing/faults/scene.ts'

const seeds = Array.from({ length: Number(process.env['RUNNEL_FAULT_SEEDS'] ?? 1) }, (_, i) => i + 1)
const servers: SceneServers = { source: ['postgresql', inject('postgres')], target: ['postgresql', inject('postgres')] }

describe.each(seeds)('seed %i', (seed) => {
  it('row 0', async () => {
    await using scene = await Scene.open(servers, { seed })
    scene.start()
    await scene.until('streaming')
    console.log('streaming', scene.written)
    console.log(await scene.arrival())
    console.log(await scene.arrival())
    expect(await scene.settle()).toEqual([])
    console.log('settled', scene.written)
  })
})
