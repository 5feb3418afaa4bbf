import type { Clock } from '../base/clock.ts'
import { Failure } from '../contract/failure.ts'
import type { JobFile } from '../contract/job-file.ts'
import type { Deployment } from '../store/deployments.ts'
import type { JobRun, JobRunState } from '../store/job-runs.ts'
import type { Store } from '../store/open-store.ts'
import { datasetsOfRun } from './file-run.ts'
import { type JobRunner, type JobRunnerPorts, type JobWork, openJobRunner } from './job-runner.ts'
import { dueTimes } from './schedule.ts'
import type { FileWatch } from './watch-files.ts'

const TICK_MS = 250
/** How far behind the record of a schedule may be while nothing is due. */
const CHECKED_EVERY_MS = 10_000

export interface Scheduler {
  /** Queues a run by hand. */
  trigger(deployment: Deployment, job: JobFile): JobRun | undefined
  cancel(jobRunId: string): void
  stop(): Promise<void>
}

export interface SchedulerOptions extends Omit<JobRunnerPorts, 'workOf'> {
  readonly clock: Clock
  /** The job as the deployment has it. @throws Failure when its files are gone or damaged */
  readonly jobFile: (deployment: Deployment) => Promise<JobFile>
  /** Looks for files that jobs wait for. */
  readonly watch: FileWatch
  /** Most job runs at a time. */
  readonly concurrency: number
  readonly onError: (error: unknown) => void
}

/**
 * Queues what is due, starts what waits in order of priority, goes on with what a crash left, and starts jobs after those they
 * wait for. Only one process may do this for a store; the host sees to that.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { store } = options
  const workOf = (jobRun: JobRun): Promise<JobWork> => deployedWork(options, jobRun)
  const runner = openJobRunner({ ...options, workOf }, (jobRun, state) => {
    if (state === 'succeeded') void enqueueDependents(options, jobRun).catch(options.onError)
  })
  const looking = new Map<string, Promise<void>>()
  let ticking = Promise.resolve()
  let isTicking = false
  const timer = setInterval(() => {
    // A tick that takes long (a job file on a slow disk) is not overtaken by the next.
    if (isTicking) return
    isTicking = true
    ticking = tick(options, runner, looking)
      .catch(options.onError)
      .finally(() => {
        isTicking = false
      })
  }, TICK_MS)
  return {
    trigger: (deployment, { priority }) =>
      store.jobRuns.enqueue({ job: deployment.job, deploymentId: deployment.id, cause: 'manual', priority }),
    cancel: (id) => {
      const jobRun = store.jobRuns.get(id)
      if (jobRun?.state === 'queued') store.jobRuns.end(id, 'cancelled')
      runner.cancel(id)
    },
    stop: async () => {
      clearInterval(timer)
      await ticking
      await Promise.all(looking.values())
      await runner.stop()
    },
  }
}

async function deployedWork({ store, jobFile }: SchedulerOptions, jobRun: JobRun): Promise<JobWork> {
  const deployment = store.deployments.get(jobRun.deploymentId)
  if (deployment === undefined) throw new Failure('job.unknown', { job: jobRun.job })
  return { job: await jobFile(deployment), workspace: deployment.directory, datasets: datasetsOfRun(jobRun) }
}

async function tick(options: SchedulerOptions, runner: JobRunner, looking: Map<string, Promise<void>>): Promise<void> {
  const active = await activeJobs(options)
  enqueueDue(options, active)
  lookForFiles(options, active, looking)
  for (const jobRun of options.store.jobRuns.running()) runner.begin(jobRun)
  await startWaiting(options, runner)
}

interface ActiveJob {
  readonly deployment: Deployment
  readonly job: JobFile
}

/** What is deployed; a job whose files are damaged is told, and left out. */
async function activeJobs({ store, jobFile, onError }: SchedulerOptions): Promise<ActiveJob[]> {
  const active: ActiveJob[] = []
  for (const deployment of store.deployments.allActive()) {
    const job = await jobFile(deployment).catch(onError)
    if (job !== undefined) active.push({ deployment, job })
  }
  return active
}

function enqueueDue({ store, clock }: SchedulerOptions, active: readonly ActiveJob[]): void {
  const now = clock.now()
  for (const { deployment, job } of active) {
    if (job.schedule === undefined) continue
    const checked = store.jobRuns.checkedUntil(deployment.job) ?? deployment.deployedAt
    const due = dueTimes(job.schedule, checked, now)
    for (const dueAt of due) {
      const { priority } = job
      store.jobRuns.enqueue({ job: deployment.job, deploymentId: deployment.id, cause: 'schedule', dueAt, priority })
    }
    // A clock that jumped back must not make past times due again.
    // Every write is a flush of the disk: with nothing due it can wait, since looking again at a quiet time finds nothing again.
    if (due.length > 0 || now - checked >= CHECKED_EVERY_MS) store.jobRuns.setCheckedUntil(deployment.job, now)
  }
}

/** Not waited for: a place that answers slowly must not hold the schedule up. */
function lookForFiles(
  { watch, onError }: SchedulerOptions,
  active: readonly ActiveJob[],
  looking: Map<string, Promise<void>>,
): void {
  for (const { deployment, job } of active) {
    if (job.watch === undefined || looking.has(deployment.job)) continue
    const look = watch
      .look(deployment, job)
      .catch(onError)
      .finally(() => looking.delete(deployment.job))
    looking.set(deployment.job, look)
  }
}

async function startWaiting({ store, jobFile, concurrency }: SchedulerOptions, runner: JobRunner): Promise<void> {
  for (const jobRun of store.jobRuns.waiting()) {
    if (runner.activeIds.size >= concurrency) return
    const deployment = store.deployments.get(jobRun.deploymentId)
    const job = deployment === undefined ? undefined : await jobFile(deployment).catch(() => undefined)
    const overlaps = store.jobRuns.running().some((other) => other.job === jobRun.job)
    // A file is never passed over: its run waits.
    if (overlaps && job?.overlap === 'skip' && jobRun.cause !== 'file') store.jobRuns.end(jobRun.id, 'skipped')
    else if (!overlaps || job?.overlap === 'allow') runner.begin(jobRun)
  }
}

/** Queues every job that waits for this one, once all it waits for succeeded since it was last queued. */
async function enqueueDependents({ store, jobFile }: SchedulerOptions, ended: JobRun): Promise<void> {
  for (const deployment of store.deployments.allActive()) {
    const job = await jobFile(deployment)
    if (job.after?.includes(ended.job) !== true) continue
    const lastQueued = store.jobRuns.list(deployment.job, 1)[0]?.queuedAt ?? 0
    const ready = job.after.every((name) => (lastSuccess(store, name) ?? 0) > lastQueued)
    const { priority } = job
    if (ready)
      store.jobRuns.enqueue({ job: deployment.job, deploymentId: deployment.id, cause: 'dependency', priority })
  }
}

function lastSuccess(store: Store, job: string): number | undefined {
  const wanted: JobRunState = 'succeeded'
  return store.jobRuns.list(job, 20).find(({ state }) => state === wanted)?.finishedAt
}
