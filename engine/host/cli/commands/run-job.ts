import { setTimeout as sleep } from 'node:timers/promises'
import type { JobRunSummary } from '../../../contract/api/jobs.ts'
import { Failure, failureFromData } from '../../../contract/failure.ts'
import type { CommandCall } from '../command.ts'
import { followRun } from '../follow-run.ts'

const POLL_MS = 150

/** Runs a job of the workspace in this process and follows its steps. Ctrl+C cancels the job, not only the watching. */
export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  const { jobRuns } = await call.engine()
  const [environment, resumed] = [values.text('env'), values.text('resume')]
  const begun =
    resumed === undefined
      ? await jobRuns.start({ job: values.at(0), ...(environment === undefined ? {} : { environment }) })
      : await jobRuns.resume({ jobRunId: resumed })
  const cancel = (): void => void jobRuns.cancel({ jobRunId: begun.id }).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  const ended = await followSteps(call, begun)
  requireSuccess(ended)
  await output.document(ended, () => {
    const steps = (ended.steps ?? []).map(({ pipeline, run: step }, index) =>
      output.say('jobStep', { step: index + 1, pipeline, state: step?.state ?? 'queued' }),
    )
    return [...steps, output.say('jobRun', { job: ended.job, id: ended.id, state: ended.state })].join('\n')
  })
}

async function followSteps(call: CommandCall, begun: JobRunSummary): Promise<JobRunSummary> {
  const { jobRuns } = await call.engine()
  const followed = new Set<string>()
  for (;;) {
    const jobRun = await jobRuns.get({ jobRunId: begun.id })
    const next = (jobRun.steps ?? []).find(({ run: step }) => step !== undefined && !followed.has(step.runId))?.run
    if (next !== undefined) {
      followed.add(next.runId)
      await followRun(call, next.runId)
    } else if (jobRun.state !== 'queued' && jobRun.state !== 'running') return jobRun
    // Not ended by the signal: a cancelled job is followed to its end.
    else await sleep(POLL_MS)
  }
}

function requireSuccess({ state, failure, job }: JobRunSummary): void {
  if (state === 'succeeded') return
  if (failure !== undefined) throw failureFromData(failure)
  if (state === 'cancelled') throw new Failure('work.cancelled', { what: job })
  throw new Failure('job.not_run', { job, state })
}
