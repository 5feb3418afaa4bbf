import { z } from 'zod'
import { fidelitySchema } from './column.ts'
import { failureDataSchema } from './failure.ts'
import { verifyLevelSchema, writeModeSchema } from './write-mode.ts'

/** A count of rows as text: it may exceed 2^53. */
export const countSchema = z.string().regex(/^\d+$/)

export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const
export const runStateSchema = z.enum(RUN_STATES)
export type RunState = z.infer<typeof runStateSchema>

/**
 * What became of the rows of one run. Exactly `read + generated = written + rejected + filtered`.
 *
 * `generated` counts rows that nodes made beyond their input (explode, a join that fans out); `filtered` rows that nodes took
 * away (filter, dedupe, aggregate, limit), and of a check those that stay where they are. A row that reaches two targets counts as one generated.
 */
export const rowCountsSchema = z.object({
  read: countSchema,
  generated: countSchema,
  written: countSchema,
  rejected: countSchema,
  filtered: countSchema,
})
export type RowCounts = z.infer<typeof rowCountsSchema>

/** One column's order-independent checksum over its non-NULL values, in hex, and how many those were. */
export const columnChecksumSchema = z.object({ column: z.string(), nonNull: countSchema, checksum: z.string() })
export type ColumnChecksum = z.infer<typeof columnChecksumSchema>

export const targetReceiptSchema = z.object({
  node: z.string(),
  dataset: z.string(),
  mode: writeModeSchema,
  loadId: z.string(),
  staged: countSchema,
  inserted: countSchema,
  updated: countSchema,
  deleted: countSchema,
  /** Rows in the target afterwards, where that is cheap to know. */
  targetRows: countSchema.optional(),
  verified: verifyLevelSchema,
  /** Of the rows handed to the writer, and of what the target's stage held before the commit. Equal, or the load failed. */
  sourceChecksums: z.array(columnChecksumSchema),
  targetChecksums: z.array(columnChecksumSchema),
  typeLosses: z.array(z.object({ column: z.string(), from: z.string(), to: z.string(), fidelity: fidelitySchema })),
  ddl: z.array(z.string()),
})
export type TargetReceipt = z.infer<typeof targetReceiptSchema>

/** Rows of one node; of a target what its writer took. */
export const nodeCountsSchema = z.object({
  node: z.string(),
  rowsIn: countSchema,
  rowsOut: countSchema,
  rejected: countSchema,
})
export type NodeCounts = z.infer<typeof nodeCountsSchema>

export const receiptSchema = z.object({
  runId: z.string(),
  pipeline: z.string(),
  state: runStateSchema,
  startedAt: z.string(),
  finishedAt: z.string(),
  attempts: z.int(),
  counts: rowCountsSchema,
  nodes: z.array(nodeCountsSchema),
  /** `configDigest` of every node as it ran. Absent in receipts of before it was kept. */
  configs: z.record(z.string(), z.string()).optional(),
  targets: z.array(targetReceiptSchema),
  bytesRead: countSchema,
  durationsMs: z.record(z.string(), z.number()),
  cpuSeconds: z.number(),
  peakRssMb: z.number(),
  warnings: z.array(z.string()),
})
export type Receipt = z.infer<typeof receiptSchema>

export const runEventKindSchema = z.enum(['state', 'step', 'progress', 'counts', 'reject', 'warning', 'log'])

/** Live progress of a run. `sequence` rises by one; a reader that lost its connection asks for what follows the last it saw. */
export const runEventSchema = z.object({
  runId: z.string(),
  sequence: z.int(),
  at: z.string(),
  kind: runEventKindSchema,
  /** The node, `node.output` or phase concerned. */
  step: z.string().optional(),
  state: runStateSchema.optional(),
  rows: countSchema.optional(),
  bytes: countSchema.optional(),
  rowsPerSecond: z.number().optional(),
  /** 0 to 1, where the total is known. */
  fraction: z.number().optional(),
  remainingMs: z.number().optional(),
  /** Of `counts`: every node so far. */
  nodes: z.array(nodeCountsSchema).optional(),
  message: z.string().optional(),
  failure: failureDataSchema.optional(),
})
export type RunEvent = z.infer<typeof runEventSchema>

export const LOG_LEVELS = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What a run said: every event but progress that has something to read. */
export const logLineSchema = z.object({
  sequence: z.int(),
  at: z.string(),
  level: z.enum(LOG_LEVELS),
  step: z.string().optional(),
  message: z.string().optional(),
  state: runStateSchema.optional(),
  failure: failureDataSchema.optional(),
})
export type LogLine = z.infer<typeof logLineSchema>

export const runSummarySchema = z.object({
  runId: z.string(),
  pipeline: z.string(),
  /** Of a check: the rules or the dataset. `pipeline` is only a title then. */
  check: z.string().optional(),
  job: z.string().optional(),
  /** Of a step of a job's run. */
  jobRunId: z.string().optional(),
  state: runStateSchema,
  queuedAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  attempt: z.int(),
  /** What it was started with, so that it can be run again. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  environment: z.string().optional(),
  counts: rowCountsSchema.optional(),
  failure: failureDataSchema.optional(),
})
export type RunSummary = z.infer<typeof runSummarySchema>
