import type { RunLimits } from '../../contract/job-file.ts'
import type { StartStep } from '../../jobs/job-runner.ts'
import type { SupervisedRuns } from './run-service.ts'

/**
 * Starts the steps of jobs as runs of their pipelines, with the environment and limits of the job.
 * @param usual limits where the job says nothing
 */
export function stepStarter(runs: SupervisedRuns, usual?: () => Promise<RunLimits>): StartStep {
  return async (run, { pipeline, parameters }, { environment, limits }) =>
    runs.startAttempt(run, {
      pipeline,
      limits: { ...(await usual?.()), ...limits },
      ...(parameters === undefined ? {} : { parameters }),
      ...(environment === undefined ? {} : { environment }),
    })
}
