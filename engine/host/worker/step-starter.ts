import type { StartStep } from '../../jobs/job-runner.ts'
import type { SupervisedRuns } from './run-service.ts'

/** Starts the steps of jobs as runs of their pipelines, with the environment and limits of the job. */
export function stepStarter(runs: SupervisedRuns): StartStep {
  return (run, { pipeline, parameters }, { environment, limits }) =>
    runs.startAttempt(run, {
      pipeline,
      ...(parameters === undefined ? {} : { parameters }),
      ...(environment === undefined ? {} : { environment }),
      ...(limits === undefined ? {} : { limits }),
    })
}
