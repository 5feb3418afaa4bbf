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
  /** When a change of this table was applied last. */
  changedAt: z.string().optional(),
  failure: failureDataSchema.optional(),
})
export type SyncTable = z.infer<typeof syncTableSchema>

/** What the source keeps for a sync. */
export const syncReaderSchema = z.object({
  /** Whether the source can still send everything that was not taken. */
  isUsable: z.boolean(),
  /** Log that is held back for it. */
  lagBytes: z.number(),
  /** So much more may be written at the source until it gives the reader up; absent where it never does. */
  headroomBytes: z.number().optional(),
  reason: z.string().optional(),
})
export type SyncReader = z.infer<typeof syncReaderSchema>

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
  /** Asked for now and then while the sync runs. */
  reader: syncReaderSchema.optional(),
  failure: failureDataSchema.optional(),
  updatedAt: z.string(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>

/** What was done for a sync, and what happened to it. */
export const syncActSchema = z.object({
  /** `left_out`: a table failed, and the others go on without it. */
  kind: z.enum(['started', 'stopped', 'restarted', 'state', 'structure', 'left_out', 'resync']),
  /** Of `state`. */
  state: syncStateSchema.optional(),
  dataset: z.string().optional(),
  /** Statements that were run, or tables that are copied again. */
  lines: z.array(z.string()).optional(),
  failure: failureDataSchema.optional(),
})
export type SyncAct = z.infer<typeof syncActSchema>

export const syncLogEntrySchema = syncActSchema.extend({ sequence: z.int(), at: z.string() })
export type SyncLogEntry = z.infer<typeof syncLogEntrySchema>

/** Tables that are to be copied again. */
export const resyncSchema = z.union([z.literal('all'), z.array(z.string()).min(1)])
export type Resync = z.infer<typeof resyncSchema>
