import type { JobRunSummary } from '../contract/api/jobs.ts'
import { type JobFile, type JobStep, stepTitle } from '../contract/job-file.ts'
import type { JobRun } from '../store/job-runs.ts'
import type { Store } from '../store/open-store.ts'
import { runSummary } from '../store/runs.ts'
import { fileOfRun } from './file-run.ts'
import { stepRunId } from './job-runner.ts'

/** A job run as it is told outside of the engine; with its steps where the job is at hand. */
export function describeJobRun(store: Store, jobRun: JobRun, job?: JobFile): JobRunSummary {
  const { priority: _priority, request: _request, dueAt, queuedAt, startedAt, finishedAt, ...rest } = jobRun
  const file = fileOfRun(jobRun)
  return {
    ...rest,
    ...(file === undefined ? {} : { file }),
    queuedAt: new Date(queuedAt).toISOString(),
    ...(dueAt === undefined ? {} : { dueAt: new Date(dueAt).toISOString() }),
    ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
    ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt).toISOString() }),
    ...(job === undefined ? {} : { steps: job.steps.map(stepOf) }),
  }

  function stepOf(step: JobStep, index: number): NonNullable<JobRunSummary['steps']>[number] {
    const run = store.runs.get(stepRunId(jobRun.id, index))
    return {
      pipeline: stepTitle(step),
      ...('check' in step ? { check: step.check } : {}),
      ...(run === undefined ? {} : { run: runSummary(run) }),
    }
  }
}
