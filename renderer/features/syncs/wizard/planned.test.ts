import { expect, it } from 'vitest'
import { Failure } from '../../../../engine/contract/failure.ts'
import type { PlannedTable, SyncCapability } from '../../../../engine/contract/sync-plan.ts'
import { inOrder, NO_PLAN, plannedWith, summaryOf } from './planned.ts'

const CAPABLE: SyncCapability = { kind: 'postgresql', changes: true, applies: true, promise: 'exactly_once' }

function table(dataset: string, more: Partial<PlannedTable> = {}): PlannedTable {
  const empty = { exists: false, columns: [], keys: ['id'], mappings: [], statements: [], warnings: [] }
  return { dataset, target: dataset, ...empty, ...more }
}

const TABLES = [
  table('a', { exists: true }),
  table('b', { keys: [] }),
  table('c', { failure: new Failure('sync.no_tables', { sync: 's', source: 'erp' }).toJSON() }),
]

it('grows table by table; what a person must look at stands first', () => {
  const names = [...TABLES, table('d')].map(({ dataset, target }) => ({ dataset, target }))
  const begun = plannedWith(NO_PLAN, { kind: 'names', source: CAPABLE, target: CAPABLE, names })
  expect(inOrder(begun).map(({ dataset }) => dataset)).toEqual(['a', 'b', 'c', 'd'])
  const plan = TABLES.reduce((before, one) => plannedWith(before, { kind: 'table', table: one }), begun)
  expect(inOrder(plan).map(({ dataset, table: known }) => `${dataset}${known === undefined ? '?' : ''}`)).toEqual([
    'c',
    'b',
    'a',
    'd?',
  ])
  expect(summaryOf(plan)).toEqual({ fresh: 1, existing: 1, failing: 1, withoutKey: 1, lossy: 0 })
})
