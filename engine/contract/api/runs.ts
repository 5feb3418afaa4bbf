import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { limitsSchema, retrySchema } from '../job-file.ts'
import { rejectSchema } from '../reject.ts'
import { receiptSchema, runEventSchema, runStateSchema, runSummarySchema } from '../run.ts'
import { procedure } from './procedure.ts'

const runId = z.string()

export const runsProcedures = {
  /** Starts a pipeline in a process of its own and returns at once; `events` follows it. */
  start: procedure
    .route({ method: 'POST', path: '/runs' })
    .input(
      z.object({
        pipeline: z.string(),
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
        environment: z.string().optional(),
        limits: limitsSchema.optional(),
        retry: retrySchema.optional(),
        /** DDL that replaces the plan's, by target node. */
        ddl: z.record(z.string(), z.array(z.string())).optional(),
      }),
    )
    .output(z.object({ runId })),
  /** Newest first. */
  list: procedure
    .route({ method: 'GET', path: '/runs' })
    .input(
      z.object({
        pipeline: z.string().optional(),
        state: runStateSchema.optional(),
        limit: z.int().min(1).max(1_000).default(50),
      }),
    )
    .output(z.array(runSummarySchema)),
  get: procedure.route({ method: 'GET', path: '/runs/{runId}' }).input(z.object({ runId })).output(runSummarySchema),
  /** Events after `afterSequence`, those already stored first; ends with the run. */
  events: procedure
    .route({ method: 'GET', path: '/runs/{runId}/events' })
    .input(z.object({ runId, afterSequence: z.int().min(0).optional() }))
    .output(eventIterator(runEventSchema)),
  /** Asks a run to stop; what it had not committed is not there. */
  cancel: procedure
    .route({ method: 'POST', path: '/runs/{runId}/cancel' })
    .input(z.object({ runId }))
    .output(z.object({ state: runStateSchema })),
  rejects: procedure
    .route({ method: 'GET', path: '/runs/{runId}/rejects' })
    .input(z.object({ runId, limit: z.int().min(1).max(10_000).default(100), offset: z.int().min(0).default(0) }))
    .output(z.object({ total: z.string(), rejects: z.array(rejectSchema.extend({ node: z.string().optional() })) })),
  receipt: procedure
    .route({ method: 'GET', path: '/runs/{runId}/receipt' })
    .input(z.object({ runId }))
    .output(receiptSchema),
}
