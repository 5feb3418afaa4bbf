import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { newId } from '../base/ids.ts'
import type { JobRunSummary } from '../contract/api/jobs.ts'
import { Failure } from '../contract/failure.ts'
import { jobFileSchema } from '../contract/job-file.ts'
import type { JobRun } from '../store/job-runs.ts'
import type { Store } from '../store/open-store.ts'
import { describeJobRun } from './describe-job-run.ts'
import { type JobRunner, type JobWork, openJobRunner, type StartStep } from './job-runner.ts'
import { type KeptLease, keepLease } from './keep-lease.ts'
import { markInterrupted } from './mark-interrupted.ts'
import { LEASE_MS } from './supervise-run.ts'

/** In place of a deployment: the job runs from its workspace. */
const WORKSPACE = 'workspace'
const TURN_POLL_MS = 100

/** The jobs of a workspace, run by hand in this process with the runner that servers use. */
export interface LocalJobs {
  /**
   * Begins a run of the job as it is now; later edits of its file do not reach it. While another run of the job goes on, its
   * `overlap` decides: the new one ends as `skipped`, waits, or runs beside it.
   */
  start(name: string, work: JobWork): JobRunSummary
  /** Takes up a run that did not succeed at the step where it ended. One that goes on or succeeded stays as it is. */
  resume(id: string): JobRunSummary
  /** Also of a run that another process works off: the step under way there is asked to stop. */
  cancel(id: string): JobRunSummary
  /** Newest first. */
  list(job: string | undefined, limit: number): JobRunSummary[]
  /** @throws Failure `run.unknown` */
  get(id: string): JobRunSummary
}

export interface LocalJobsOptions {
  readonly store: Store
  /** This process, in leases. */
  readonly owner: string
  readonly startStep: StartStep
}

export function openLocalJobs({ store, owner, startStep }: LocalJobsOptions): LocalJobs {
  const runner: JobRunner = openJobRunner(
    { store, owner, workOf: async (jobRun) => workOf(jobRun), startStep },
    (ended) => holds.letGo(ended.id),
  )
  const holds = openHolds(store, owner, (id) => runner.cancel(id))
  const find = (id: string): JobRun => {
    markInterruptedJobRuns(store)
    const jobRun = store.jobRuns.get(id)
    if (jobRun === undefined) throw new Failure('run.unknown', { runId: id })
    return jobRun
  }
  const told = (jobRun: JobRun): JobRunSummary => describeJobRun(store, jobRun, workOf(jobRun).job)
  return {
    start: (name, work) => {
      markInterruptedJobRuns(store)
      const id = newId()
      // Held before it is recorded: nobody may take it for one whose process died.
      holds.take(id)
      begin({ store, runner, holds }, enqueue(store, { id, name, work }))
      return told(find(id))
    },
    resume: (id) => {
      const jobRun = find(id)
      if (!isOpen(jobRun) && jobRun.state !== 'succeeded') {
        if (!holds.take(id)) throw new Failure('run.busy', { run: id })
        runner.begin(jobRun)
      }
      return told(find(id))
    },
    cancel: (id) => {
      const jobRun = find(id)
      if (jobRun.state === 'queued') store.jobRuns.end(id, 'cancelled')
      runner.cancel(id)
      if (!runner.activeIds.has(id)) cancelElsewhere(store, jobRun)
      return told(find(id))
    },
    list: (job, limit) => {
      markInterruptedJobRuns(store)
      return store.jobRuns.list(job, limit).map(told)
    },
    get: (id) => told(find(id)),
  }
}

/** The job runs that this process works off, or will. */
interface Holds {
  /** False when another process has it. */
  take(id: string): boolean
  letGo(id: string): void
}

function openHolds(store: Store, owner: string, onLost: (id: string) => void): Holds {
  const kept = new Map<string, KeptLease>()
  return {
    take: (id) => {
      const lease = store.leases.acquire(subjectOf(id), owner, LEASE_MS)
      if (lease !== undefined) {
        kept.set(id, keepLease(store.leases, lease, { forMs: LEASE_MS, onLost: () => onLost(id) }))
      }
      return lease !== undefined
    },
    letGo: (id) => {
      kept.get(id)?.release()
      kept.delete(id)
    },
  }
}

interface Begun {
  readonly id: string
  readonly name: string
  readonly work: JobWork
}

function enqueue(store: Store, { id, name, work }: Begun): JobRun {
  const { priority } = work.job
  const request = JSON.stringify(work)
  const jobRun = store.jobRuns.enqueue({
    id,
    job: name,
    deploymentId: WORKSPACE,
    cause: 'manual',
    priority,
    request,
  })
  if (jobRun === undefined) throw new Failure('run.busy', { run: id })
  return jobRun
}

interface Desk {
  readonly store: Store
  readonly runner: JobRunner
  readonly holds: Holds
}

/** Now, never, or when those before it are over. */
function begin(desk: Desk, jobRun: JobRun): void {
  const { store, runner, holds } = desk
  const overlaps = othersRunning(store, jobRun).length > 0
  const { overlap } = workOf(jobRun).job
  if (!overlaps || overlap === 'allow') return runner.begin(jobRun)
  if (overlap === 'queue') return void beginInTurn(desk, jobRun)
  store.jobRuns.end(jobRun.id, 'skipped')
  holds.letGo(jobRun.id)
}

async function beginInTurn({ store, runner, holds }: Desk, jobRun: JobRun): Promise<void> {
  while (store.jobRuns.get(jobRun.id)?.state === 'queued') {
    if (isNext(store, jobRun)) return runner.begin(jobRun)
    await sleep(TURN_POLL_MS)
    markInterruptedJobRuns(store)
  }
  holds.letGo(jobRun.id)
}

const workSchema = z.object({ job: jobFileSchema, workspace: z.string() })

function workOf({ id, request }: JobRun): JobWork {
  if (request === undefined) throw new Failure('run.unknown', { runId: id })
  return workSchema.parse(JSON.parse(request))
}

function subjectOf(id: string): string {
  return `job-run:${id}`
}

function isOpen({ state }: JobRun): boolean {
  return state === 'queued' || state === 'running'
}

function othersRunning(store: Store, { id, job }: JobRun): JobRun[] {
  return store.jobRuns.running().filter((other) => other.job === job && other.id !== id)
}

function isNext(store: Store, jobRun: JobRun): boolean {
  const [first] = store.jobRuns.waiting().filter(({ job }) => job === jobRun.job)
  return first?.id === jobRun.id && othersRunning(store, jobRun).length === 0
}

/** The supervisor of a step hears of it through the store. */
function cancelElsewhere(store: Store, jobRun: JobRun): void {
  for (const { run } of describeJobRun(store, jobRun, workOf(jobRun).job).steps ?? []) {
    if (run?.state === 'queued' || run?.state === 'running') store.runs.requestCancel(run.runId)
  }
}

/** Job runs that say they go on though nobody holds them lost their process. */
function markInterruptedJobRuns(store: Store): void {
  markInterrupted(store)
  const open = [...store.jobRuns.running(), ...store.jobRuns.waiting()]
  for (const { id, deploymentId } of open) {
    if (deploymentId === WORKSPACE && !store.leases.isHeld(subjectOf(id))) store.jobRuns.end(id, 'interrupted')
  }
}
