import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { datasetRefSchema } from '../dataset.ts'
import { procedure } from './procedure.ts'

export const snapshotSchema = z.object({
  dataset: datasetRefSchema,
  takenAt: z.string(),
  rows: z.string(),
  columns: z.array(columnSchema),
  /** Relative to the workspace. */
  file: z.string(),
})

export const snapshotsProcedures = {
  /** Copies all rows, the first N, or a reproducible random sample of a dataset into the workspace's local state. */
  take: procedure
    .input(
      z.object({
        dataset: datasetRefSchema,
        options: z.record(z.string(), z.json()).optional(),
        firstRows: z.int().min(1).optional(),
        sample: z.object({ rows: z.int().min(1), seed: z.int().default(1) }).optional(),
        /** SQL condition; only rows for which it is true. */
        where: z.string().optional(),
        environment: z.string().optional(),
      }),
    )
    .output(snapshotSchema),
  list: procedure.output(z.array(snapshotSchema)),
}
