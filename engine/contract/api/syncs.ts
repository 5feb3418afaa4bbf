import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { resyncSchema, syncLogEntrySchema, syncReaderSchema, syncStatusSchema, syncTableSchema } from '../sync.ts'
import { syncFileSchema } from '../sync-file.ts'
import { planEventSchema, plannedNameSchema, syncCapabilitySchema } from '../sync-plan.ts'
import { procedure } from './procedure.ts'
import { problemSchema } from './workspace.ts'

const sync = z.string()
const one = z.object({ sync })
const text = z.string().max(1_000_000)

export const syncStandingSchema = z.object({
  /** Somebody wants it to run: it is started again after a crash, and with its studio or server. */
  isWanted: z.boolean(),
  /** A process runs it now. */
  isRun: z.boolean(),
  /** Absent before its first start here. Told as it is: `stopped` when the process that told it last is gone. */
  status: syncStatusSchema.optional(),
})
export type SyncStanding = z.infer<typeof syncStandingSchema>

export const listedSyncSchema = syncStandingSchema.extend({
  name: z.string(),
  /** Absent where the file cannot be read. */
  document: syncFileSchema.optional(),
  /** As they were when the sync last ran here. */
  tables: z.array(syncTableSchema.pick({ dataset: true, target: true, state: true, copiedRows: true })),
})
export type ListedSync = z.infer<typeof listedSyncSchema>

/** What is lost when a sync is removed. Tables in the target stay as they are. */
export const syncRemovalSchema = z.object({
  source: z.string(),
  target: z.string(),
  /** What the source keeps for it; absent when it keeps nothing. */
  reader: syncReaderSchema.optional(),
  /** Tables whose place would be forgotten: they would have to be copied again. */
  tables: z.int(),
  isRun: z.boolean(),
})
export type SyncRemoval = z.infer<typeof syncRemovalSchema>

/** Syncs of the workspace, or on a server those that were pushed to it. */
export const syncsProcedures = {
  /** By name. */
  list: procedure.route({ method: 'GET', path: '/syncs' }).output(z.array(listedSyncSchema)),
  /** How it stands, now and whenever that changes, with the new entries of its log, oldest first. */
  watch: procedure
    .input(one.extend({ afterSequence: z.int().min(0).default(0) }))
    .output(eventIterator(z.object({ standing: syncStandingSchema, log: z.array(syncLogEntrySchema) }))),
  /** Newest first, those before `before`. */
  log: procedure
    .input(one.extend({ limit: z.int().min(1).max(500).default(100), before: z.int().optional() }))
    .output(z.array(syncLogEntrySchema)),
  /** Keeps it running from now on, whoever asks goes away. One that runs goes on. */
  start: procedure
    .route({ method: 'POST', path: '/syncs/{sync}/start' })
    .input(one.extend({ environment: z.string().optional() }))
    .output(syncStandingSchema),
  /** Comes back when it does not run any more. */
  stop: procedure.route({ method: 'POST', path: '/syncs/{sync}/stop' }).input(one).output(syncStandingSchema),
  /** Copies all tables again, or those named, and follows them from there. Their tables in the target are emptied first. */
  resync: procedure
    .route({ method: 'POST', path: '/syncs/{sync}/resync' })
    .input(one.extend({ tables: resyncSchema }))
    .output(syncStandingSchema),
  /** What the source keeps for it now; asks the source. */
  reader: procedure.input(one).output(z.object({ reader: syncReaderSchema.optional() })),
  removal: procedure.input(one).output(syncRemovalSchema),
  /**
   * Stops it, has the source forget its reader, and forgets its tables, log and file. `keepsReader`: of a source that is gone; what
   * it keeps must then be removed there by hand.
   */
  remove: procedure
    .input(one.extend({ keepsReader: z.boolean().optional() }))
    .output(z.object({ removed: z.boolean() })),
  /** What a connection can do for a sync; opens it. */
  capability: procedure
    .input(z.object({ connection: z.string(), environment: z.string().optional() }))
    .output(syncCapabilitySchema),
  /** The tables that a document means, and their names in the target. */
  choose: procedure
    .input(z.object({ document: syncFileSchema, sync: sync.optional() }))
    .output(z.array(plannedNameSchema)),
  /** What a document would do. Changes nothing. */
  plan: procedure
    .input(z.object({ document: syncFileSchema, sync: sync.optional() }))
    .output(eventIterator(planEventSchema)),
  /** `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure
    .input(one)
    .output(z.object({ document: syncFileSchema.optional(), text: z.string(), digest: z.string() })),
  /** Keeps the comments of the file. Without `expectedDigest` the sync must be new. */
  save: procedure
    .input(
      z.object({
        sync,
        content: z.union([z.object({ document: syncFileSchema }), z.object({ text })]),
        expectedDigest: z.string().optional(),
      }),
    )
    .output(z.object({ file: z.string(), digest: z.string() })),
  /** Reads text as an editor has it; without a document where it is no sync yet, and problems say why. */
  parse: procedure
    .input(z.object({ text }))
    .output(z.object({ document: syncFileSchema.optional(), problems: z.array(problemSchema) })),
  /**
   * Runs a sync in the engine's own process and tells how it stands, a few times a second while something happens. It runs as long as
   * somebody listens: leaving stops it, and the next start goes on where it stopped.
   */
  run: procedure
    .input(
      z.object({
        sync,
        environment: z.string().optional(),
        untilCaughtUp: z.boolean().default(false),
        /** Copies all tables again, or those named. */
        resync: resyncSchema.optional(),
        /** Reads rows again whose cursor is at least `from` and less than `to`. */
        backfill: z.strictObject({ from: z.string().min(1), to: z.string().min(1) }).optional(),
      }),
    )
    .output(eventIterator(syncStatusSchema)),
}
