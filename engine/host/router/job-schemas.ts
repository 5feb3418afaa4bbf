import type { Column } from '../../contract/column.ts'
import { isFailure } from '../../contract/failure.ts'
import { describeSources } from '../../run/describe-sources.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { findPipeline } from './find-pipeline.ts'
import { designPorts } from './run-ports.ts'

/**
 * Columns of the job's sources as they are where the job was made, by `pipeline/node`. A source that is away now is left out: who
 * compares then has nothing to compare with.
 */
export async function jobSchemas(
  context: HostContext,
  workspace: Workspace,
  jobName: string,
): Promise<Record<string, Column[]>> {
  const job = workspace.jobs.get(jobName)
  const ports = await designPorts(await connectionSource(context, environmentOf(workspace, undefined)))
  const schemas: Record<string, Column[]> = {}
  for (const step of job?.steps ?? []) {
    if (!('pipeline' in step)) continue
    const { pipeline } = step
    const file = findPipeline(workspace, pipeline)
    const described = await describeSources(file, ports, { offline: false }).catch(whenAway)
    for (const [node, columns] of described?.columns ?? []) schemas[`${pipeline}/${node}`] = [...columns]
  }
  return schemas
}

function whenAway(error: unknown): undefined {
  if (isFailure(error, 'connection.variable_missing', 'secret.missing')) return undefined
  throw error
}
