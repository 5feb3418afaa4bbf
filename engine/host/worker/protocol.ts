import { z } from 'zod'
import { checkMarkSchema, checkResultSchema } from '../../contract/check-result.ts'
import { failureDataSchema } from '../../contract/failure.ts'
import { CHECK_FAILURES, limitsSchema } from '../../contract/job-file.ts'
import { languageSchema } from '../../contract/localized.ts'
import { rowCountsSchema, runEventSchema } from '../../contract/run.ts'
import { resyncSchema, syncActSchema, syncStatusSchema } from '../../contract/sync.ts'

/** What a worker process is asked to do: one attempt of one run. */
export const workerRequestSchema = z.object({
  runId: z.string(),
  attempt: z.int(),
  /** Absolute. */
  workspaceDirectory: z.string(),
  environment: z.string().optional(),
  pipeline: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Datasets of source nodes that are read from another one. */
  datasets: z.record(z.string(), z.string()).optional(),
  /** Instead of the pipeline, rules are checked: what they are called, and what earlier checks found, newest first, by file. */
  check: z
    .object({
      of: z.string(),
      onFailure: z.enum(CHECK_FAILURES),
      history: z.record(z.string(), z.array(checkMarkSchema)),
    })
    .optional(),
  /** Instead of the pipeline, the tables of a sync are brought up to date; and the state file, where it notes how far they are. */
  sync: z.object({ name: z.string(), statePath: z.string() }).optional(),
  limits: limitsSchema,
  ddl: z.record(z.string(), z.array(z.string())).optional(),
  /** Absolute; this run's own. */
  runDirectory: z.string(),
  /** Whose secrets: a server's own; the workspace's when absent. */
  secrets: z.object({ directory: z.string(), scope: z.string() }).optional(),
  /** Folders that the files of connections must lie in; anywhere when absent. */
  allowedFolders: z.array(z.string()).optional(),
  language: languageSchema,
})
export type WorkerRequest = z.infer<typeof workerRequestSchema>

/** What a worker process is asked to keep running instead: a sync. */
export const syncRequestSchema = z.object({
  sync: z.string(),
  /** Absolute. */
  workspaceDirectory: z.string(),
  environment: z.string().optional(),
  resync: resyncSchema.optional(),
  /** The state file, where the worker notes how far its tables are. */
  statePath: z.string(),
  /** Absolute; for what is only needed while it runs. */
  temporaryDirectory: z.string(),
  secrets: z.object({ directory: z.string(), scope: z.string() }).optional(),
  allowedFolders: z.array(z.string()).optional(),
  language: languageSchema,
})
export type WorkerSyncRequest = z.infer<typeof syncRequestSchema>

/** From the supervisor to the worker. `key` answers `need-key`, `heard` the worker's last message: it may end now. */
export const toWorkerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), request: workerRequestSchema }),
  z.object({ kind: z.literal('start-sync'), request: syncRequestSchema }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('key'), key: z.string().nullable() }),
  z.object({ kind: z.literal('heard') }),
])
export type ToWorker = z.infer<typeof toWorkerSchema>

/** From the worker to its supervisor; the last one is `done`, `stopped` or `failed`, and waits to be heard. */
export const fromWorkerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: runEventSchema.omit({ runId: true, sequence: true, at: true }) }),
  z.object({ kind: z.literal('checked'), result: checkResultSchema }),
  z.object({ kind: z.literal('need-key') }),
  z.object({ kind: z.literal('status'), status: syncStatusSchema }),
  z.object({ kind: z.literal('act'), act: syncActSchema }),
  /** A sync that is quiet says now and then that it lives. */
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('done'), counts: rowCountsSchema }),
  z.object({ kind: z.literal('failed'), failure: failureDataSchema }),
])
export type FromWorker = z.infer<typeof fromWorkerSchema>
