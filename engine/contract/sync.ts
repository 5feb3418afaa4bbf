import { z } from 'zod'
import { failureDataSchema } from './failure.ts'

export const SYNC_STATES = [
  'preparing',
  'copying',
  'catching_up',
  'streaming',
  'waiting',
  'paused',
  'failed',
  'stopped',
] as const
export const syncStateSchema = z.enum(SYNC_STATES)
export type SyncState = z.infer<typeof syncStateSchema>

export const syncTableSchema = z.object({
  /** Qualified name at the source. */
  dataset: z.string(),
  target: z.string(),
  state: z.enum(['waiting', 'copying', 'copied', 'failed']),
  /** Rows copied so far; counts above 2^53 as text. */
  copiedRows: z.string(),
  written: z.string(),
  deleted: z.string(),
  /** What the source's statistics say the table holds; may be far off. */
  estimatedRows: z.string().optional(),
  /** Of a copy in pieces: those in the target, and all of the plan. */
  chunks: z.object({ done: z.int(), all: z.int() }).optional(),
  /** Rows without a value in the cursor column: they are taken along every time. */
  nullCursors: z.string().optional(),
  /** Keys, indexes and comments of the source that the target did not get, each with why. */
  notCarried: z.array(z.string()).optional(),
  failure: failureDataSchema.optional(),
})
export type SyncTable = z.infer<typeof syncTableSchema>

/** How a sync stands. */
export const syncStatusSchema = z.object({
  name: z.string(),
  state: syncStateSchema,
  /** The position stored in the target, in the source's own terms. */
  position: z.string().optional(),
  /** Log that the source holds back for this sync. */
  lagBytes: z.number(),
  /** From the commit at the source to the commit in the target, of the last batch. */
  latencyMs: z.number().optional(),
  changesPerSecond: z.number(),
  transactions: z.string(),
  tables: z.array(syncTableSchema),
  failure: failureDataSchema.optional(),
  updatedAt: z.string(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
