import { implement } from '@orpc/server'
import { jobsProcedures } from '../../contract/api/jobs.ts'
import { Failure } from '../../contract/failure.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import type { JobService } from './job-service.ts'

const area = implement(jobsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const jobsRouter = {
  list: area.list.handler(({ context }) => jobsOf(context).list()),
  trigger: area.trigger.handler(({ input, context }) => jobsOf(context).trigger(input.job)),
  runs: area.runs.handler(({ input, context }) => jobsOf(context).runs(input.job, input.limit)),
  cancel: area.cancel.handler(({ input, context }) => jobsOf(context).cancel(input.jobRunId)),
  deployments: area.deployments.handler(({ input, context }) => jobsOf(context).deployments(input.job)),
  rollback: area.rollback.handler(({ input, context }) => jobsOf(context).rollback(input.job, actorOf(context))),
}

/** @throws Failure `server.only` on an engine that takes no deployments. */
export function jobsOf({ jobs }: HostContext): JobService {
  if (jobs === undefined) throw new Failure('server.only', {})
  return jobs
}

/** Who asks, for the audit. */
export function actorOf({ actor }: HostContext): string {
  return actor ?? 'local'
}
