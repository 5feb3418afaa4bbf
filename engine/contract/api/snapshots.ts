import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { datasetRefSchema } from '../dataset.ts'
import { policyRefSchema } from '../snapshot-policy.ts'
import { procedure } from './procedure.ts'

const scopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('first'), rows: z.int().min(1) }),
  /** The same rows for the same seed. */
  z.object({ kind: z.literal('sample'), rows: z.int().min(1), seed: z.int() }),
])

export const snapshotSchema = z.object({
  dataset: datasetRefSchema,
  takenAt: z.string(),
  scope: scopeSchema,
  where: z.string().optional(),
  /** Whose values of the connection it was taken with; absent when those of no environment were, or it is not known. */
  environment: z.string().optional(),
  /** What masked it; absent when the values are those of the source. */
  policy: policyRefSchema.optional(),
  rows: z.string(),
  /** Rows that could not be read and are not in the file. */
  rejects: z.string(),
  columns: z.array(columnSchema),
  /** Relative to the workspace. */
  file: z.string(),
})
export type Snapshot = z.infer<typeof snapshotSchema>

export const snapshotsProcedures = {
  /** Copies rows of a dataset into the workspace's local state, for work without the source. */
  take: procedure
    .input(
      z.object({
        dataset: datasetRefSchema,
        options: z.record(z.string(), z.json()).optional(),
        scope: scopeSchema.default({ kind: 'all' }),
        /** SQL condition; only rows for which it is true. */
        where: z.string().optional(),
        /** Name of a masking policy: values as they are in the source are then written to no disk. */
        policy: z.string().optional(),
        environment: z.string().optional(),
      }),
    )
    .output(snapshotSchema),
  /** Takes it again with the scope, condition and policy it has, and from the environment it is of unless another is asked for. */
  refresh: procedure
    .input(
      z.object({
        dataset: datasetRefSchema,
        options: z.record(z.string(), z.json()).optional(),
        environment: z.string().optional(),
      }),
    )
    .output(snapshotSchema),
  /** Forgets a dataset's snapshot and removes its file. */
  remove: procedure.input(z.object({ dataset: datasetRefSchema })).output(z.object({ removed: z.boolean() })),
  /** Newest first. */
  list: procedure.output(z.array(snapshotSchema)),
}
