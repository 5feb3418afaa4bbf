import { setTimeout as sleep } from 'node:timers/promises'
import type { JobRunSummary } from '../../../contract/api/jobs.ts'
import { describeFailure, failureFromData } from '../../../contract/failure.ts'
import type { ExitCode } from '../../../contract/failure-spec.ts'
import type { CommandCall } from '../command.ts'

const POLL_MS = 300
const OVER: ReadonlySet<JobRunSummary['state']> = new Set(['succeeded', 'failed', 'cancelled', 'skipped'])

/** With --wait the exit code is that of the job's run. */
export async function run(call: CommandCall): Promise<ExitCode | void> {
  const { values, output, engine, signal, language } = call
  const job = values.at(0)
  const queued = await (await engine()).jobs.trigger({ job }, { signal })
  const ended = values.flag('wait') ? await waitFor(call, queued) : queued
  await output.document(ended, () => {
    const said = output.say('jobRun', { job, id: ended.id, state: ended.state })
    const { failure } = ended
    return failure === undefined ? said : `${said}\n${describeFailure(failureFromData(failure), language).message}`
  })
  return values.flag('wait') && ended.state !== 'succeeded' ? 1 : undefined
}

async function waitFor({ engine, signal }: CommandCall, { id, job }: JobRunSummary): Promise<JobRunSummary> {
  const client = await engine()
  for (;;) {
    const found = (await client.jobs.runs({ job, limit: 100 }, { signal })).find((candidate) => candidate.id === id)
    if (found !== undefined && OVER.has(found.state)) return found
    await sleep(POLL_MS, undefined, { signal })
  }
}
