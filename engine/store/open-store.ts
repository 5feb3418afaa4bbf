import type { Clock } from '../base/clock.ts'
import { systemClock } from '../base/clock.ts'
import { type AuditStore, auditStore } from './audit.ts'
import { type CheckResultStore, checkResultStore } from './check-results.ts'
import { openDatabase } from './database.ts'
import { type DeploymentStore, deploymentStore } from './deployments.ts'
import { type JobRunStore, jobRunStore } from './job-runs.ts'
import { type LeaseStore, leaseStore } from './leases.ts'
import { type RunEventStore, runEventStore } from './run-events.ts'
import { type RunStore, runStore } from './runs.ts'
import { type StatisticsStore, statisticsStore } from './statistics.ts'
import { type SyncTableStore, syncTableStore } from './sync-tables.ts'
import { type SyncStore, syncStore } from './syncs.ts'
import { type TakenFileStore, takenFileStore } from './taken-files.ts'
import { type TrustStore, trustStore } from './trust.ts'

/** The engine's own state: one SQLite file, many processes. Every call is a committed transaction when it returns. */
export interface Store extends Disposable {
  readonly runs: RunStore
  readonly runEvents: RunEventStore
  readonly leases: LeaseStore
  readonly jobRuns: JobRunStore
  readonly deployments: DeploymentStore
  readonly syncDeployments: DeploymentStore
  readonly trust: TrustStore
  readonly audit: AuditStore
  readonly statistics: StatisticsStore
  readonly syncs: SyncStore
  readonly syncTables: SyncTableStore
  readonly checkResults: CheckResultStore
  readonly takenFiles: TakenFileStore
}

/** @throws Failure `store.damaged`, `store.too_new`. */
export function openStore(path: string, clock: Clock = systemClock): Store {
  const database = openDatabase(path)
  return {
    runs: runStore(database, clock),
    runEvents: runEventStore(database, clock),
    leases: leaseStore(database, clock),
    jobRuns: jobRunStore(database, clock),
    deployments: deploymentStore(database, clock, 'job'),
    syncDeployments: deploymentStore(database, clock, 'sync'),
    trust: trustStore(database, clock),
    audit: auditStore(database, clock),
    statistics: statisticsStore(database, clock),
    syncs: syncStore(database, clock),
    syncTables: syncTableStore(database, clock),
    checkResults: checkResultStore(database),
    takenFiles: takenFileStore(database, clock),
    [Symbol.dispose]: () => database.close(),
  }
}
