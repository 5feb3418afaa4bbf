import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { datasetRefSchema } from '../dataset.ts'
import { cellSchema } from '../page.ts'
import { rejectSchema } from '../reject.ts'
import { procedure } from './procedure.ts'

/** The first rows of a dataset and all that is known about how it was read. */
export const shownSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(z.array(cellSchema)),
  /** Rows of the whole dataset without rejects; null where counting would mean reading a large source to its end. */
  rowCount: z.number().nullable(),
  /** Of the part that was read; at most 1,000. */
  rejects: z.array(rejectSchema),
  /** Of text files. */
  encoding: z.string().optional(),
  /** What else was detected and can be overridden, with its confidence. */
  detected: z.record(z.string(), z.unknown()).optional(),
  warnings: z.array(z.string()),
})
export type Shown = z.infer<typeof shownSchema>

export const dataProcedures = {
  /** Shows a dataset of a connection, or a file of the engine's machine by its absolute path, with no workspace needed. */
  show: procedure
    .input(
      z.object({
        from: z.union([
          z.strictObject({ dataset: datasetRefSchema }),
          z.strictObject({
            file: z.string(),
            kind: z.string().optional(),
            /** Which table of a database file. */
            dataset: z.string().optional(),
          }),
        ]),
        options: z.record(z.string(), z.json()).optional(),
        limitRows: z.int().min(0).max(100_000).default(50),
        environment: z.string().optional(),
      }),
    )
    .output(shownSchema),
}
