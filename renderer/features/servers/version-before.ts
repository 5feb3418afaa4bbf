import type { DeploymentSummary } from '../../../engine/contract/api/jobs.ts'

/**
 * The version that a rollback brings back: the newest one older than the active one. Versions newer than that were rolled back
 * from, and do not return.
 */
export function versionBefore(versions: readonly DeploymentSummary[]): DeploymentSummary | undefined {
  const active = versions.find(({ state }) => state === 'active')
  if (active === undefined) return undefined
  const older = versions.filter(({ deployedAt }) => Date.parse(deployedAt) < Date.parse(active.deployedAt))
  return older.toSorted((a, b) => Date.parse(b.deployedAt) - Date.parse(a.deployedAt))[0]
}
