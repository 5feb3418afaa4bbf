import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, type FailureData, toFailure } from '../contract/failure.ts'
import { durationMs, type JobFile, type JobStep, retrySchema, stepTitle } from '../contract/job-file.ts'
import type { RunState } from '../contract/run.ts'
import type { RetryPolicy } from '../run/retry.ts'
import type { JobRun, JobRunState } from '../store/job-runs.ts'
import type { Store } from '../store/open-store.ts'
import type { StoredRun } from '../store/runs.ts'
import { LEASE_MS, runSubject, superviseRun } from './supervise-run.ts'
import type { StartAttempt } from './worker-port.ts'

const LEASE_POLL_MS = 250

/** What the runner needs from the host. */
export interface JobRunnerPorts {
  readonly store: Store
  /** This process, in leases. */
  readonly owner: string
  /** @throws Failure when the files of the job are gone or damaged */
  readonly workOf: (jobRun: JobRun) => Promise<JobWork>
  readonly startStep: StartStep
}

/** What a job run works off. */
export interface JobWork {
  readonly job: JobFile
  /** Folder of the workspace or deployment that has its pipelines. */
  readonly workspace: string
  /** Datasets that its pipelines find another one in place of. */
  readonly datasets?: Readonly<Record<string, string>>
}

export type StartStep = (run: StoredRun, step: JobStep, work: JobWork) => StartAttempt | Promise<StartAttempt>

/** Job runs under way in this process. */
export interface JobRunner {
  /** Works a job run off, from the first step that did not succeed. Does nothing when it is already under way here. */
  begin(jobRun: JobRun): void
  cancel(jobRunId: string): void
  readonly activeIds: ReadonlySet<string>
  /** Leaves runs as they stand, for the next process to go on with. */
  stop(): Promise<void>
}

export function openJobRunner(ports: JobRunnerPorts, onEnd: (jobRun: JobRun, state: JobRunState) => void): JobRunner {
  const active = new Map<string, { readonly cancel: AbortController; readonly done: Promise<void> }>()
  let stopping = false
  const work = async (jobRun: JobRun, signal: AbortSignal): Promise<void> => {
    const ended = await runJob(ports, jobRun, signal).catch((error: unknown) => failed(toFailure(error).toJSON()))
    if (stopping || ended === undefined) return
    ports.store.jobRuns.end(jobRun.id, ended.state, ended.failure)
    onEnd(jobRun, ended.state)
  }
  return {
    begin: (jobRun) => {
      if (active.has(jobRun.id) || stopping) return
      ports.store.jobRuns.begin(jobRun.id)
      const cancel = new AbortController()
      const done = work(jobRun, cancel.signal).finally(() => active.delete(jobRun.id))
      active.set(jobRun.id, { cancel, done })
    },
    cancel: (id) => active.get(id)?.cancel.abort(),
    get activeIds() {
      return new Set(active.keys())
    },
    stop: async () => {
      stopping = true
      const under = [...active.values()]
      for (const { cancel } of under) cancel.abort()
      await Promise.all(under.map(({ done }) => done))
    },
  }
}

interface Ended {
  readonly state: JobRunState
  readonly failure?: FailureData
}

async function runJob(ports: JobRunnerPorts, jobRun: JobRun, signal: AbortSignal): Promise<Ended | undefined> {
  const work = await ports.workOf(jobRun)
  for (const [index, step] of work.job.steps.entries()) {
    const state = await runStep(ports, { jobRun, work, index, step }, signal)
    if (state === undefined) return undefined
    if (state.state !== 'succeeded') return state
  }
  return { state: 'succeeded' }
}

interface Step {
  readonly jobRun: JobRun
  readonly work: JobWork
  readonly index: number
  readonly step: JobStep
}

async function runStep(ports: JobRunnerPorts, at: Step, signal: AbortSignal): Promise<Ended | undefined> {
  const { store } = ports
  const runId = store.runs.create({
    runId: stepRunId(at.jobRun.id, at.index),
    pipeline: stepTitle(at.step),
    job: at.jobRun.job,
    jobRunId: at.jobRun.id,
    workspace: at.work.workspace,
    request: JSON.stringify(at.step),
  })
  const before = store.runs.get(runId)
  if (before === undefined) throw new Failure('run.unknown', { runId })
  if (before.state === 'succeeded') return { state: 'succeeded' }
  const lease = await leaseOf(ports, runId, signal)
  if (lease === undefined) return { state: 'cancelled' }
  const startAttempt = await ports.startStep(before, at.step, at.work)
  const state = await superviseRun({ store, runId, lease, retry: retryOf(at.work.job), startAttempt, signal })
  return state === undefined ? undefined : endedStep(state, store.runs.get(runId)?.failure)
}

/** The same step of the same job run is the same run, so that who takes the job up again goes on with it. */
export function stepRunId(jobRunId: string, index: number): string {
  return `${jobRunId}-${index + 1}`
}

function endedStep(state: RunState, failure: FailureData | undefined): Ended {
  if (state === 'succeeded') return { state }
  if (state === 'cancelled') return { state: 'cancelled' }
  return failed(failure)
}

/** After a crash the old lease has to run out first: at most LEASE_MS. */
async function leaseOf({ store, owner }: JobRunnerPorts, runId: string, signal: AbortSignal) {
  for (;;) {
    const lease = store.leases.acquire(runSubject(runId), owner, LEASE_MS)
    if (lease !== undefined) return lease
    if (signal.aborted) return undefined
    await sleep(LEASE_POLL_MS)
  }
}

function retryOf({ retry }: JobFile): RetryPolicy {
  const { attempts, delay, maxDelay } = retry ?? retrySchema.parse({})
  return { attempts, delayMs: durationMs(delay), maxDelayMs: durationMs(maxDelay) }
}

function failed(failure: FailureData | undefined): Ended {
  return { state: 'failed', ...(failure === undefined ? {} : { failure }) }
}
