import { z } from 'zod'
import { failureDataSchema } from '../failure.ts'
import { runSummarySchema } from '../run.ts'
import { procedure } from './procedure.ts'

const job = z.string()

export const jobRunSchema = z.object({
  id: z.string(),
  job,
  deploymentId: z.string(),
  cause: z.enum(['schedule', 'manual', 'dependency', 'file']),
  /** The file that the run is for, of runs by file. */
  file: z.string().optional(),
  /** `interrupted`: its engine died; only of jobs that run from their workspace, since a server goes on with its own. */
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted', 'skipped']),
  /** The scheduled time, of runs by schedule. */
  dueAt: z.string().optional(),
  queuedAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  failure: failureDataSchema.optional(),
  /** In the order of the job; one that has not begun has no run. */
  steps: z
    .array(
      z.object({
        /** Of a check only a title. */
        pipeline: z.string(),
        check: z.string().optional(),
        run: runSummarySchema.optional(),
      }),
    )
    .optional(),
})
export type JobRunSummary = z.infer<typeof jobRunSchema>

export const deploymentSchema = z.object({
  id: z.string(),
  job,
  digest: z.string(),
  keyId: z.string(),
  state: z.enum(['active', 'superseded']),
  deployedAt: z.string(),
})
export type DeploymentSummary = z.infer<typeof deploymentSchema>

export const deployedJobSchema = z.object({
  job,
  deployment: deploymentSchema,
  schedule: z
    .object({ cron: z.string(), timeZone: z.string(), text: z.object({ en: z.string(), zh: z.string() }) })
    .optional(),
  /** The next five times, soonest first. */
  nextTimes: z.array(z.string()),
  lastRun: jobRunSchema.optional(),
  /** What a job that waits for files waits for, and how many it took. */
  watch: z
    .object({ dataset: z.string(), taken: z.int(), failed: z.int(), failure: failureDataSchema.optional() })
    .optional(),
})
export type DeployedJob = z.infer<typeof deployedJobSchema>

/** The jobs of a server. An engine without deployments answers `server.only`. */
export const jobsProcedures = {
  list: procedure.route({ method: 'GET', path: '/jobs' }).output(z.array(deployedJobSchema)),
  /** Queues a run by hand. */
  trigger: procedure
    .route({ method: 'POST', path: '/jobs/{job}/trigger' })
    .input(z.object({ job }))
    .output(jobRunSchema),
  /** Newest first. */
  runs: procedure
    .route({ method: 'GET', path: '/jobs/runs' })
    .input(z.object({ job: z.string().optional(), limit: z.int().min(1).max(1_000).default(50) }))
    .output(z.array(jobRunSchema)),
  cancel: procedure
    .route({ method: 'POST', path: '/jobs/runs/{jobRunId}/cancel' })
    .input(z.object({ jobRunId: z.string() }))
    .output(jobRunSchema),
  /** Newest first. */
  deployments: procedure
    .route({ method: 'GET', path: '/deployments' })
    .input(z.object({ job: z.string().optional() }))
    .output(z.array(deploymentSchema)),
  /** Makes the version before the active one active again. */
  rollback: procedure
    .route({ method: 'POST', path: '/jobs/{job}/rollback' })
    .input(z.object({ job }))
    .output(deploymentSchema),
}
