import type { Clock } from '../../base/clock.ts'
import { nearestName } from '../../base/suggest.ts'
import type { DeployedJob, DeploymentSummary, JobRunSummary } from '../../contract/api/jobs.ts'
import { Failure } from '../../contract/failure.ts'
import type { JobFile, Watch } from '../../contract/job-file.ts'
import { describeJobRun } from '../../jobs/describe-job-run.ts'
import { describeSchedule, nextTimes } from '../../jobs/schedule.ts'
import type { Scheduler } from '../../jobs/scheduler.ts'
import type { FileWatch } from '../../jobs/watch-files.ts'
import type { Deployment } from '../../store/deployments.ts'
import type { JobRun } from '../../store/job-runs.ts'
import type { Store } from '../../store/open-store.ts'
import type { JobService } from '../router/job-service.ts'
import { deployedFiles } from './deployed-files.ts'

const NEXT_TIMES = 5

export interface JobServiceParts {
  readonly store: Store
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly jobFile: (deployment: Deployment) => Promise<JobFile>
  readonly watch: FileWatch
}

type Questions = Pick<JobService, 'list' | 'trigger' | 'runs' | 'cancel' | 'deployments' | 'rollback' | 'deployed'>

/** What a server answers about its jobs; pushing is apart (receive-push.ts). */
export function jobQuestions(parts: JobServiceParts): Questions {
  const { store, scheduler, jobFile } = parts
  return {
    list: async () => Promise.all(store.deployments.allActive().map((deployment) => deployedJob(parts, deployment))),
    trigger: async (job) => {
      const deployment = requireActive(store, job)
      const queued = scheduler.trigger(deployment, await jobFile(deployment))
      if (queued === undefined) throw new Failure('job.unknown', { job })
      return describeJobRun(store, queued)
    },
    runs: async (job, limit) => Promise.all(store.jobRuns.list(job, limit).map((jobRun) => withSteps(parts, jobRun))),
    cancel: async (id) => {
      scheduler.cancel(id)
      const jobRun = store.jobRuns.get(id)
      if (jobRun === undefined) throw new Failure('run.unknown', { runId: id })
      return describeJobRun(store, jobRun)
    },
    deployments: async (job) => store.deployments.list(job).map(printDeployment),
    rollback: async (job, actor) => {
      const current = requireActive(store, job)
      const previous = store.deployments.rollback(job)
      if (previous === undefined) throw new Failure('job.no_previous', { job })
      store.audit.add({ actor, action: 'rollback', subject: job, detail: { from: current.id, to: previous.id } })
      return printDeployment(previous)
    },
    deployed: async (job, kind) => {
      const active = (kind === 'sync' ? store.syncDeployments : store.deployments).active(job)
      return active === undefined
        ? { files: {} }
        : { deploymentId: active.id, files: await deployedFiles(active.directory) }
    },
  }
}

function printDeployment({ directory: _directory, deployedAt, ...rest }: Deployment): DeploymentSummary {
  return { ...rest, deployedAt: new Date(deployedAt).toISOString() }
}

async function deployedJob(parts: JobServiceParts, deployment: Deployment): Promise<DeployedJob> {
  const { store, clock, jobFile } = parts
  const { schedule, watch } = await jobFile(deployment)
  const lastRun = store.jobRuns.list(deployment.job, 1)[0]
  const times = schedule === undefined ? [] : nextTimes(schedule, clock.now(), NEXT_TIMES)
  return {
    job: deployment.job,
    deployment: printDeployment(deployment),
    nextTimes: times.map((ms) => new Date(ms).toISOString()),
    ...(schedule === undefined
      ? {}
      : {
          schedule: {
            cron: schedule.cron,
            timeZone: schedule.timeZone,
            text: { en: describeSchedule(schedule, 'en'), zh: describeSchedule(schedule, 'zh') },
          },
        }),
    ...(lastRun === undefined ? {} : { lastRun: describeJobRun(store, lastRun) }),
    ...(watch === undefined ? {} : { watch: watchedFiles(parts, deployment.job, watch) }),
  }
}

function watchedFiles(
  { store, watch }: JobServiceParts,
  job: string,
  { dataset }: Watch,
): NonNullable<DeployedJob['watch']> {
  const failure = watch.failureOf(job)
  return { dataset, ...store.takenFiles.count(job), ...(failure === undefined ? {} : { failure }) }
}

/** A version whose files are gone has no steps to tell of. */
async function withSteps({ store, jobFile }: JobServiceParts, jobRun: JobRun): Promise<JobRunSummary> {
  const deployment = store.deployments.get(jobRun.deploymentId)
  const job = deployment === undefined ? undefined : await jobFile(deployment).catch(() => undefined)
  return describeJobRun(store, jobRun, job)
}

function requireActive(store: Store, job: string): Deployment {
  const deployment = store.deployments.active(job)
  if (deployment !== undefined) return deployment
  const suggestion = nearestName(job, store.deployments.jobs())
  throw new Failure('job.unknown', { job, ...(suggestion === undefined ? {} : { suggestion }) })
}
