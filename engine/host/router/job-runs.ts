import { implement } from '@orpc/server'
import { jobRunsProcedures } from '../../contract/api/job-runs.ts'
import { Failure } from '../../contract/failure.ts'
import type { LocalJobs } from '../../jobs/local-jobs.ts'
import { environmentOf, unknownName } from '../../workspace/resolve-connection.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'

const area = implement(jobRunsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const jobRunsRouter = {
  start: area.start.handler(async ({ input: { job: name, environment }, context }) => {
    const workspace = await openWorkspace(context)
    const job = workspace.jobs.get(name)
    if (job === undefined) unknownName('job', name, workspace.jobs)
    const chosen = environmentOf(workspace, environment ?? job.environment)
    const local = await localJobsOf(context)
    return local.start(name, {
      job: chosen === undefined ? job : { ...job, environment: chosen },
      workspace: workspace.directory,
    })
  }),
  resume: area.resume.handler(async ({ input, context }) => (await localJobsOf(context)).resume(input.jobRunId)),
  cancel: area.cancel.handler(async ({ input, context }) => (await localJobsOf(context)).cancel(input.jobRunId)),
  get: area.get.handler(async ({ input, context }) => (await localJobsOf(context)).get(input.jobRunId)),
  list: area.list.handler(async ({ input, context }) => (await localJobsOf(context)).list(input.job, input.limit)),
}

/** An engine without a workspace has no jobs of its own. */
async function localJobsOf({ jobRuns }: HostContext): Promise<LocalJobs> {
  if (jobRuns === undefined) throw new Failure('workspace.missing', { directory: process.cwd() })
  return jobRuns()
}
