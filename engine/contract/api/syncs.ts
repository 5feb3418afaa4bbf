import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { syncStatusSchema, syncTableSchema } from '../sync.ts'
import { syncFileSchema } from '../sync-file.ts'
import { procedure } from './procedure.ts'

export const syncsProcedures = {
  /** Syncs of the workspace by name, with how far their tables had come when they last ran here. */
  list: procedure.output(
    z.array(
      z.object({
        name: z.string(),
        document: syncFileSchema,
        tables: z.array(syncTableSchema.pick({ dataset: true, target: true, state: true, copiedRows: true })),
      }),
    ),
  ),
  /**
   * Runs a sync and tells how it stands, a few times a second while something happens. It runs as long as somebody listens: leaving
   * stops it, and the next start goes on where it stopped.
   */
  run: procedure
    .input(
      z.object({
        sync: z.string(),
        environment: z.string().optional(),
        untilCaughtUp: z.boolean().default(false),
        /** Copies all tables again, or those named. */
        resync: z.union([z.literal('all'), z.array(z.string()).min(1)]).optional(),
      }),
    )
    .output(eventIterator(syncStatusSchema)),
}
