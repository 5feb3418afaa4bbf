import { expect, it } from 'vitest'
import type { SyncStanding } from '../../../../engine/contract/api/syncs.ts'
import type { SyncLogEntry } from '../../../../engine/contract/sync.ts'
import { type Watched, watchedWith } from './use-watched.ts'

const EMPTY: Watched = { standing: undefined, log: [], moments: [] }

function standing(second: number, isRun = true): SyncStanding {
  const updatedAt = `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`
  const status = { name: 's', state: 'streaming' as const, lagBytes: second, changesPerSecond: 1, transactions: '0' }
  return { isWanted: true, isRun, status: { ...status, tables: [], updatedAt } }
}

const entry = (sequence: number): SyncLogEntry => ({ sequence, at: '2026-01-01T00:00:00.000Z', kind: 'started' })

it('keeps the newest entries first, however many come', () => {
  let watched = EMPTY
  for (let first = 1; first < 700; first += 2) {
    watched = watchedWith(watched, { standing: standing(1), log: [entry(first), entry(first + 1)] })
  }
  expect(watched.log.map(({ sequence }) => sequence).slice(0, 3)).toEqual([700, 699, 698])
  expect(watched.log).toHaveLength(500)
})

it('draws each moment once, and none while nothing runs', () => {
  const told = [standing(1), standing(1), standing(2), standing(3, false)]
  const watched = told.reduce((before, now) => watchedWith(before, { standing: now, log: [] }), EMPTY)
  expect(watched.moments.map(({ lagBytes }) => lagBytes)).toEqual([1, 2])
  expect(watched.standing?.isRun).toBe(false)
})
