import { z } from 'zod'
import { datasetRefSchema } from './dataset.ts'

const durationSchema = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'a duration is a number and ms, s, m, h or d')

export const retrySchema = z.strictObject({
  attempts: z.int().min(1).max(100).default(3),
  /** Wait before the second attempt; doubles each time, with jitter, up to `maxDelay`. */
  delay: durationSchema.default('5s'),
  maxDelay: durationSchema.default('5m'),
})

export const limitsSchema = z.strictObject({
  maxRejects: z.int().min(0).optional(),
  /** 0 to 1: rejected rows as a share of the rows read. */
  maxRejectShare: z.number().min(0).max(1).optional(),
  timeout: durationSchema.optional(),
  memoryMb: z.int().min(128).optional(),
  threads: z.int().min(1).optional(),
})
export type RunLimits = z.infer<typeof limitsSchema>

export const scheduleSchema = z.strictObject({
  cron: z.string(),
  timeZone: z.string().default('UTC'),
  /** What to do about times that passed while no server ran: nothing, one run, or one run for each. */
  missed: z.enum(['skip', 'once', 'all']).default('once'),
})

/** A folder below that of the connection. */
const folderSchema = z
  .string()
  .regex(/^[^/\\]+(?:\/[^/\\]+)*$/, 'a folder below that of the connection')
  .refine((folder) => !folder.split('/').includes('..'), 'a folder below that of the connection')

/**
 * Runs the job for each file that comes. A pipeline's source that has this dataset then reads that one file. Each file is taken once,
 * by name, size and content.
 */
export const watchSchema = z.strictObject({
  /** Files of a connection, mostly by pattern: `inbox:orders-*.csv`. */
  dataset: datasetRefSchema,
  every: durationSchema.default('5s'),
  /** A file is complete once it has not changed for so long. */
  settled: durationSchema.default('10s'),
  /** A file is complete only when another one stands beside it that is called the same with this at its end: `.done`. */
  marker: z
    .string()
    .regex(/^\.[\w.-]+$/, 'an ending of a file name, like .done')
    .optional(),
  /** Folder of the connection that files are moved to after their run. They stay where they are when absent. */
  archive: folderSchema.optional(),
  /** The same for files whose run failed. */
  errors: folderSchema.optional(),
})
export type Watch = z.infer<typeof watchSchema>

const pipelineStepSchema = z.strictObject({
  pipeline: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

export const CHECK_FAILURES = ['stop', 'warn', 'quarantine'] as const

/**
 * A gate between pipelines: the rules of that name, or all of the dataset of that name, are checked on what its system holds then.
 * A broken rule of severity error ends the job (`stop`) or is only told (`warn`). `quarantine` copies the rows to where rejects
 * go, and the job goes on; a rule that no row is to blame for ends it then, too.
 */
const checkStepSchema = z.strictObject({
  check: z.string().min(1),
  onFailure: z.enum(CHECK_FAILURES).default('stop'),
})
export type CheckStep = z.infer<typeof checkStepSchema>

/** Brings the tables of a sync up to date: once, or until it has caught up where it follows changes. */
const syncStepSchema = z.strictObject({ sync: z.string().min(1) })

const stepSchema = z.union([pipelineStepSchema, checkStepSchema, syncStepSchema])
export type JobStep = z.infer<typeof stepSchema>

/** What stands for a step where runs are listed by their pipeline; others have their own words, which no pipeline can be called. */
export function stepTitle(step: JobStep): string {
  if ('sync' in step) return `sync ${step.sync}`
  return 'check' in step ? `check ${step.check}` : step.pipeline
}

/** `jobs/<name>.yaml`. */
export const jobFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  steps: z.array(stepSchema).min(1),
  schedule: scheduleSchema.optional(),
  watch: watchSchema.optional(),
  /** Run after these jobs succeeded. */
  after: z.array(z.string()).optional(),
  environment: z.string().optional(),
  retry: retrySchema.optional(),
  limits: limitsSchema.optional(),
  /** When a run is due while the last one still runs: drop it, keep it waiting, or let both run. */
  overlap: z.enum(['skip', 'queue', 'allow']).default('skip'),
  /** Higher goes first. */
  priority: z.int().default(0),
})
export type JobFile = z.infer<typeof jobFileSchema>

/** Milliseconds of a duration like `5m`. */
export function durationMs(text: string): number {
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(durationSchema.parse(text))
  const unit = match?.[2]
  return (
    Number(match?.[1]) *
    (unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? units[unit] : 1)
  )
}
