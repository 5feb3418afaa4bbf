import { z } from 'zod'
import { jobRunSchema } from './jobs.ts'
import { procedure } from './procedure.ts'

const one = z.object({ jobRunId: z.string() })

/**
 * Runs of the workspace's own jobs, in the engine that is asked; those of a server are in `jobs`. They go on when the caller goes
 * away, and every reply has their steps.
 */
export const jobRunsProcedures = {
  /** Begins the job as its file is now. While it still runs, its `overlap` decides; a run that was not wanted comes back `skipped`. */
  start: procedure.input(z.object({ job: z.string(), environment: z.string().optional() })).output(jobRunSchema),
  /** Takes up a run that did not succeed at the step where it ended. One that goes on, or succeeded, stays as it is. */
  resume: procedure.input(one).output(jobRunSchema),
  /** Asks the step under way to stop; what it had not committed is not there, and no later step begins. */
  cancel: procedure.input(one).output(jobRunSchema),
  get: procedure.input(one).output(jobRunSchema),
  /** Newest first. */
  list: procedure
    .input(z.object({ job: z.string().optional(), limit: z.int().min(1).max(1_000).default(50) }))
    .output(z.array(jobRunSchema)),
}
