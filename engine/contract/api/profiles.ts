import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { datasetRefSchema } from '../dataset.ts'
import { languageSchema } from '../localized.ts'
import { comparisonSchema, thresholdsSchema } from '../profile/comparison.ts'
import { crossCountsSchema, dimensionSchema, selectionSchema } from '../profile/cross-filter.ts'
import { profileEventSchema, profileSchema, profileScopeSchema } from '../profile/profile.ts'
import { relationSchema } from '../profile/relation.ts'
import { rowsFromSchema } from './data.ts'
import { procedure } from './procedure.ts'

/** One line of a history. */
const profileEntrySchema = z.object({
  id: z.string(),
  dataset: z.string(),
  /** ISO 8601, UTC. */
  takenAt: z.string(),
  scope: profileScopeSchema,
  /** Whether the detail is of a sample. */
  isSample: z.boolean(),
  findings: z.number(),
})
export type ProfileEntry = z.infer<typeof profileEntrySchema>

/** A profile that was kept; the newest of the dataset without `id`. */
const keptSchema = z.object({ dataset: z.string(), id: z.string().optional() })

export const profilesProcedures = {
  /**
   * Profiles a dataset, a file, the result of a statement, or the rows of an open cursor. The last event is `done`; only that one is
   * kept in the workspace, for datasets. Ending the iteration ends the work. With `isFull`, a table of which the cursor holds the
   * first rows only is read anew, whole.
   */
  run: procedure
    .input(
      z.object({
        from: z.union([rowsFromSchema, z.strictObject({ cursor: z.string(), dataset: z.string() })]),
        /** Everything from all rows, also of a server's table: exact distinct counts, values, patterns, equal rows. */
        isFull: z.boolean().optional(),
        options: z.record(z.string(), z.json()).optional(),
        environment: z.string().optional(),
        offline: z.boolean().optional(),
      }),
    )
    .output(eventIterator(profileEventSchema)),
  /** What was kept, newest first; of one dataset or of all. */
  list: procedure.input(z.object({ dataset: datasetRefSchema.optional() })).output(z.array(profileEntrySchema)),
  get: procedure.input(keptSchema).output(profileSchema),
  remove: procedure.input(keptSchema.required()).output(z.object({ removed: z.boolean() })),
  compare: procedure
    .input(z.object({ before: keptSchema, after: keptSchema, thresholds: thresholdsSchema.prefault({}) }))
    .output(comparisonSchema),
  /**
   * Counts the bins of charts over all rows of an open cursor, whatever its filter, once they are read. One for each cursor: the
   * next takes its place.
   */
  openCross: procedure
    .input(z.object({ cursor: z.string(), dimensions: z.array(dimensionSchema).max(1_000) }))
    .output(crossCountsSchema),
  /** The same under selections. Quick: rows were reduced to their bins. */
  countCross: procedure
    .input(z.object({ cursor: z.string(), selections: z.array(selectionSchema).max(100) }))
    .output(crossCountsSchema),
  /** What columns of several datasets have in common: foreign keys with their orphans, columns of one meaning. Best first. */
  relate: procedure
    .input(
      z.object({
        datasets: z.array(datasetRefSchema).min(2).max(20),
        environment: z.string().optional(),
        offline: z.boolean().optional(),
      }),
    )
    .output(z.object({ relations: z.array(relationSchema), warnings: z.array(z.string()) })),
  /** One HTML file that needs nothing else. Values of columns that look personal are veiled. */
  report: procedure
    .input(z.object({ profile: keptSchema, language: languageSchema }))
    .output(z.object({ html: z.string() })),
}
