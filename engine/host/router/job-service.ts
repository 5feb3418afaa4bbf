import type { DeployedJob, DeploymentSummary, JobRunSummary } from '../../contract/api/jobs.ts'
import type { DeployedFiles, PushOutcome } from '../../contract/api/server.ts'

/** Jobs that were pushed to this engine. Only a server has them. */
export interface JobService {
  list(): Promise<DeployedJob[]>
  /** @throws Failure `job.unknown` */
  trigger(job: string): Promise<JobRunSummary>
  runs(job: string | undefined, limit: number): Promise<JobRunSummary[]>
  cancel(jobRunId: string): Promise<JobRunSummary>
  deployments(job: string | undefined): Promise<DeploymentSummary[]>
  /** @throws Failure `job.unknown`, `job.no_previous` */
  rollback(job: string, actor: string): Promise<DeploymentSummary>
  /** The files of the active version of a job or sync; none when there is no such. */
  deployed(job: string, kind?: 'job' | 'sync'): Promise<DeployedFiles>
  info(): Promise<{ version: string; time: string; jobs: number }>
  /** @throws Failure `bundle.*` when the bundle itself cannot be believed. */
  push(bundle: unknown, actor: string, wish?: { readonly acceptsLoss: boolean }): Promise<PushOutcome>
  trustKey(key: { readonly publicKey: string; readonly name: string }, actor: string): Promise<{ keyId: string }>
  setSecret(name: string, value: string, actor: string): Promise<{ keptIn: 'key-store' | 'file' }>
}
