import { expect, it } from 'vitest'
import type { SyncTable } from '../../../../engine/contract/sync.ts'
import { copiedShare, shownTables } from './shown-tables.ts'

const table = (dataset: string, state: SyncTable['state'], more: Partial<SyncTable> = {}): SyncTable => {
  return { dataset, target: `ods_${dataset}`, state, copiedRows: '0', written: '0', deleted: '0', ...more }
}
const TABLES = [table('a', 'copied'), table('b', 'failed'), table('c', 'waiting'), table('d', 'copying')]

it.each([
  ['everything', '', 'all', ['b', 'd', 'a', 'c']],
  ['what fails', '', 'failed', ['b']],
  ['a name', 'C', 'all', ['c']],
  ['a name of the target', 'ods_D', 'all', ['d']],
  ['nothing', 'x', 'all', []],
] as const)('shows %s', (_case, search, state, names) => {
  expect(shownTables(TABLES, { search, state }).map(({ dataset }) => dataset)).toEqual(names)
})

it.each([
  ['not known', table('a', 'copying', { copiedRows: '5' }), undefined],
  ['half', table('a', 'copying', { copiedRows: '5', estimatedRows: '10' }), 0.5],
  ['more than was thought', table('a', 'copying', { copiedRows: '50', estimatedRows: '10' }), 0.99],
  ['not of a table that fails', table('a', 'failed', { copiedRows: '5', estimatedRows: '10' }), undefined],
  ['done', table('a', 'copied', { copiedRows: '5', estimatedRows: '10' }), 1],
])('tells how much is copied: %s', (_case, of, share) => {
  expect(copiedShare(of)).toBe(share)
})
