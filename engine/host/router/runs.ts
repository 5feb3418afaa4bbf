import { implement } from '@orpc/server'
import { runsProcedures } from '../../contract/api/runs.ts'
import { Failure } from '../../contract/failure.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { HostContext } from './context.ts'
import { exportPath } from './export/export-path.ts'
import { failing, failingEvents } from './failing.ts'
import { findPipeline, parametersFor } from './find-pipeline.ts'
import { openWorkspace } from './open-workspace.ts'
import type { RunService } from './run-service.ts'

const area = implement(runsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const runsRouter = {
  start: area.start.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    const file = findPipeline(workspace, input.pipeline)
    const environment = environmentOf(workspace, input.environment)
    const { pipeline, limits, retry, ddl } = input
    return (await runsOf(context)).start({
      pipeline,
      parameters: parametersFor(workspace, file, { environment, parameters: input.parameters }),
      ...(environment === undefined ? {} : { environment }),
      ...(limits === undefined ? {} : { limits }),
      ...(retry === undefined ? {} : { retry }),
      ...(ddl === undefined ? {} : { ddl }),
    })
  }),
  list: area.list.handler(async ({ input: { limit, pipeline, state, since }, context }) =>
    (await runsOf(context)).list({
      limit,
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(state === undefined ? {} : { state }),
      ...(since === undefined ? {} : { sinceMs: Date.parse(since) }),
    }),
  ),
  get: area.get.handler(async ({ input, context }) => (await runsOf(context)).get(input.runId)),
  events: area.events.handler(async ({ input: { runId, afterSequence = 0, kinds }, context, signal }) =>
    failingEvents(
      (await runsOf(context)).events(runId, { afterSequence, ...(kinds === undefined ? {} : { kinds }) }, signal),
    ),
  ),
  log: area.log.handler(async ({ input: { runId, level, search, limit, offset }, context }) =>
    (await runsOf(context)).log(runId, {
      level,
      language: context.language,
      limit,
      offset,
      ...(search === undefined ? {} : { search }),
    }),
  ),
  cancel: area.cancel.handler(async ({ input, context }) => (await runsOf(context)).cancel(input.runId)),
  rejects: area.rejects.handler(async ({ input: { runId, limit, offset, filter }, context }) =>
    (await runsOf(context)).rejects(runId, { limit, offset, ...(filter === undefined ? {} : { filter }) }),
  ),
  rejectGroups: area.rejectGroups.handler(async ({ input, context }) =>
    (await runsOf(context)).rejectGroups(input.runId),
  ),
  exportRejects: area.exportRejects.handler(async ({ input, context, signal }) => {
    const { runId, file, filter, format, overwrite } = input
    const path = file === undefined ? undefined : await fileOfWorkspaceHost(context, file)
    const request = { format, filter, file: path, overwrite }
    return failingEvents((await runsOf(context)).exportRejects(runId, request, signal))
  }),
  receipt: area.receipt.handler(async ({ input, context }) => (await runsOf(context)).receipt(input.runId)),
}

/** A server has no files for its callers: they get the text. */
async function fileOfWorkspaceHost(context: HostContext, file: string): Promise<string> {
  if (context.workspaceDirectory === undefined)
    throw new Failure('server.not_offered', { procedure: 'runs.exportRejects' })
  return exportPath(context, file)
}

/** An engine without a workspace keeps no runs. */
async function runsOf(context: HostContext): Promise<RunService> {
  if (context.runs === undefined) throw new Failure('workspace.missing', { directory: process.cwd() })
  return context.runs()
}
