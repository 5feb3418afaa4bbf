import { afterAll, describe, expect, inject, it } from 'vitest'
import { openOwnPostgres } from '../testing/faults/own-postgres.ts'
import { PROCESS_ROWS } from '../testing/faults/process-rows.ts'
import { Scene } from '../testing/faults/scene.ts'
import { FAULT_PATIENCE_MS, FAULT_SEEDS } from '../testing/faults/seeds.ts'
import { SERVER_ROWS } from '../testing/faults/server-rows.ts'

const shared = ['postgresql', inject('postgres')] as const
// Little log is kept, so that a slot can be lost; what is not waited for is lost by a crash.
const own = await openOwnPostgres(['max_slot_wal_keep_size=48MB', 'max_wal_size=64MB', 'wal_writer_delay=10s'])
afterAll(() => own[Symbol.asyncDispose]())

const named = <Row extends { readonly row: number; readonly what: string }>(rows: readonly Row[]) =>
  rows.map((one) => [`row ${one.row}: ${one.what}`, one] as const)

describe.each(named(SERVER_ROWS))('%s', (_title, { side, settings, inject: injectFault }) => {
  it.each(FAULT_SEEDS)(
    'seed %i',
    async (seed) => {
      const servers = { source: shared, target: shared, [side]: ['postgresql', own.address] as const }
      await using scene = await Scene.open(servers, { seed, ...(settings && { settings }) })
      await injectFault(scene, own)
      expect(await scene.settle()).toEqual([])
    },
    FAULT_PATIENCE_MS,
  )
})

describe.each(named(PROCESS_ROWS))('%s', (_title, { inject: injectFault }) => {
  it.each(FAULT_SEEDS)(
    'seed %i',
    async (seed) => {
      await using scene = await Scene.open({ source: shared, target: shared }, { seed })
      await injectFault(scene)
      expect(await scene.settle()).toEqual([])
    },
    FAULT_PATIENCE_MS,
  )
})
