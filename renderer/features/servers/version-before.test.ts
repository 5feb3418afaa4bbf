import { expect, it } from 'vitest'
import type { DeploymentSummary } from '../../../engine/contract/api/jobs.ts'
import { versionBefore } from './version-before.ts'

/** Newest first, like a server lists them; the one named is active. */
function versions(count: number, active: number): DeploymentSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const id = count - index
    return {
      id: `v${id}`,
      job: 'nightly',
      digest: `digest-${id}`,
      keyId: 'key',
      state: id === active ? 'active' : 'superseded',
      deployedAt: new Date(Date.UTC(2026, 0, id)).toISOString(),
    }
  })
}

it.each([
  ['the one before the newest', versions(3, 3), 'v2'],
  ['not the one that was rolled back from', versions(3, 2), 'v1'],
  ['none before the first', versions(3, 1), undefined],
  ['none of a single version', versions(1, 1), undefined],
  ['none where nothing is active', versions(2, 0), undefined],
  ['none of no versions', [], undefined],
  ['whatever the order', versions(3, 3).toReversed(), 'v2'],
])('a rollback brings back %s', (_case, listed, expected) => {
  expect(versionBefore(listed)?.id).toBe(expected)
})
