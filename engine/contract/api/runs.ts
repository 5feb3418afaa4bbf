import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { limitsSchema, retrySchema } from '../job-file.ts'
import { keptRejectSchema, REJECT_EXPORT_FORMATS, rejectFilterSchema, rejectGroupSchema } from '../reject.ts'
import {
  LOG_LEVELS,
  logLineSchema,
  receiptSchema,
  runEventKindSchema,
  runEventSchema,
  runStateSchema,
  runSummarySchema,
} from '../run.ts'
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
        /** Queued at this time (ISO 8601) or later. */
        since: z.iso.datetime({ offset: true }).optional(),
        limit: z.int().min(1).max(1_000).default(50),
      }),
    )
    .output(z.array(runSummarySchema)),
  get: procedure.route({ method: 'GET', path: '/runs/{runId}' }).input(z.object({ runId })).output(runSummarySchema),
  /** Events after `afterSequence`, those already stored first; ends with the run. */
  events: procedure
    .route({ method: 'GET', path: '/runs/{runId}/events' })
    .input(
      z.object({
        runId,
        afterSequence: z.int().min(0).optional(),
        /** Only these; all when absent. */
        kinds: z.array(runEventKindSchema).min(1).optional(),
      }),
    )
    .output(eventIterator(runEventSchema)),
  /** A page of the log, oldest line first. `total` counts the lines that the filter lets through. */
  log: procedure
    .route({ method: 'GET', path: '/runs/{runId}/log' })
    .input(
      z.object({
        runId,
        /** This level and graver. */
        level: z.enum(LOG_LEVELS).default('info'),
        /** Only lines with this text, in any case, as they are kept or as they are read in the caller's language. */
        search: z.string().max(1_000).optional(),
        limit: z.int().min(0).max(1_000).default(200),
        offset: z.int().min(0).default(0),
      }),
    )
    .output(z.object({ total: z.int(), lines: z.array(logLineSchema) })),
  /** Asks a run to stop; what it had not committed is not there. */
  cancel: procedure
    .route({ method: 'POST', path: '/runs/{runId}/cancel' })
    .input(z.object({ runId }))
    .output(z.object({ state: runStateSchema })),
  rejects: procedure
    .route({ method: 'GET', path: '/runs/{runId}/rejects' })
    .input(
      z.object({
        runId,
        filter: rejectFilterSchema.optional(),
        limit: z.int().min(1).max(10_000).default(100),
        offset: z.int().min(0).default(0),
      }),
    )
    .output(z.object({ total: z.string(), rejects: z.array(keptRejectSchema) })),
  /** How many rows each rule refused, the most first; at most 1,000. */
  rejectGroups: procedure
    .route({ method: 'GET', path: '/runs/{runId}/reject-groups' })
    .input(z.object({ runId }))
    .output(z.array(rejectGroupSchema)),
  /**
   * The rejects of a run as a file's text, piece by piece; or, in a workspace, written into `file` of the engine's machine, which must
   * not exist unless `overwrite` is set. The last event has `isDone`.
   */
  exportRejects: procedure
    .route({ method: 'GET', path: '/runs/{runId}/rejects/export' })
    .input(
      z.object({
        runId,
        filter: rejectFilterSchema.optional(),
        format: z.enum(REJECT_EXPORT_FORMATS),
        file: z.string().optional(),
        overwrite: z.boolean().optional(),
      }),
    )
    .output(
      eventIterator(
        z.object({
          rows: z.number(),
          isDone: z.boolean(),
          text: z.string().optional(),
          file: z.string().optional(),
        }),
      ),
    ),
  receipt: procedure
    .route({ method: 'GET', path: '/runs/{runId}/receipt' })
    .input(z.object({ runId }))
    .output(receiptSchema),
}
