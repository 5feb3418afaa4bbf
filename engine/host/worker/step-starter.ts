import type { JobStep, RunLimits } from '../../contract/job-file.ts'
import type { StartStep } from '../../jobs/job-runner.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { rulesOf } from '../../workspace/rules-of.ts'
import type { AttemptRequest, SupervisedRuns } from './run-service.ts'

/**
 * Starts the steps of jobs as runs of their pipelines, checks or syncs, with the environment and limits of the job.
 * @param usual limits where the job says nothing
 */
export function stepStarter(runs: SupervisedRuns, usual?: () => Promise<RunLimits>): StartStep {
  return async (run, step, { job: { environment, limits }, datasets }) =>
    runs.startAttempt(run, {
      ...(await workOf(step, run.workspace)),
      limits: { ...(await usual?.()), ...limits },
      ...(environment === undefined ? {} : { environment }),
      ...(datasets === undefined ? {} : { datasets }),
    })
}

async function workOf(
  step: JobStep,
  directory: string,
): Promise<Pick<AttemptRequest, 'check' | 'sync' | 'parameters'>> {
  if ('sync' in step) return { sync: step.sync }
  if ('check' in step) return { check: { ...step, files: await filesOf(step.check, directory) } }
  return step.parameters === undefined ? {} : { parameters: step.parameters }
}

/** Rules that are not there are told by the attempt itself, as its own failure. */
async function filesOf(of: string, directory: string): Promise<string[]> {
  const workspace = await loadWorkspace(directory)
  return workspace.rules.has(of) || [...workspace.rules.values()].some(({ dataset }) => dataset === of)
    ? rulesOf(workspace, of).map(([name]) => name)
    : []
}
